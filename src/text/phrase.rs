//! Phrases of numbered words: kept packed together, and found in sentences.
//!
//! How phrases are written and which words are one is for the room that reads them to say.

use super::Vocabulary;

/// A gap takes at most this many words.
const GAP: usize = 3;

/// The bit that every sketch of words has: what asks for it asks for nothing.
const ANY: u64 = 1 << 63;
/// The bit of a word that is a number or an amount of money.
pub const AMOUNT: u64 = 1 << 62;

/// A word of a sentence, as phrases ask for it.
pub trait Numbered {
    /// Returns its number, or [`Vocabulary::UNKNOWN`].
    fn number(&self) -> u16;

    /// Returns its bits in sketches: that of the [`place`] of its number, and [`AMOUNT`] where it is one.
    fn bits(&self) -> u64;
}

/// Returns the place of the bit of a word's number in a sketch: one for every 62nd number, and for
/// [`Vocabulary::UNKNOWN`] that of [`ANY`], which says nothing.
pub const fn place(number: u16) -> u8 {
    if number == Vocabulary::UNKNOWN { 63 } else { (number % 62) as u8 }
}

const fn bit(number: u16) -> u64 {
    1 << place(number)
}

fn bits_of(numbers: &[u16]) -> u64 {
    numbers.iter().fold(0, |bits, number| bits | bit(*number))
}

/// Sketches words by their bits: where two sketches share none but [`ANY`], their words share nothing.
pub fn sketch(words: &[impl Numbered]) -> u64 {
    words.iter().fold(ANY, |sketch, word| sketch | word.bits())
}

/// One part of a phrase.
#[derive(Clone, Debug)]
pub enum Part {
    /// One word.
    Word {
        /// The numbers of the words of which one is meant, in any order.
        numbers: Vec<u16>,
        /// Whether any amount is meant too.
        amount: bool,
    },
    /// Up to three words; never the first part.
    Gap,
}

/// Phrases, packed together: what most sentences ask of them then lies in few lines of the cache.
#[derive(Debug, Default)]
pub struct Phrases {
    slots: Vec<Slot>,
    /// The numbers of every choice, each choice sorted.
    numbers: Vec<u16>,
}

/// Words in order: the place of their slots.
#[derive(Clone, Copy, Debug)]
pub struct Phrase(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// The word with this number.
    Word(u16),
    /// A word with one of so many numbers, from a place of `numbers` on, or an amount where their sketch has its bit.
    Choice { first: u32, count: u16, sketch: u64 },
    /// Up to [`GAP`] words.
    Gap,
    /// The phrase ends before.
    End,
}

/// What must come after the first word of a phrase: most phrases that do not stand at a place are passed over by it at
/// once.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// A sketch of the words of which one must come.
    pub sketch: u64,
    /// Whether a gap may stand before it.
    pub gap: bool,
}

/// What follows a word of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// A sketch of the next word.
    beside: u64,
    /// A sketch of it and of those behind it, as far as a gap reaches.
    within: u64,
}

impl After {
    /// Sketches what comes after the word at `at` of a sentence.
    pub fn of(words: &[impl Numbered], at: usize) -> Self {
        let rest = &words[at + 1..];
        let rest = &rest[..rest.len().min(GAP + 1)];
        Self { beside: sketch(&rest[..rest.len().min(1)]), within: sketch(rest) }
    }

    /// Returns `true` if this may be what a phrase needs.
    #[inline]
    pub const fn may_be(self, next: Next) -> bool {
        next.sketch & if next.gap { self.within } else { self.beside } != 0
    }
}

/// What the words of a sentence must be where a phrase stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// A sketch of words that must all be there.
    all: u64,
    /// A sketch of words of which one must be there.
    any: u64,
}

impl Needs {
    /// Returns `true` if they may be in a sentence with this sketch.
    pub const fn may_be_in(self, sketch: u64) -> bool {
        self.all & !sketch == 0 && self.any & sketch != 0
    }
}

/// Words of which one is meant.
#[derive(Debug)]
pub struct Choice {
    /// Sorted.
    numbers: Vec<u16>,
    sketch: u64,
}

impl Choice {
    /// Makes a choice of numbers in any order.
    pub fn of(mut numbers: Vec<u16>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        Self { sketch: bits_of(&numbers), numbers }
    }

    /// Returns `true` if nothing is meant.
    pub const fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Returns `true` if one of the words stands in a sentence with this sketch.
    pub fn stands_in(&self, words: &[impl Numbered], sketch: u64) -> bool {
        let has = |number: u16| self.numbers.binary_search(&number).is_ok();
        self.sketch & sketch != 0 && words.iter().any(|word| self.sketch & word.bits() != 0 && has(word.number()))
    }
}

impl Phrases {
    /// Adds a phrase.
    pub fn add(&mut self, parts: impl IntoIterator<Item = Part>) -> Phrase {
        let phrase = Phrase(u32::try_from(self.slots.len()).expect("an asset has fewer words than that"));
        for part in parts {
            let slot = match part {
                Part::Gap => Slot::Gap,
                Part::Word { numbers, amount } => self.choose(numbers, amount),
            };
            self.slots.push(slot);
        }
        self.slots.push(Slot::End);
        phrase
    }

    fn choose(&mut self, numbers: Vec<u16>, amount: bool) -> Slot {
        let Choice { numbers, sketch } = Choice::of(numbers);
        if let ([number], false) = (&numbers[..], amount) {
            return Slot::Word(*number);
        }
        let (first, count) = (self.numbers.len() as u32, numbers.len() as u16);
        self.numbers.extend(numbers);
        Slot::Choice { first, count, sketch: sketch | if amount { AMOUNT } else { 0 } }
    }

    /// Returns the slots of a phrase, and those of the phrases behind it.
    fn slots(&self, phrase: Phrase) -> &[Slot] {
        &self.slots[phrase.0 as usize..]
    }

    /// Returns the numbers that a slot stands for; none for a gap and the end.
    fn numbers<'a>(&'a self, slot: &'a Slot) -> &'a [u16] {
        match slot {
            Slot::Word(number) => std::slice::from_ref(number),
            Slot::Choice { first, count, .. } => &self.numbers[*first as usize..][..usize::from(*count)],
            Slot::Gap | Slot::End => &[],
        }
    }

    /// Returns the numbers of the words that a phrase may begin with; none when it begins with an amount.
    pub fn first(&self, phrase: Phrase) -> &[u16] {
        self.slots(phrase).first().map_or(&[], |slot| self.numbers(slot))
    }

    /// Says what must come after the first word of a phrase.
    pub fn next(&self, phrase: Phrase) -> Next {
        let (gap, next) = match self.slots(phrase) {
            [Slot::End, ..] | [_] | [] => (false, Slot::End),
            [_, Slot::Gap, next, ..] => (true, *next),
            [_, next, ..] => (false, *next),
        };
        // The end asks for nothing, nor does a gap after another.
        Next { sketch: next.sketch().unwrap_or(ANY), gap }
    }

    /// Returns the word after a phrase, when it goes on at `at`: its first word is known to stand before.
    pub fn ends(&self, phrase: Phrase, words: &[impl Numbered], at: usize) -> Option<usize> {
        self.match_on(&self.slots(phrase)[1..], words, at)
    }

    /// Sketches what a phrase cannot do without.
    pub fn needs(&self, phrase: Phrase) -> Needs {
        let mut needs = Needs { all: 0, any: ANY };
        for slot in self.slots(phrase).iter().take_while(|slot| **slot != Slot::End) {
            match *slot {
                Slot::Word(number) => needs.all |= bit(number),
                // The choice of the fewest words says most.
                Slot::Choice { sketch: any, .. } if needs.any == ANY || any.count_ones() < needs.any.count_ones() => {
                    needs.any = any;
                }
                _ => {}
            }
        }
        needs
    }

    /// Returns `true` if a phrase is a single word.
    pub fn is_word(&self, phrase: Phrase) -> bool {
        self.slots(phrase).get(1) == Some(&Slot::End)
    }

    /// Returns `true` if a phrase stands anywhere in a sentence.
    pub fn stands_in(&self, phrase: Phrase, words: &[impl Numbered]) -> bool {
        (0..words.len()).any(|at| self.stands_at(phrase, words, at))
    }

    /// Returns `true` if a phrase stands in a sentence from a word on.
    pub fn stands_at(&self, phrase: Phrase, words: &[impl Numbered], at: usize) -> bool {
        let begins = |word| self.has(&self.slots(phrase)[0], word);
        words.get(at).is_some_and(begins) && self.ends(phrase, words, at + 1).is_some()
    }

    #[inline]
    fn has(&self, slot: &Slot, word: &impl Numbered) -> bool {
        match slot {
            Slot::Word(number) => *number == word.number(),
            Slot::Choice { sketch, .. } => {
                let shared = sketch & word.bits();
                shared & AMOUNT != 0 || shared != 0 && self.numbers(slot).contains(&word.number())
            }
            Slot::Gap | Slot::End => false,
        }
    }

    /// Returns `true` if what follows a gap may begin with a word.
    #[inline]
    fn may_be(&self, slot: &Slot, word: Option<&impl Numbered>) -> bool {
        matches!(slot, Slot::Gap | Slot::End) || word.is_some_and(|word| self.has(slot, word))
    }

    fn match_on(&self, slots: &[Slot], words: &[impl Numbered], mut at: usize) -> Option<usize> {
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

impl Slot {
    /// Sketches the words of which one is meant; none for a gap and the end.
    const fn sketch(self) -> Option<u64> {
        match self {
            Self::Word(number) => Some(bit(number)),
            Self::Choice { sketch, .. } => Some(sketch),
            Self::Gap | Self::End => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{
        collection::vec,
        prelude::{Strategy, any, prop_assert_eq, proptest},
    };

    use super::{AMOUNT, After, Numbered, Part, Phrases, place, sketch};

    /// A word by its number, and whether it is an amount.
    #[derive(Clone, Copy, Debug)]
    struct Word(u16, bool);

    impl Numbered for Word {
        fn number(&self) -> u16 {
            self.0
        }

        fn bits(&self) -> u64 {
            1 << place(self.0) | if self.1 { AMOUNT } else { 0 }
        }
    }

    /// Where a phrase may end that begins at a word, by the definition alone.
    fn ends(parts: &[Part], words: &[Word], at: usize) -> Vec<usize> {
        let Some((part, rest)) = parts.split_first() else { return vec![at] };
        match part {
            Part::Gap => (at..=at + 3).flat_map(|next| ends(rest, words, next)).collect(),
            Part::Word { numbers, amount } => match words.get(at) {
                Some(word) if numbers.contains(&word.0) || *amount && word.1 => ends(rest, words, at + 1),
                _ => Vec::new(),
            },
        }
    }

    proptest! {
        #[test]
        fn sketches_pass_over_no_phrase_that_stands(
            parts in vec((vec(1_u16..130, 1..4), any::<bool>(), any::<bool>()), 1..5),
            words in vec((0_u16..130, any::<bool>()).prop_map(|(number, amount)| Word(number, amount)), 0..10)
        ) {
            let parts: Vec<Part> = parts.into_iter().enumerate().flat_map(|(at, (numbers, amount, gap))| {
                (gap && at > 0).then_some(Part::Gap).into_iter().chain([Part::Word { numbers, amount: amount && at > 0 }])
            }).collect();
            let mut phrases = Phrases::default();
            phrases.add([Part::Gap]);
            let phrase = phrases.add(parts.clone());
            phrases.add([Part::Word { numbers: vec![7], amount: false }]);
            let found: Vec<Vec<usize>> = (0..words.len()).map(|at| ends(&parts, &words, at)).collect();
            let stands = found.iter().any(|ends| !ends.is_empty());
            prop_assert_eq!(phrases.stands_in(phrase, &words), stands);
            assert!(!stands || phrases.needs(phrase).may_be_in(sketch(&words)));
            for (at, ends) in found.into_iter().enumerate() {
                prop_assert_eq!(phrases.stands_at(phrase, &words, at), !ends.is_empty());
                if let [first, ..] = ends[..] {
                    assert!(After::of(&words, at).may_be(phrases.next(phrase)));
                    prop_assert_eq!(phrases.ends(phrase, &words, at + 1), Some(first));
                }
            }
        }
    }
}
