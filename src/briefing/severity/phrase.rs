//! Phrases of the asset: how they are written, and where they stand in a sentence.

use super::{
    lexicon::{Lexicon, UNKNOWN},
    word::{self, Word},
};
use crate::text::Span;

/// A gap takes at most this many words.
const GAP: usize = 3;

/// The bit that every sketch of words has: what asks for it asks for nothing.
const ANY: u64 = 1 << 63;
/// The bit of a number or an amount of money in a sketch.
const AMOUNT: u64 = 1 << 62;

/// Phrases, packed together: what most sentences ask of them then lies in few lines of the cache.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    slots: Vec<Slot>,
    /// The numbers of every choice.
    numbers: Vec<u16>,
}

/// A phrase, the place of its slots: words in order. `a|b` is either word, `exploit+` any regular inflection, `#` a number,
/// `*` up to three words; `^` before them stands for the beginning of a sentence.
///
/// The last bit of the number tells whether it begins a sentence, the others are the place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase(u32);

impl Phrase {
    const fn first(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Tells whether nothing may stand before it.
    pub(super) const fn begins(self) -> bool {
        self.0 & 1 == 1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// A word with one of so many numbers, from a place of `numbers` on, or an amount where their sketch has its bit.
    Word { first: u32, count: u16, sketch: u64 },
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
    pub(super) fn of(sentence: &[Word], at: usize) -> Self {
        let rest = &sentence[at + 1..];
        let rest = &rest[..rest.len().min(GAP + 1)];
        Self { beside: sketch(&rest[..rest.len().min(1)]), within: sketch(rest) }
    }

    /// Tells whether this may be what a phrase needs.
    pub(super) const fn may_be(self, next: Next) -> bool {
        next.sketch & if next.gap { self.within } else { self.beside } != 0
    }
}

/// Sketches words by the bits of their numbers: where two sketches share none but [`ANY`], their words share nothing.
fn sketch(words: &[Word]) -> u64 {
    words.iter().fold(ANY, |sketch, word| sketch | traits(word))
}

/// Gives the bits of one word.
fn traits(word: &Word) -> u64 {
    word.bit() | if word.amount { AMOUNT } else { 0 }
}

/// Gives the place of the bit of a word's number in a sketch: one for every 62nd number, and for [`UNKNOWN`] that of
/// [`ANY`], which says nothing.
pub(super) const fn place(number: u16) -> u8 {
    if number == UNKNOWN { 63 } else { (number % 62) as u8 }
}

const fn bit(number: u16) -> u64 {
    1 << place(number)
}

impl Phrases {
    /// Reads a phrase as the asset writes it, and learns its words.
    pub(super) fn parse(&mut self, text: &str, lexicon: &mut Lexicon) -> Phrase {
        let (begins, words) = text.strip_prefix('^').map_or((false, text), |words| (true, words));
        let first = u32::try_from(self.slots.len() * 2).expect("the asset has fewer words than that");
        for part in words.split_whitespace() {
            let slot = self.read(part, lexicon);
            self.slots.push(slot);
        }
        self.slots.push(Slot::End);
        Phrase(first | u32::from(begins))
    }

    fn read(&mut self, part: &str, lexicon: &mut Lexicon) -> Slot {
        if part == "*" {
            return Slot::Gap;
        }
        let (amounts, words): (Vec<&str>, Vec<&str>) = part.split('|').partition(|word| *word == "#");
        let mut numbers: Vec<u16> = words.into_iter().flat_map(forms).map(|form| lexicon.learn(&form)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let (first, count) = (self.numbers.len() as u32, numbers.len() as u16);
        let amount = if amounts.is_empty() { 0 } else { AMOUNT };
        let sketch = numbers.iter().fold(amount, |bits, number| bits | bit(*number));
        self.numbers.extend(numbers);
        Slot::Word { first, count, sketch }
    }

    /// Gives the slots of a phrase, and those of the phrases behind it.
    fn slots(&self, phrase: Phrase) -> &[Slot] {
        &self.slots[phrase.first()..]
    }

    fn numbers(&self, slot: Slot) -> &[u16] {
        let Slot::Word { first, count, .. } = slot else { return &[] };
        &self.numbers[first as usize..][..usize::from(count)]
    }

    /// Gives the words that a phrase may begin with; none when it begins with a number.
    pub(super) fn first(&self, phrase: Phrase) -> &[u16] {
        self.numbers(self.slots(phrase)[0])
    }

    /// Says what must come after the first word of a phrase.
    pub(super) fn next(&self, phrase: Phrase) -> Next {
        let (gap, next) = match self.slots(phrase) {
            [Slot::End, ..] | [_] | [] => (false, Slot::End),
            [_, Slot::Gap, next, ..] => (true, *next),
            [_, next, ..] => (false, *next),
        };
        // The end asks for nothing, nor does a gap after another.
        let sketch = if let Slot::Word { sketch, .. } = next { sketch } else { ANY };
        Next { sketch, gap }
    }

    /// Gives the word after a phrase, when it begins at `at`, where one of its first words is known to stand.
    pub(super) fn ends(&self, phrase: Phrase, sentence: &[Word], at: usize) -> Option<usize> {
        if phrase.begins() && at > 0 { None } else { self.match_on(&self.slots(phrase)[1..], sentence, at + 1) }
    }

    /// Tells whether a phrase stands anywhere in a sentence.
    pub(super) fn stands_in(&self, phrase: Phrase, sentence: &[Word]) -> bool {
        let first = self.slots(phrase)[0];
        let begins = |at: usize, word: &Word| self.has(first, word) && self.ends(phrase, sentence, at).is_some();
        sentence.iter().enumerate().any(|(at, word)| begins(at, word))
    }

    /// Tells whether a word is one of those that are meant.
    fn has(&self, slot: Slot, word: &Word) -> bool {
        let Slot::Word { sketch, .. } = slot else { return false };
        let shared = sketch & traits(word);
        shared & AMOUNT != 0 || shared != 0 && self.numbers(slot).contains(&word.number)
    }

    fn match_on(&self, slots: &[Slot], sentence: &[Word], mut at: usize) -> Option<usize> {
        for (place, slot) in slots.iter().enumerate() {
            match slot {
                Slot::End => break,
                Slot::Gap => {
                    return (at..=at + GAP).find_map(|next| self.match_on(&slots[place + 1..], sentence, next));
                }
                slot if self.has(*slot, sentence.get(at)?) => at += 1,
                Slot::Word { .. } => return None,
            }
        }
        Some(at)
    }
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
