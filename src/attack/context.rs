//! What stands around a phrase: advice, product talk and negation.

use super::word::{Word, hash};

/// Stems of words with which a sentence gives advice or praises a product.
const ADVICE: [u64; 22] = [
    hash(b"should"),
    hash(b"recommend"),
    hash(b"ensur"),
    hash(b"mitigat"),
    hash(b"mitigation"),
    hash(b"advis"),
    hash(b"advisabl"),
    hash(b"practic"),
    hash(b"customer"),
    hash(b"protect"),
    hash(b"prevent"),
    hash(b"helps"),
    hash(b"hardening"),
    hash(b"harden"),
    hash(b"enforc"),
    hash(b"safeguard"),
    hash(b"defend"),
    hash(b"organization"),
    hash(b"must"),
    hash(b"educat"),
    hash(b"awareness"),
    hash(b"implement"),
];

/// Stems that give advice by themselves; of the others a sentence needs two.
const STRONG: [u64; 6] =
    [hash(b"should"), hash(b"recommend"), hash(b"ensur"), hash(b"advis"), hash(b"advisabl"), hash(b"educat")];

/// Stems that deny what follows.
const NEGATION: [u64; 16] = [
    hash(b"not"),
    hash(b"no"),
    hash(b"never"),
    hash(b"without"),
    hash(b"neither"),
    hash(b"nor"),
    hash(b"cannot"),
    hash(b"didn't"),
    hash(b"doesn't"),
    hash(b"don't"),
    hash(b"wasn't"),
    hash(b"isn't"),
    hash(b"aren't"),
    hash(b"weren't"),
    hash(b"unlik"),
    hash(b"instead"),
];

/// A negation denies this many words after it.
const REACH: usize = 5;

/// Stems of the trade's own words. An article of the trade uses them all the time, a licence or a recipe never.
const TRADE: [u64; 55] = [
    hash(b"malwar"),
    hash(b"attacker"),
    hash(b"adversari"),
    hash(b"payload"),
    hash(b"backdoor"),
    hash(b"trojan"),
    hash(b"ransomwar"),
    hash(b"c2"),
    hash(b"c&c"),
    hash(b"botnet"),
    hash(b"phish"),
    hash(b"spearphish"),
    hash(b"malspam"),
    hash(b"shellcod"),
    hash(b"beacon"),
    hash(b"implant"),
    hash(b"infect"),
    hash(b"infection"),
    hash(b"maliciou"),
    hash(b"malicious"),
    hash(b"apt"),
    hash(b"cve"),
    hash(b"vulnerabiliti"),
    hash(b"vulnerabili"),
    hash(b"exploit"),
    hash(b"exploitation"),
    hash(b"stealer"),
    hash(b"infostealer"),
    hash(b"loader"),
    hash(b"dropper"),
    hash(b"hacker"),
    hash(b"hack"),
    hash(b"cybercriminal"),
    hash(b"cybercrim"),
    hash(b"cyberespionag"),
    hash(b"cyberattack"),
    hash(b"exfiltrat"),
    hash(b"exfiltration"),
    hash(b"compromis"),
    hash(b"breach"),
    hash(b"victim"),
    hash(b"webshell"),
    hash(b"rootkit"),
    hash(b"spywar"),
    hash(b"intrusion"),
    hash(b"cyber"),
    hash(b"dll"),
    hash(b"dlls"),
    hash(b"powershell"),
    hash(b"rat"),
    hash(b"mimikatz"),
    hash(b"threat"),
    hash(b"lateral"),
    hash(b"cobalt"),
    hash(b"lateralli"),
];

/// Texts of fewer words are taken to be of the trade: a quoted sentence need not use its words.
const SHORT: usize = 60;
/// In an article of the trade at least one word of this many is one of [`TRADE`].
const ONE_IN: usize = 160;

/// Tells whether the words of an article are those of a security article.
pub(super) fn is_security(words: &[Word]) -> bool {
    let trade = words.iter().filter(|word| TRADE.contains(&word.stem)).count();
    words.len() < SHORT || trade >= 2 && trade * ONE_IN >= words.len()
}

/// Gives how much a finding in a sentence is worth by its words alone.
pub(super) fn weight(words: &[Word]) -> f32 {
    let strong = words.iter().filter(|word| STRONG.contains(&word.stem)).count();
    let advice = words.iter().filter(|word| ADVICE.contains(&word.stem)).count();
    if strong > 0 || advice > 1 { 0.3 } else { 1.0 }
}

/// Tells whether a negation stands shortly before the word at `at`.
pub(super) fn is_negated(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(REACH)..at].iter().any(|word| NEGATION.contains(&word.stem))
}
