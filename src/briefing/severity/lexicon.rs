//! The words that the phrases of the asset are made of, each with its number.

use super::word::Spelling;
use crate::text::{Vocabulary, fnv, fnv_back, fnv_on};

/// The numbers of words, by the hash of each as the asset writes it.
#[derive(Debug, Default)]
pub(super) struct Lexicon(Vocabulary);

/// The number of every word that no phrase has.
pub(super) const UNKNOWN: u16 = Vocabulary::UNKNOWN;
/// Longer words are in no phrase.
pub(super) const LONGEST: usize = 32;

impl Lexicon {
    /// Returns the number of a lower-case word, a new one for a new word.
    pub(super) fn learn(&mut self, word: &str) -> u16 {
        self.0.learn(fnv(word.as_bytes())).expect("the asset has fewer words than that")
    }

    /// Returns the number of a word of an article, or [`UNKNOWN`].
    pub(super) fn number_of(&self, word: &Spelling<'_>) -> u16 {
        if word.letters.len() > LONGEST {
            return UNKNOWN;
        }
        let whole = self.find(word.hash);
        let ending = || word.is_mixed.then(|| self.find(ending(word.letters)?)).flatten();
        let numbered = || word.has_digit.then(|| self.find(numbered(word)?)).flatten();
        whole.or_else(ending).or_else(numbered).unwrap_or(UNKNOWN)
    }

    fn find(&self, hash: u64) -> Option<u16> {
        Some(self.0.number_of(hash)).filter(|number| *number != UNKNOWN)
    }
}

/// Hashes the last part of a word that is written in parts, as the asset writes `~rat` for `LodaRAT`.
fn ending(word: &[u8]) -> Option<u64> {
    let last = word.windows(2).rposition(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())?;
    Some(lower_on(fnv(b"~"), &word[last + 1..]))
}

/// Hashes the letters of a word that ends in digits, as the asset writes `apt#`.
fn numbered(word: &Spelling<'_>) -> Option<u64> {
    let digits = word.letters.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
    let (count, hash) = digits.fold((0, word.hash), |(count, hash), digit| (count + 1, fnv_back(hash, *digit)));
    (count > 0 && count < word.letters.len()).then(|| fnv_on(hash, b"#"))
}

/// Carries a hash on over letters in lower case.
pub(super) fn lower_on(hash: u64, letters: &[u8]) -> u64 {
    letters.iter().fold(hash, |hash, letter| fnv_on(hash, &[letter.to_ascii_lowercase()]))
}
