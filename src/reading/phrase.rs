//! Phrases of words: how assets write them, and where they stand in sentences.

mod any;
mod spelling;

pub use any::AnyPhrase;
pub use spelling::Spelling;

use super::{
    Reading,
    form::{Traits, WordForm},
    word::Word,
};
use crate::text::WordMap;

/// A gap takes at most this many words.
const MAX_GAP_WORDS: usize = 3;
/// The number of a word that no phrase has.
const UNKNOWN: u16 = 0;
/// The bit of a number that tells an amount; the others tell the word.
const AMOUNT: u16 = 1 << 15;
/// The bit of every amount in sketches.
const AMOUNT_BIT: u64 = 1 << 62;

/// A set of phrases with the words that they are made of; `M` is what a phrase means to the detector that asks.
///
/// A phrase is words in lower case; a hyphen makes two words of one. `a|b` is either word, `*` up to three words. Where
/// words are compared by their form, `exploit+` is any regular inflection, `#` an amount, `apt#` a word and a number
/// behind it, `~rat` any word whose last part with a capital is `RAT` (`LodaRAT`), and `^` before the phrase stands for
/// the beginning of the sentence.
#[derive(Debug)]
pub struct Phrases<M> {
    spelling: Spelling,
    /// The numbers of words, by their hashes.
    words: WordMap<u16>,
    /// The slots of every phrase, one phrase behind the other.
    slots: Vec<PhraseSlot>,
    /// The numbers of every choice.
    choices: Vec<u16>,
    /// What to look for, by the number of the first word, in the order in which it was added.
    starts: Vec<Vec<Start<M>>>,
}

/// One phrase of a set.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    /// The place of its first slot.
    first: u32,
    /// Whether nothing may stand before it in the sentence.
    begins: bool,
}

/// Where a phrase may begin.
#[derive(Clone, Copy, Debug)]
struct Start<M> {
    /// What must come behind the first word: most phrases that do not stand at a place are passed over by it.
    next: Sketch,
    /// Whether a gap may stand before it.
    gap: bool,
    phrase: Phrase,
    meaning: M,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PhraseSlot {
    /// The word with this number.
    Word(u16),
    /// A word with one of so many numbers, from a place of `choices` on.
    Choice { first: u32, count: u16, amount: bool, sketch: Sketch },
    /// Up to [`MAX_GAP_WORDS`] words.
    Gap,
    /// The phrase ends before.
    End,
}

/// One of 64 bits for each word of a set: where two sketches share none, the sets share no word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sketch(u64);

impl Sketch {
    /// Sketches the words of a sentence.
    pub fn of(numbers: &[u16]) -> Self {
        Self(numbers.iter().fold(0, |bits, number| bits | Self::bits(*number)))
    }

    /// Returns the bit of a word; amounts have the last bit beside it.
    const fn bits(number: u16) -> u64 {
        let word = number & !AMOUNT;
        let amount = (number >> 15) as u64 * AMOUNT_BIT;
        amount | (((word != UNKNOWN) as u64) << (word & 63))
    }

    /// What whatever comes behind a word meets.
    const ANYTHING: Self = Self(1 << 63);

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The numbers that a set of phrases knows the words of an article by.
#[derive(Debug)]
pub struct PhraseNumbers {
    by_form: Vec<u16>,
    sentence: Vec<u16>,
}

impl PhraseNumbers {
    /// Returns the numbers of the words of a sentence.
    pub fn of(&mut self, words: &[Word]) -> &[u16] {
        self.sentence.clear();
        self.sentence.extend(words.iter().map(|word| self.by_form[word.form()]));
        &self.sentence
    }

    /// Returns the number of one word.
    pub fn of_word(&self, word: Word) -> u16 {
        self.by_form[word.form()]
    }
}

impl<M: Copy> Phrases<M> {
    /// Makes an empty set whose words are compared in one way.
    pub fn new(spelling: Spelling) -> Self {
        Self { spelling, words: WordMap::default(), slots: Vec::new(), choices: Vec::new(), starts: vec![Vec::new()] }
    }

    /// Reads a phrase.
    fn parse(&mut self, text: &str) -> Result<Phrase, String> {
        let (begins, parts) = text.strip_prefix('^').map_or((false, text), |parts| (true, parts));
        let parts: Vec<&str> = parts.split_whitespace().collect();
        if parts.first().is_none_or(|part| matches!(*part, "*" | "#")) || parts.last() == Some(&"*") {
            return Err(format!("`{text}` must begin with a word and not end with a gap"));
        }
        let first = u32::try_from(self.slots.len()).map_err(|_| "there are too many phrases".to_owned())?;
        for part in parts {
            self.read(part).map_err(|fault| format!("{fault} in `{text}`"))?;
        }
        self.slots.push(PhraseSlot::End);
        Ok(Phrase { first, begins })
    }

    /// Reads a phrase that [`Phrases::find`] looks for.
    ///
    /// # Errors
    /// A sentence that says why the text is no phrase.
    pub fn add(&mut self, text: &str, meaning: M) -> Result<(), String> {
        let phrase = self.parse(text)?;
        self.start(phrase, meaning);
        Ok(())
    }

    /// Files a phrase under the words that it may begin with.
    fn start(&mut self, phrase: Phrase, meaning: M) {
        let slots = &self.slots[phrase.first as usize..];
        let (gap, next) = match slots[1] {
            PhraseSlot::Gap => (true, slots[2]),
            next => (false, next),
        };
        // The end asks for nothing, nor does a gap behind another.
        let start = Start { next: next.sketch().unwrap_or(Sketch::ANYTHING), gap, phrase, meaning };
        for number in self.numbers_of(&slots[0]).to_vec() {
            self.starts[usize::from(number)].push(start);
        }
    }

    /// Adds a phrase that [`Phrases::find`] looks for by the hashes of its words: of their stems, or of their forms in
    /// lower case.
    ///
    /// # Errors
    /// If there is no hash, or the set has no room for more words.
    pub fn add_hashes(&mut self, hashes: Vec<u64>, meaning: M) -> Result<(), String> {
        let numbers = hashes.into_iter().map(|hash| self.learn(hash)).collect::<Result<Vec<u16>, _>>()?;
        if numbers.is_empty() {
            return Err("a phrase has at least one word".to_owned());
        }
        let phrase = Phrase { first: self.slots.len() as u32, begins: false };
        self.slots.extend(numbers.iter().copied().map(PhraseSlot::Word).chain([PhraseSlot::End]));
        self.start(phrase, meaning);
        Ok(())
    }

    /// Reads one blank-separated part of a phrase.
    fn read(&mut self, part: &str) -> Result<(), String> {
        if part == "*" {
            self.slots.push(PhraseSlot::Gap);
            return Ok(());
        }
        let spelling = self.spelling;
        let (amounts, words): (Vec<&str>, Vec<&str>) = part.split('|').partition(|word| *word == "#");
        // The alternatives may be of several words: then each stands in its own place.
        let mut places: Vec<Vec<u16>> = Vec::new();
        for word in words.into_iter().flat_map(|word| spelling.inflected(word)) {
            for (place, hash) in spelling.hashes(&word)?.into_iter().enumerate() {
                if places.len() <= place {
                    places.push(Vec::new());
                }
                let number = self.learn(hash)?;
                places[place].push(number);
            }
        }
        if places.is_empty() {
            places.push(Vec::new());
        }
        for numbers in places {
            let slot = self.choose(numbers, !amounts.is_empty());
            self.slots.push(slot);
        }
        Ok(())
    }

    fn learn(&mut self, hash: u64) -> Result<u16, String> {
        let next = self.starts.len() as u16;
        if next & AMOUNT != 0 {
            return Err("there is no number left for a word".to_owned());
        }
        let number = *self.words.entry(hash).or_insert(next);
        if number == next {
            self.starts.push(Vec::new());
        }
        Ok(number)
    }

    fn choose(&mut self, mut numbers: Vec<u16>, amount: bool) -> PhraseSlot {
        numbers.sort_unstable();
        numbers.dedup();
        if let ([number], false) = (&numbers[..], amount) {
            return PhraseSlot::Word(*number);
        }
        let (first, count) = (self.choices.len() as u32, numbers.len() as u16);
        let sketch = Sketch::of(&numbers).with(Sketch(if amount { AMOUNT_BIT } else { 0 }));
        self.choices.extend(numbers);
        PhraseSlot::Choice { first, count, amount, sketch }
    }

    /// Looks up every form of an article.
    pub fn numbers(&self, reading: &Reading<'_>) -> PhraseNumbers {
        let by_form = reading.forms().iter().map(|form| self.number_of(form)).collect();
        PhraseNumbers { by_form, sentence: Vec::new() }
    }

    /// Returns the number of the word with a hash.
    pub fn number_of_hash(&self, hash: u64) -> u16 {
        self.words.get(&hash).copied().unwrap_or(UNKNOWN)
    }

    fn number_of(&self, form: &WordForm<'_>) -> u16 {
        let known = self.spelling.look_up(form, |key| self.words.get(&key).copied());
        let number = known.unwrap_or(UNKNOWN);
        if form.traits.has(Traits::AMOUNT) { number | AMOUNT } else { number }
    }

    /// Finds the phrases that were added where they stand in a sentence: what each means, its first word and the word
    /// behind its last. Those that begin with one word come in the order in which they were added; only those are
    /// looked for that `may` stand at a word.
    pub fn find(&self, sentence: &[u16], may: impl Fn(M, usize) -> bool, mut found: impl FnMut(M, usize, usize)) {
        for (at, number) in sentence.iter().enumerate() {
            let starts = &self.starts[usize::from(number & !AMOUNT)];
            if starts.is_empty() {
                continue;
            }
            let bits = |behind: usize| sentence.get(at + behind).map_or(0, |number| Sketch::bits(*number));
            let beside = Sketch::ANYTHING.with(Sketch(bits(1)));
            let within = (2..=MAX_GAP_WORDS + 1).fold(beside, |all, behind| all.with(Sketch(bits(behind))));
            let may_start = |start: &&Start<M>| {
                start.next.meets(if start.gap { within } else { beside })
                    && !(start.phrase.begins && at > 0)
                    && may(start.meaning, at)
            };
            for Start { phrase, meaning, .. } in starts.iter().filter(may_start) {
                if let Some(end) = self.ends(phrase.first as usize + 1, sentence, at + 1) {
                    found(*meaning, at, end);
                }
            }
        }
    }

    /// Returns `true` if a phrase stands in a sentence.
    fn stands(&self, phrase: Phrase, sentence: &[u16]) -> bool {
        let places = if phrase.begins { sentence.len().min(1) } else { sentence.len() };
        (0..places).any(|at| self.ends(phrase.first as usize, sentence, at).is_some())
    }

    /// Returns the word behind a phrase, when it goes on with a slot at a word.
    fn ends(&self, slot: usize, sentence: &[u16], mut at: usize) -> Option<usize> {
        for (place, slot) in self.slots[slot..].iter().enumerate().map(|(place, found)| (slot + place, found)) {
            match slot {
                PhraseSlot::End => break,
                PhraseSlot::Gap => {
                    let may_be = |next: &usize| self.may_be(&self.slots[place + 1], sentence.get(*next));
                    let mut behind = (at..=at + MAX_GAP_WORDS).filter(may_be);
                    return behind.find_map(|next| self.ends(place + 1, sentence, next));
                }
                slot if self.has(slot, *sentence.get(at)?) => at += 1,
                _ => return None,
            }
        }
        Some(at)
    }

    /// Returns `true` if what follows a gap may begin with a word.
    fn may_be(&self, slot: &PhraseSlot, number: Option<&u16>) -> bool {
        matches!(slot, PhraseSlot::Gap | PhraseSlot::End) || number.is_some_and(|number| self.has(slot, *number))
    }

    #[inline]
    fn has(&self, slot: &PhraseSlot, number: u16) -> bool {
        match slot {
            PhraseSlot::Word(wanted) => *wanted == number & !AMOUNT,
            PhraseSlot::Choice { amount, sketch, .. } => {
                *amount && number & AMOUNT != 0
                    || sketch.0 & Sketch::bits(number) != 0 && self.numbers_of(slot).contains(&(number & !AMOUNT))
            }
            PhraseSlot::Gap | PhraseSlot::End => false,
        }
    }

    /// Returns the numbers that a slot stands for; none for a gap and the end.
    fn numbers_of<'a>(&'a self, slot: &'a PhraseSlot) -> &'a [u16] {
        match slot {
            PhraseSlot::Word(number) => std::slice::from_ref(number),
            PhraseSlot::Choice { first, count, .. } => &self.choices[*first as usize..][..usize::from(*count)],
            PhraseSlot::Gap | PhraseSlot::End => &[],
        }
    }
}

impl PhraseSlot {
    /// Sketches the words that it stands for; `None` for a gap and the end.
    fn sketch(self) -> Option<Sketch> {
        match self {
            Self::Word(number) => Some(Sketch(Sketch::bits(number))),
            Self::Choice { sketch, .. } => Some(sketch),
            Self::Gap | Self::End => None,
        }
    }
}

#[cfg(test)]
mod tests;
