//! The words that deny what follows them.

use std::{collections::HashSet, hash::BuildHasherDefault, sync::LazyLock};

use super::{Reading, form::Traits, word::Word};
use crate::text::{AsItIs, fnv};

/// Every negation, in lower case. Whatever asks whether something is denied asks this list.
const NEGATIONS: [&str; 25] = [
    "no", "not", "none", "never", "without", "neither", "nor", "cannot", "isn't", "aren't", "wasn't", "weren't",
    "hasn't", "haven't", "didn't", "doesn't", "don't", "won't", "unaware", "deny", "denies", "denied", "unlike",
    "unlikely", "instead",
];

/// Returns `true` if the word with a hash is a negation.
pub(super) fn denies(hash: u64) -> bool {
    static HASHES: LazyLock<HashSet<u64, BuildHasherDefault<AsItIs>>> =
        LazyLock::new(|| NEGATIONS.iter().map(|word| fnv(word.as_bytes())).collect());
    HASHES.contains(&hash)
}

impl Reading<'_> {
    /// Returns `true` if one of the `reach` words before the word at `at` of a sentence denies it.
    pub fn is_negated(&self, sentence: &[Word], at: usize, reach: usize) -> bool {
        sentence[at.saturating_sub(reach)..at].iter().any(|word| self.form(*word).traits.has(Traits::NEGATION))
    }
}
