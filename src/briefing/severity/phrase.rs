//! Phrases of the asset: how they are written, and where they stand in a sentence.

use super::{
    lexicon::{Lexicon, UNKNOWN},
    word::{self, Word},
};
use crate::text::Span;

/// A gap takes at most this many words.
const GAP: usize = 3;

/// A phrase: words in order. `a|b` is either word, `exploit+` any regular inflection, `#` a number, `*` up to three words;
/// `^` before them stands for the beginning of a sentence.
#[derive(Debug)]
pub(super) struct Phrase {
    slots: Vec<Slot>,
    begins: bool,
}

#[derive(Debug)]
enum Slot {
    /// One of these words, which are sorted, or a number or an amount of money.
    Word { numbers: Vec<u16>, amount: bool },
    /// Up to [`GAP`] words.
    Gap,
}

impl Phrase {
    /// Reads a phrase as the asset writes it, and learns its words.
    pub(super) fn parse(text: &str, lexicon: &mut Lexicon) -> Self {
        let (begins, words) = text.strip_prefix('^').map_or((false, text), |words| (true, words));
        Self { slots: words.split_whitespace().map(|part| slot(part, lexicon)).collect(), begins }
    }

    /// Gives the words that the phrase may begin with; none when it begins with a number.
    pub(super) fn first(&self) -> &[u16] {
        match self.slots.first() {
            Some(Slot::Word { numbers, .. }) => numbers,
            _ => &[],
        }
    }

    /// Gives the word after the phrase, when it begins at `at`, where one of its first words is known to stand.
    pub(super) fn ends(&self, sentence: &[Word], at: usize) -> Option<usize> {
        if self.begins && at > 0 { None } else { matches(&self.slots[1..], sentence, at + 1) }
    }

    /// Tells whether the phrase stands anywhere in a sentence.
    pub(super) fn stands_in(&self, sentence: &[Word]) -> bool {
        let Some(first) = self.slots.first() else { return false };
        let begins = |at: usize, word: &Word| first.has(word) && self.ends(sentence, at).is_some();
        sentence.iter().enumerate().any(|(at, word)| begins(at, word))
    }
}

impl Slot {
    /// Tells whether a word is one of those that are meant.
    fn has(&self, word: &Word) -> bool {
        match self {
            Self::Word { numbers, amount } => {
                *amount && word.amount || word.number != UNKNOWN && numbers.binary_search(&word.number).is_ok()
            }
            Self::Gap => false,
        }
    }
}

fn matches(slots: &[Slot], sentence: &[Word], at: usize) -> Option<usize> {
    match slots.split_first() {
        None => Some(at),
        Some((Slot::Gap, rest)) => (at..=at + GAP).find_map(|next| matches(rest, sentence, next)),
        Some((slot, rest)) if slot.has(sentence.get(at)?) => matches(rest, sentence, at + 1),
        Some(_) => None,
    }
}

fn slot(part: &str, lexicon: &mut Lexicon) -> Slot {
    if part == "*" {
        return Slot::Gap;
    }
    let (amounts, words): (Vec<&str>, Vec<&str>) = part.split('|').partition(|word| *word == "#");
    let mut numbers: Vec<u16> = words.into_iter().flat_map(forms).map(|form| lexicon.learn(&form)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Slot::Word { numbers, amount: !amounts.is_empty() }
}

/// Gives the forms of a word: itself, or all its regular inflections when it ends in `+`.
fn forms(word: &str) -> Vec<String> {
    let Some(base) = word.strip_suffix('+') else { return vec![word.to_owned()] };
    let mut forms = vec![base.to_owned()];
    let stem = &base[..base.len() - 1];
    if base.ends_with('e') {
        forms.extend([format!("{base}s"), format!("{base}d"), format!("{stem}ing")]);
    } else if base.ends_with('y') && !stem.ends_with(['a', 'e', 'o', 'u']) {
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing")]);
    } else if ["s", "x", "sh", "ch"].iter().any(|ending| base.ends_with(ending)) {
        forms.extend([format!("{base}es"), format!("{base}ed"), format!("{base}ing")]);
    } else {
        forms.extend([format!("{base}s"), format!("{base}ed"), format!("{base}ing")]);
    }
    forms
}

/// Tells what keeps a phrase from being one: a part that is more than one word, or a gap at an end.
pub(super) fn fault(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.strip_prefix('^').unwrap_or(text).split_whitespace().collect();
    if parts.first().is_none_or(|part| matches!(*part, "*" | "#")) || parts.last() == Some(&"*") {
        return Some(format!("`{text}` must begin with a word and end with none of its gaps"));
    }
    let alternatives = parts.iter().flat_map(|part| part.split('|')).filter(|word| !matches!(*word, "*" | "#"));
    alternatives
        .map(|word| word.trim_start_matches('~'))
        .map(|word| word.strip_suffix(['+', '#']).unwrap_or(word))
        .find_map(|word| {
            let whole = Span::new(0, word.len());
            let is_word = word::next(word, &mut 0, word.len()) == Some(whole) && !word.chars().any(char::is_uppercase);
            (!is_word).then(|| format!("`{word}` in `{text}` is no single lower-case word"))
        })
}
