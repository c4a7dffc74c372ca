use std::{collections::HashSet, sync::OnceLock};

use super::digest;

/// How many words of a title count: a hostile one has millions.
const MAX_WORDS: usize = 40;

/// The telling words of a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Digests of the words, in order, each once.
    words: Vec<u64>,
    /// Those with a digit in them: versions, dates, counts.
    numbers: Vec<u64>,
}

impl Headline {
    /// Reads a title. CVE numbers are left out: they are compared by themselves.
    pub fn of(title: &str) -> Self {
        let title = &title[..title.floor_char_boundary(1_000)];
        let mut headline = Self::default();
        let mut after_cve = 0;
        for text in title.split(|c: char| !c.is_alphanumeric()).filter(|text| !text.is_empty()).take(MAX_WORDS) {
            if text.eq_ignore_ascii_case("cve") {
                after_cve = 2;
                continue;
            }
            let is_number = text.bytes().any(|byte| byte.is_ascii_digit());
            if after_cve > 0 && is_number {
                after_cve -= 1;
                continue;
            }
            headline.read(text, is_number);
        }
        headline.words.sort_unstable();
        headline.words.dedup();
        headline.numbers.sort_unstable();
        headline.numbers.dedup();
        headline
    }

    fn read(&mut self, text: &str, is_number: bool) {
        if is_number {
            self.numbers.push(word(text));
        }
        if text.len() < 2 || (text.len() < 3 && !is_number) {
            return;
        }
        let digest = word(text);
        if !is_stop_word(digest) {
            self.words.push(digest);
        }
    }

    /// Returns the telling words as digests; the lowest are the same in titles that share most of their words.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Counts the telling words that two titles share.
    pub fn shared(&self, other: &Self) -> usize {
        self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count()
    }

    /// Returns `true` if both titles name numbers and share none: two releases, two days, two counts.
    pub(super) fn differs_in_numbers(&self, other: &Self) -> bool {
        !self.numbers.is_empty()
            && !other.numbers.is_empty()
            && !self.numbers.iter().any(|number| other.numbers.contains(number))
    }
}

/// Returns `true` if a word of a title says nothing of which story it is.
fn is_stop_word(digest: u64) -> bool {
    static WORDS: OnceLock<HashSet<u64>> = OnceLock::new();
    WORDS
        .get_or_init(|| {
            let lines = include_str!("../../../assets/story/stop_words.txt").lines();
            lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(word).collect()
        })
        .contains(&digest)
}

/// Returns the digest of a word, in any case and without its plural.
fn word(text: &str) -> u64 {
    let plural = text.len() > 3 && text.ends_with('s') && !text.ends_with("ss") && !text.ends_with("us");
    let stem = if plural { &text[..text.len() - 1] } else { text };
    if stem.is_ascii() {
        digest(stem.bytes().map(|byte| byte.to_ascii_lowercase()))
    } else {
        digest(stem.to_lowercase().into_bytes().into_iter())
    }
}
