//! Phrases, as the assets of this room write them.

use super::{lexicon::Lexicon, word};
use crate::text::{
    Span,
    phrase::{Part, Phrase, Phrases},
};

/// Reads a phrase; the lexicon learns its words.
///
/// `a|b` is either word, `*` up to three words, never the first; a hyphen makes two words of one.
pub(super) fn parse(text: &str, phrases: &mut Phrases, lexicon: &mut Lexicon) -> Phrase {
    phrases.add(text.split_whitespace().flat_map(|part| read(part, lexicon)))
}

/// Reads one blank-separated part of a phrase.
fn read(part: &str, lexicon: &mut Lexicon) -> Vec<Part> {
    if part == "*" {
        return vec![Part::Gap];
    }
    let mut choices: Vec<Vec<u16>> = Vec::new();
    for alternative in part.split('|') {
        for (place, word) in word::words(alternative, Span::new(0, alternative.len())).enumerate() {
            if choices.len() <= place {
                choices.push(Vec::new());
            }
            choices[place].push(lexicon.learn(word.stem));
        }
    }
    choices.into_iter().map(|numbers| Part::Word { numbers, amount: false }).collect()
}
