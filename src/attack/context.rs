//! What stands around a phrase: advice, product talk and negation.

use memchr::memmem;

use super::lexicon::Word;

/// Stems of words with which a sentence gives advice or praises a product.
const ADVICE: &str = "should recommend ensur mitigat mitigation advis advisabl practic customer protect prevent helps hardening \
    harden enforc safeguard defend organization must educat awareness implement";

/// Stems that give advice by themselves; of the others a sentence needs two.
const STRONG: &str = "should recommend ensur advis advisabl educat";

/// Stems that deny what follows.
const NEGATION: &str =
    "not no never without neither nor cannot didn't doesn't don't wasn't isn't aren't weren't unlik instead";

/// Stems of the trade's own words. An article of the trade uses them all the time, a licence or a recipe never.
const TRADE: &str = "malwar attacker adversari payload backdoor trojan trojaniz ransomwar c2 c&c botnet phish spearphish malspam \
    shellcod beacon implant infect infection maliciou malicious apt cve vulnerabiliti vulnerabili exploit exploitation \
    stealer infostealer keylogger loader dropper downloader hacker hack cybercriminal cybercrim cyberespionag cyberattack \
    exfiltrat exfiltration compromis breach victim webshell rootkit bootkit spywar adwar wiper worm intrusion cyber dll dlls \
    powershell rat mimikatz threat lateral cobalt lateralli cryptomin cryptominer cryptojack coinminer xmrig monero \
    typosquat vish smish quish botmaster ddos zeroday honeypot ioc malvertis malvertisement clickfix sideload deface \
    jailbreak";

/// Stems that the trade uses more than others do, but that others use too: two of them weigh as one of [`TRADE`].
const KIN: &str = "credential steal stole stolen theft leak campaign actor operator crew gang espionag fraud scam lure decoi spoof \
    impersonat abus hijack escalat privileg evad evasion persistenc obfuscat encrypt decrypt forensic incident indicator \
    sampl artifact detection antiviru defender sandbox hash sha256 md5 token cooki keychain mfa password payloads \
    bypass patch unpatch poc tor telegram botnets osascript xattr kubectl";

const ADVICE_MARK: u8 = 1;
const STRONG_MARK: u8 = 2;
const NEGATION_MARK: u8 = 4;
const TRADE_MARK: u8 = 8;
const KIN_MARK: u8 = 16;

/// Every list, and the bit that marks its stems in the lexicon: one look-up for a word, instead of one for every list.
pub(super) const LISTS: [(&str, u8); 5] =
    [(ADVICE, ADVICE_MARK), (STRONG, STRONG_MARK), (NEGATION, NEGATION_MARK), (TRADE, TRADE_MARK), (KIN, KIN_MARK)];

/// A negation denies this many words after it.
const REACH: usize = 5;

/// Texts of fewer words are taken to be of the trade: a quoted sentence need not use its words.
const SHORT: usize = 60;
/// In an article of the trade at least one word of this many is one of [`TRADE`].
const ONE_IN: usize = 160;
/// What a word of [`TRADE`] and a defanged value weigh; a word of [`KIN`] weighs one.
const WEIGHT: usize = 2;
/// However short, an article of the trade has words of this weight.
const ENOUGH: usize = 4;
/// No more defanged values than this are counted: one list of them does not make a long text one of the trade.
const DEFANGED: usize = 6;

/// The words of an article, counted.
#[derive(Debug, Default)]
pub(super) struct Count {
    words: usize,
    trade: usize,
    kin: usize,
}

impl Count {
    /// Counts the words of a sentence; those of the title count twice among the marked.
    pub(super) fn add(&mut self, words: &[Word], is_title: bool) {
        let times = if is_title { 2 } else { 1 };
        let marked = |mark: u8| words.iter().filter(|word| word.marks & mark != 0).count() * times;
        self.words += words.len();
        self.trade += marked(TRADE_MARK);
        self.kin += marked(KIN_MARK);
    }

    /// Returns `true` if they are those of a security article; `text` is where defanged values are looked for.
    pub(super) fn is_security(&self, text: &str) -> bool {
        let enough = |trade: usize| {
            // Words that others use too count for no more than the trade's own.
            let weight = trade * WEIGHT + self.kin.min(trade * WEIGHT);
            weight >= ENOUGH && weight * ONE_IN >= self.words * WEIGHT
        };
        // More of the trade is never less: where its words are enough, no defanged value has to be looked for.
        self.words < SHORT || enough(self.trade) || enough(self.trade + defanged(text))
    }
}

/// Counts the defanged values of a text, up to [`DEFANGED`].
fn defanged(text: &str) -> usize {
    let count = |mark: &str| memmem::find_iter(text.as_bytes(), mark).take(DEFANGED).count();
    (count("[.]") + count("hxxp") + count("[@]") + count("[dot]")).min(DEFANGED)
}

/// Returns how much a finding in a sentence is worth by its words alone.
pub(super) fn weight(words: &[Word]) -> f32 {
    let strong = words.iter().any(|word| word.marks & STRONG_MARK != 0);
    let advice = words.iter().filter(|word| word.marks & ADVICE_MARK != 0).count();
    if strong || advice > 1 { 0.3 } else { 1.0 }
}

/// Returns `true` if a negation stands shortly before the word at `at`.
pub(super) fn is_negated(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(REACH)..at].iter().any(|word| word.marks & NEGATION_MARK != 0)
}
