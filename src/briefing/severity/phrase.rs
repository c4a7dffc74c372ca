//! Phrases, as the asset of this room writes them.

use super::{
    lexicon::Lexicon,
    word::{self, Word},
};
use crate::text::{
    Span,
    phrase::{self, Part, Phrases},
};

/// A phrase: `a|b` is either word, `exploit+` any regular inflection, `#` a number, `*` up to three words; `^` before
/// them stands for the beginning of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// Its words.
    pub(super) words: phrase::Phrase,
    /// Whether nothing may stand before them.
    pub(super) begins: bool,
}

impl Phrase {
    /// Reads a phrase, and learns its words.
    pub(super) fn parse(text: &str, phrases: &mut Phrases, lexicon: &mut Lexicon) -> Self {
        let (begins, words) = text.strip_prefix('^').map_or((false, text), |words| (true, words));
        Self { words: phrases.add(words.split_whitespace().map(|part| read(part, lexicon))), begins }
    }

    /// Returns `true` if it stands anywhere in a sentence.
    pub(super) fn stands_in(self, phrases: &Phrases, sentence: &[Word]) -> bool {
        if self.begins { phrases.stands_at(self.words, sentence, 0) } else { phrases.stands_in(self.words, sentence) }
    }
}

fn read(part: &str, lexicon: &mut Lexicon) -> Part {
    if part == "*" {
        return Part::Gap;
    }
    let (amounts, words): (Vec<&str>, Vec<&str>) = part.split('|').partition(|word| *word == "#");
    let numbers = words.into_iter().flat_map(forms).map(|form| lexicon.learn(&form)).collect();
    Part::Word { numbers, amount: !amounts.is_empty() }
}

/// Returns the forms of a word: itself, or all its regular inflections when it ends in `+`.
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
