//! Phrases: how assets write them, and where they stand in a sentence.

use super::{
    lexicon::{Lexicon, UNKNOWN, Word},
    word,
};
use crate::text::Span;

/// A gap of a phrase takes at most this many words.
const GAP: usize = 3;

/// The bit that every sketch of words has: what asks for it asks for nothing.
const ANY: u64 = 1 << 63;

/// Phrases, packed together: what most sentences ask of them then lies in few lines of the cache.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    slots: Vec<Slot>,
    /// The numbers of every choice, each choice sorted.
    numbers: Vec<u16>,
}

/// Words in order: the place of its slots. `a|b` is either word, `*` up to [`GAP`] words, never the first; a hyphen makes
/// two words of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// The word with this number.
    Word(u16),
    /// A word with one of so many numbers, from a place of `numbers` on, and their sketch.
    Choice { first: u32, count: u16, sketch: u64 },
    /// Up to [`GAP`] words.
    Gap,
    /// The phrase ends before.
    End,
}

/// What must come after the first word of a phrase: most phrases that do not stand at a place are passed over by it at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    /// A sketch of the words of which one must come.
    pub(super) sketch: u64,
    /// Whether a gap may stand before it.
    pub(super) gap: bool,
}

/// What the words of a sentence must be where a phrase stands in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs {
    /// A sketch of words that must all be there.
    all: u64,
    /// A sketch of words of which one must be there.
    any: u64,
}

impl Needs {
    /// Tells whether they may be in a sentence with this sketch.
    pub(super) const fn may_be_in(self, sketch: u64) -> bool {
        self.all & !sketch == 0 && self.any & sketch != 0
    }
}

/// What follows a word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct After {
    /// A sketch of the next word.
    beside: u64,
    /// A sketch of it and of those behind it, as far as a gap reaches.
    within: u64,
}

impl After {
    /// Sketches what comes after the word at `at` of a sentence.
    pub(super) fn of(words: &[Word], at: usize) -> Self {
        let rest = &words[at + 1..];
        let rest = &rest[..rest.len().min(GAP + 1)];
        Self { beside: sketch(&rest[..rest.len().min(1)]), within: sketch(rest) }
    }

    /// Tells whether this may be what a phrase needs.
    pub(super) const fn may_be(self, next: Next) -> bool {
        next.sketch & if next.gap { self.within } else { self.beside } != 0
    }
}

/// Sketches words by the bits of their numbers: where two sketches share none but [`ANY`], their words share no number.
pub(super) fn sketch(words: &[Word]) -> u64 {
    words.iter().fold(ANY, |sketch, word| sketch | word.bit())
}

/// Gives the place of the bit of a stem's number in a sketch: one for every 63rd number, and for [`UNKNOWN`] that of
/// [`ANY`], which says nothing.
pub(super) const fn place(number: u16) -> u8 {
    if number == UNKNOWN { 63 } else { (number % 63) as u8 }
}

const fn bit(number: u16) -> u64 {
    1 << place(number)
}

fn bits(numbers: &[u16]) -> u64 {
    numbers.iter().fold(0, |bits, number| bits | bit(*number))
}

/// Words of which one is meant.
#[derive(Debug)]
pub(super) struct Choice {
    /// Sorted.
    numbers: Vec<u16>,
    sketch: u64,
}

impl Choice {
    /// Makes a choice of numbers in any order.
    pub(super) fn of(mut numbers: Vec<u16>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        Self { sketch: bits(&numbers), numbers }
    }

    /// Tells whether nothing is meant.
    pub(super) const fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Tells whether one of the words stands in a sentence with this sketch.
    pub(super) fn stands_in(&self, words: &[Word], sketch: u64) -> bool {
        let has = |word: &Word| self.sketch & word.bit() != 0 && self.numbers.binary_search(&word.number).is_ok();
        self.sketch & sketch != 0 && words.iter().any(has)
    }
}

impl Phrases {
    /// Reads a phrase as an asset writes it; the lexicon learns its words.
    pub(super) fn parse(&mut self, text: &str, lexicon: &mut Lexicon) -> Phrase {
        let phrase = Phrase(u32::try_from(self.slots.len()).expect("an asset has fewer words than that"));
        for part in text.split_whitespace() {
            self.read(part, lexicon);
        }
        self.slots.push(Slot::End);
        phrase
    }

    /// Reads one blank-separated part of a phrase.
    fn read(&mut self, part: &str, lexicon: &mut Lexicon) {
        if part == "*" {
            return self.slots.push(Slot::Gap);
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
        for numbers in choices {
            let numbers = Choice::of(numbers).numbers;
            if let [number] = numbers[..] {
                self.slots.push(Slot::Word(number));
                continue;
            }
            let (first, count) = (self.numbers.len() as u32, numbers.len() as u16);
            self.slots.push(Slot::Choice { first, count, sketch: bits(&numbers) });
            self.numbers.extend(numbers);
        }
    }

    /// Gives the slots of a phrase, and those of the phrases behind it.
    fn slots(&self, phrase: Phrase) -> &[Slot] {
        &self.slots[phrase.0 as usize..]
    }

    /// Gives the numbers that a slot stands for; none for a gap and the end.
    fn numbers<'a>(&'a self, slot: &'a Slot) -> &'a [u16] {
        match slot {
            Slot::Word(number) => std::slice::from_ref(number),
            Slot::Choice { first, count, .. } => &self.numbers[*first as usize..][..usize::from(*count)],
            Slot::Gap | Slot::End => &[],
        }
    }

    /// Gives the numbers of the words that a phrase may begin with.
    pub(super) fn first(&self, phrase: Phrase) -> &[u16] {
        self.slots(phrase).first().map_or(&[], |slot| self.numbers(slot))
    }

    /// Says what must come after the first word of a phrase.
    pub(super) fn next(&self, phrase: Phrase) -> Next {
        let (gap, next) = match self.slots(phrase) {
            [Slot::End, ..] | [_] | [] => (false, &Slot::End),
            [_, Slot::Gap, next, ..] => (true, next),
            [_, next, ..] => (false, next),
        };
        // The end asks for nothing, nor does a gap after another.
        let sketch = bits(self.numbers(next));
        Next { sketch: if sketch == 0 { ANY } else { sketch }, gap }
    }

    /// Gives the word after a phrase, when it goes on at `at`: its first word is known to stand before.
    pub(super) fn ends(&self, phrase: Phrase, words: &[Word], at: usize) -> Option<usize> {
        self.match_on(&self.slots(phrase)[1..], words, at)
    }

    /// Sketches what a phrase can not do without.
    pub(super) fn needs(&self, phrase: Phrase) -> Needs {
        let mut needs = Needs { all: 0, any: ANY };
        for slot in self.slots(phrase).iter().take_while(|slot| **slot != Slot::End) {
            match (slot, bits(self.numbers(slot))) {
                (Slot::Word(_), bit) => needs.all |= bit,
                // The choice of the fewest words says most.
                (Slot::Choice { .. }, any) if needs.any == ANY || any.count_ones() < needs.any.count_ones() => {
                    needs.any = any;
                }
                _ => {}
            }
        }
        needs
    }

    /// Tells whether a phrase is a single word.
    pub(super) fn is_word(&self, phrase: Phrase) -> bool {
        self.slots(phrase).get(1) == Some(&Slot::End)
    }

    /// Tells whether a phrase stands anywhere in a sentence.
    pub(super) fn stands_in(&self, phrase: Phrase, words: &[Word]) -> bool {
        let Some((first, rest)) = self.slots(phrase).split_first() else { return false };
        let begins = |(at, word): (usize, &Word)| self.has(first, word) && self.match_on(rest, words, at + 1).is_some();
        words.iter().enumerate().any(begins)
    }

    #[inline]
    fn has(&self, slot: &Slot, word: &Word) -> bool {
        match slot {
            Slot::Word(number) => *number == word.number,
            Slot::Choice { sketch, .. } => sketch & word.bit() != 0 && self.numbers(slot).contains(&word.number),
            Slot::Gap | Slot::End => false,
        }
    }

    /// Tells whether what follows a gap may begin with a word.
    #[inline]
    fn may_be(&self, slot: &Slot, word: Option<&Word>) -> bool {
        matches!(slot, Slot::Gap | Slot::End) || word.is_some_and(|word| self.has(slot, word))
    }

    fn match_on(&self, slots: &[Slot], words: &[Word], mut at: usize) -> Option<usize> {
        for (place, slot) in slots.iter().enumerate() {
            match slot {
                Slot::End => break,
                Slot::Gap => {
                    let rest = &slots[place + 1..];
                    let may_be = |next: &usize| self.may_be(&rest[0], words.get(*next));
                    return (at..=at + GAP).filter(may_be).find_map(|next| self.match_on(rest, words, next));
                }
                slot if self.has(slot, words.get(at)?) => at += 1,
                _ => return None,
            }
        }
        Some(at)
    }
}
