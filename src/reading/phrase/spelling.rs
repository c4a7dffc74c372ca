//! How the words of a phrase are compared with those of an article.

use crate::{
    reading::{
        form::{Traits, WordForm},
        word::Words,
    },
    text::{Span, fnv, fnv_on},
};

/// What makes a word of an article one of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Their stems are the same.
    Stem,
    /// They are written alike, in any case.
    Form,
}

impl Spelling {
    /// Returns the words that one word of a phrase stands for: all regular inflections of one that ends in `+`.
    pub(super) fn inflected(self, word: &str) -> Vec<String> {
        match word.strip_suffix('+') {
            Some(base) if self == Self::Form => inflections(base),
            _ => vec![word.to_owned()],
        }
    }

    /// Returns the hashes by which the words of an alternative are known.
    pub(super) fn hashes(self, word: &str) -> Result<Vec<u64>, String> {
        let written = |word: &str| Words::of(word, Span::new(0, word.len())).collect::<Vec<_>>();
        if self == Self::Stem {
            return Ok(written(word).into_iter().map(|one| WordForm::of(word, one).stem).collect());
        }
        let bare = word.trim_start_matches('~');
        let bare = bare.strip_suffix('#').unwrap_or(bare);
        let is_word = matches!(written(bare)[..], [one] if one.span.len() == bare.len());
        if is_word && !bare.contains(char::is_uppercase) {
            Ok(vec![fnv(word.as_bytes())])
        } else {
            Err(format!("`{word}` is no lower-case word"))
        }
    }

    /// Returns what is found under the first hash of a form that is known.
    pub(super) fn look_up<T>(self, form: &WordForm<'_>, find: impl Fn(u64) -> Option<T>) -> Option<T> {
        if self == Self::Stem {
            return find(form.stem);
        }
        let ending = || if form.traits.has(Traits::MIXED) { find(last_part(form.text)?) } else { None };
        let numbered = || if form.traits.has(Traits::DIGIT) { find(unnumbered(form.text)?) } else { None };
        find(form.hash).or_else(ending).or_else(numbered)
    }
}

/// Returns a word and its regular inflections.
fn inflections(base: &str) -> Vec<String> {
    let stem = base.get(..base.len().saturating_sub(1)).unwrap_or_default();
    let endings = if base.ends_with('e') {
        [format!("{base}s"), format!("{base}d"), format!("{stem}ing")]
    } else if base.ends_with('y') && !stem.ends_with(['a', 'e', 'o', 'u']) {
        [format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing")]
    } else if ["s", "x", "sh", "ch"].iter().any(|ending| base.ends_with(ending)) {
        [format!("{base}es"), format!("{base}ed"), format!("{base}ing")]
    } else {
        [format!("{base}s"), format!("{base}ed"), format!("{base}ing")]
    };
    [base.to_owned()].into_iter().chain(endings).collect()
}

/// Hashes the last part of a word that is written in parts, as phrases write `~rat` for `LodaRAT`.
fn last_part(word: &str) -> Option<u64> {
    let pairs = word.as_bytes().windows(2);
    let last = pairs.rev().position(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())?;
    Some(lower_on(fnv(b"~"), &word.as_bytes()[word.len() - 1 - last..]))
}

/// Hashes a word without the number that it ends in, as phrases write `apt#`.
fn unnumbered(word: &str) -> Option<u64> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let some = !letters.is_empty() && letters.len() < word.len();
    some.then(|| fnv_on(lower_on(fnv(b""), letters.as_bytes()), b"#"))
}

fn lower_on(hash: u64, letters: &[u8]) -> u64 {
    letters.iter().fold(hash, |hash, letter| fnv_on(hash, &[letter.to_ascii_lowercase()]))
}
