//! What the words of a sentence say of its findings: advice, product talk, and whether the text is of the trade at all.

use std::sync::LazyLock;

use memchr::memmem;

use crate::{
    reading::{Reading, Word},
    text::{WordMap, fnv},
};

/// Stems of words with which a sentence gives advice or praises a product.
const ADVICE: &str = "should recommend ensur mitigat mitigation advis advisabl practic customer protect prevent helps hardening \
    harden enforc safeguard defend organization must educat awareness implement";

/// Stems that give advice by themselves; of the others a sentence needs two.
const STRONG: &str = "should recommend ensur advis advisabl educat";

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

/// Every list, and the bit that marks its stems: one look-up for a word, instead of one for every list.
const LISTS: [(&str, u8); 4] = [(ADVICE, 1), (STRONG, 2), (TRADE, 4), (KIN, 8)];

/// A negation denies this many words after it.
pub(super) const NEGATION_REACH: usize = 5;

/// Texts of fewer words are taken to be of the trade: a quoted sentence need not use its words.
const SHORT: usize = 60;
/// In an article of the trade at least one word of this many is one of [`TRADE`].
const ONE_IN: usize = 160;
/// What a word of [`TRADE`] and a defanged value weigh; a word of [`KIN`] weighs one.
const WEIGHT: usize = 2;
/// However short, an article of the trade has words of this weight.
const MIN_TRADE_WEIGHT: usize = 4;
/// No more defanged values than this are counted: one list of them does not make a long text one of the trade.
const DEFANGED: usize = 6;

/// In which lists the words of an article are, by their forms.
#[derive(Debug)]
pub(super) struct StemMarks(Vec<u8>);

impl StemMarks {
    /// Looks up every form of an article.
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        static STEMS: LazyLock<WordMap<u8>> = LazyLock::new(|| {
            let mut marks = WordMap::default();
            for (stems, mark) in LISTS {
                for stem in stems.split_whitespace() {
                    *marks.entry(fnv(stem.as_bytes())).or_default() |= mark;
                }
            }
            marks
        });
        Self(reading.forms().iter().map(|form| STEMS.get(&form.stem).copied().unwrap_or_default()).collect())
    }

    /// Counts the words of a sentence that are in each list, in the order of [`LISTS`].
    pub(super) fn count(&self, words: &[Word]) -> [usize; LISTS.len()] {
        let mut counts = [0; LISTS.len()];
        for mark in words.iter().map(|word| self.0[word.form()]).filter(|mark| *mark != 0) {
            for (count, (_, list)) in counts.iter_mut().zip(LISTS) {
                *count += usize::from(mark & list != 0);
            }
        }
        counts
    }
}

/// The words of an article, counted.
#[derive(Debug, Default)]
pub(super) struct Count {
    words: usize,
    trade: usize,
    kin: usize,
}

impl Count {
    /// Adds the words of a sentence, as they were counted; those of the title count twice among the marked.
    pub(super) fn add(&mut self, words: usize, [.., trade, kin]: [usize; LISTS.len()], is_title: bool) {
        let times = if is_title { 2 } else { 1 };
        self.words += words;
        self.trade += trade * times;
        self.kin += kin * times;
    }

    /// Returns `true` if they are those of a security article; `text` is where defanged values are looked for.
    pub(super) fn is_security(&self, text: &str) -> bool {
        let enough = |trade: usize| {
            // Words that others use too count for no more than the trade's own.
            let weight = trade * WEIGHT + self.kin.min(trade * WEIGHT);
            weight >= MIN_TRADE_WEIGHT && weight * ONE_IN >= self.words * WEIGHT
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
pub(super) const fn weight([advice, strong, ..]: [usize; LISTS.len()]) -> f32 {
    if strong > 0 || advice > 1 { 0.3 } else { 1.0 }
}
