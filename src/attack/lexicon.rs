//! The stems that rules and lists know, numbered, so that every word of an article is looked up once for all of them.

use super::{context, word};
use crate::text::{Span, Tokens, WordMap, fnv};

/// The number of every stem that no rule knows.
pub(super) const UNKNOWN: u16 = 0;

/// What is known of each stem.
#[derive(Debug)]
pub(super) struct Lexicon {
    known: WordMap<Known>,
    /// How many stems have a number.
    numbered: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    number: u16,
    marks: u8,
}

/// A word of an article, with what the lexicon knows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// The hash of its stem.
    pub(super) stem: u64,
    /// The hash of its file extension with the dot, when it looks like a file name.
    pub(super) extension: Option<u64>,
    /// The number that rules know its stem by, or [`UNKNOWN`].
    pub(super) number: u16,
    /// The bit of that number in sketches of words; none for [`UNKNOWN`].
    pub(super) bit: u64,
    /// What kind of word it is, as `context` marks it.
    pub(super) marks: u8,
}

/// Gives the bit of a stem's number in a sketch: one for every 64th number, none for [`UNKNOWN`].
pub(super) const fn bit(number: u16) -> u64 {
    ((number != UNKNOWN) as u64) << (number % 64)
}

impl Default for Lexicon {
    /// Makes a lexicon of the marked stems; rules add theirs.
    fn default() -> Self {
        let mut known: WordMap<Known> = WordMap::default();
        for (stems, mark) in context::LISTS {
            for stem in stems.split_whitespace() {
                known.entry(fnv(stem.as_bytes())).or_default().marks |= mark;
            }
        }
        Self { known, numbered: 0 }
    }
}

impl Lexicon {
    /// Gives the number of a stem, a new one for a new stem.
    pub(super) fn learn(&mut self, stem: u64) -> u16 {
        let known = self.known.entry(stem).or_default();
        if known.number == UNKNOWN {
            self.numbered = self.numbered.checked_add(1).expect("the assets have fewer stems than that");
            known.number = self.numbered;
        }
        known.number
    }

    /// Reads the words of a range of a text, and adds them to those read before.
    pub(super) fn read(&self, tokens: &Tokens<'_>, within: Span, words: &mut Vec<Word>) {
        let text = tokens.text();
        for token in tokens.within(within) {
            if token.shape.is_plain() {
                words.push(self.look_up(word::plain(text, token)));
            } else {
                words.extend(word::words(text, token.span.within(within)).map(|word| self.look_up(word)));
            }
        }
    }

    fn look_up(&self, word: word::Word) -> Word {
        let Known { number, marks } = self.known.get(&word.stem).copied().unwrap_or_default();
        Word { span: word.span, stem: word.stem, extension: word.extension, number, bit: bit(number), marks }
    }
}
