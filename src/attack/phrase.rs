//! Phrases: how assets write them, and where they stand in a sentence.

use super::{
    lexicon::{Lexicon, Word, bit},
    word,
};
use crate::text::Span;

/// A gap of a phrase takes at most this many words.
const GAP: usize = 3;

/// Words in order. `a|b` is either word, `*` up to [`GAP`] words, never the first; a hyphen makes two words of one.
#[derive(Debug)]
pub(super) struct Phrase {
    slots: Vec<Slot>,
}

#[derive(Debug)]
enum Slot {
    /// One word, whose number is one of these.
    Word(Choice),
    /// Up to [`GAP`] words.
    Gap,
}

/// Words of which one is meant.
#[derive(Debug)]
pub(super) struct Choice {
    /// Sorted.
    numbers: Vec<u16>,
    /// Their sketch.
    sketch: u64,
}

/// What comes after the first word of a phrase: most phrases that do not stand at a place are passed over by it at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    /// A sketch of the words of which one must come at once.
    beside: u64,
    /// A sketch of the words of which one must come at once or after a gap.
    within: u64,
}

impl Next {
    /// Sketches what comes after the word at `at` of a sentence.
    pub(super) fn after(words: &[Word], at: usize) -> Self {
        let rest = &words[at + 1..];
        let rest = &rest[..rest.len().min(GAP + 1)];
        Self { beside: sketch(&rest[..rest.len().min(1)]), within: sketch(rest) }
    }

    /// Tells whether a phrase that needs this may begin before words that are sketched as `after`.
    pub(super) const fn may_be(self, after: Self) -> bool {
        let free = self.beside | self.within == 0;
        free || self.beside & after.beside != 0 || self.within & after.within != 0
    }
}

/// Sketches words by their bits: where two sketches share no bit, their words share no number.
pub(super) fn sketch(words: &[Word]) -> u64 {
    words.iter().fold(0, |sketch, word| sketch | word.bit)
}

impl Choice {
    /// Makes a choice of numbers in any order.
    pub(super) fn of(mut numbers: Vec<u16>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        let sketch = numbers.iter().fold(0, |sketch, number| sketch | bit(*number));
        Self { numbers, sketch }
    }

    /// Tells whether nothing is meant.
    pub(super) const fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Tells whether a word is one of them.
    pub(super) fn has(&self, word: &Word) -> bool {
        self.sketch & word.bit != 0 && self.numbers.binary_search(&word.number).is_ok()
    }
}

impl Phrase {
    /// Reads a phrase as an asset writes it; the lexicon learns its words.
    pub(super) fn parse(text: &str, lexicon: &mut Lexicon) -> Self {
        Self { slots: text.split_whitespace().flat_map(|part| slots_of(part, lexicon)).collect() }
    }

    /// Gives the numbers of the words that the phrase may begin with.
    pub(super) fn first(&self) -> &[u16] {
        if let Some(Slot::Word(choice)) = self.slots.first() { &choice.numbers } else { &[] }
    }

    /// Tells whether the phrase is a single word.
    pub(super) const fn is_word(&self) -> bool {
        self.slots.len() == 1
    }

    /// Says what must come after its first word.
    pub(super) fn next(&self) -> Next {
        match &self.slots[..] {
            [_, Slot::Word(choice), ..] => Next { beside: choice.sketch, within: 0 },
            [_, Slot::Gap, Slot::Word(choice), ..] => Next { beside: 0, within: choice.sketch },
            _ => Next { beside: 0, within: 0 },
        }
    }

    /// Gives the word after the phrase, when it goes on at `at`: its first word is known to stand before.
    pub(super) fn ends(&self, words: &[Word], at: usize) -> Option<usize> {
        matches(&self.slots[1..], words, at)
    }

    /// Tells whether the phrase stands anywhere in a sentence with this sketch.
    pub(super) fn stands_in(&self, words: &[Word], sketch: u64) -> bool {
        let Some(Slot::Word(first)) = self.slots.first() else { return false };
        let may = self.slots.iter().all(|slot| match slot {
            Slot::Word(choice) => choice.sketch & sketch != 0,
            Slot::Gap => true,
        });
        may && words.iter().enumerate().any(|(at, word)| first.has(word) && self.ends(words, at + 1).is_some())
    }
}

fn matches(slots: &[Slot], words: &[Word], at: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    match slot {
        Slot::Word(choice) if choice.has(words.get(at)?) => matches(rest, words, at + 1),
        Slot::Word(_) => None,
        Slot::Gap => (at..=at + GAP).find_map(|next| matches(rest, words, next)),
    }
}

/// Reads one blank-separated part of a phrase.
fn slots_of(part: &str, lexicon: &mut Lexicon) -> Vec<Slot> {
    if part == "*" {
        return vec![Slot::Gap];
    }
    let mut slots: Vec<Vec<u16>> = Vec::new();
    for alternative in part.split('|') {
        for (place, word) in word::words(alternative, Span::new(0, alternative.len())).enumerate() {
            if slots.len() <= place {
                slots.push(Vec::new());
            }
            slots[place].push(lexicon.learn(word.stem));
        }
    }
    slots.into_iter().map(|numbers| Slot::Word(Choice::of(numbers))).collect()
}
