//! Phrases of words: how assets write them, and where they stand in sentences.

use super::{
    Reading,
    form::{Form, Traits},
    word::{Word, Words},
};
use crate::text::{Span, WordMap, fnv, fnv_on};

/// A gap takes at most this many words.
const MAX_GAP_WORDS: usize = 3;
/// The number of a word that no phrase has.
const UNKNOWN: u16 = 0;
/// The bit of a number that tells an amount; the others tell the word.
const AMOUNT: u16 = 1 << 15;

/// What makes a word of an article one of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Their stems are the same.
    Stem,
    /// They are written alike, in any case.
    Form,
}

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
    slots: Vec<Slot>,
    /// The numbers of every choice.
    choices: Vec<u16>,
    /// What to look for, by the number of the first word, in the order in which it was added.
    starts: Vec<Vec<Start<M>>>,
}

/// One phrase of a set.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// The place of its first slot.
    first: u32,
    /// Whether nothing may stand before it in the sentence.
    begins: bool,
}

#[derive(Clone, Copy, Debug)]
struct Start<M> {
    phrase: Phrase,
    meaning: M,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    /// The word with this number.
    Word(u16),
    /// A word with one of so many numbers, from a place of `choices` on.
    Choice { first: u32, count: u16, sketch: Sketch },
    /// Up to [`MAX_GAP_WORDS`] words.
    Gap,
    /// The phrase ends before.
    End,
}

/// A few bits for a set of words: where two sketches share none, the sets share no word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sketch(u64);

impl Sketch {
    /// Sketches the words of a sentence.
    pub fn of(numbers: &[u16]) -> Self {
        Self(numbers.iter().fold(0, |bits, number| bits | Self::bits(*number)))
    }

    const fn bits(number: u16) -> u64 {
        let word = number & !AMOUNT;
        (number & AMOUNT) as u64 >> 15 << 63 | if word == UNKNOWN { 0 } else { 1 << (word % 63) }
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
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
    ///
    /// # Errors
    /// A sentence that says why the text is no phrase.
    pub fn parse(&mut self, text: &str) -> Result<Phrase, String> {
        let (begins, parts) = text.strip_prefix('^').map_or((false, text), |parts| (true, parts));
        let parts: Vec<&str> = parts.split_whitespace().collect();
        if parts.first().is_none_or(|part| matches!(*part, "*" | "#")) || parts.last() == Some(&"*") {
            return Err(format!("`{text}` must begin with a word and not end with a gap"));
        }
        let first = u32::try_from(self.slots.len()).map_err(|_| "there are too many phrases".to_owned())?;
        for part in parts {
            self.read(part).map_err(|fault| format!("{fault} in `{text}`"))?;
        }
        self.slots.push(Slot::End);
        Ok(Phrase { first, begins })
    }

    /// Reads a phrase that [`Phrases::find`] looks for.
    ///
    /// # Errors
    /// A sentence that says why the text is no phrase.
    pub fn add(&mut self, text: &str, meaning: M) -> Result<(), String> {
        let phrase = self.parse(text)?;
        for number in self.numbers_of(&self.slots[phrase.first as usize]).to_vec() {
            self.starts[usize::from(number)].push(Start { phrase, meaning });
        }
        Ok(())
    }

    /// Adds the phrase of the words with these hashes that [`Phrases::find`] looks for. There is at least one, and
    /// where words are compared by their form, it is the hash of its lower case.
    ///
    /// # Errors
    /// If the set has no room for more words.
    pub fn add_hashes(&mut self, hashes: Vec<u64>, meaning: M) -> Result<(), String> {
        let numbers = hashes.into_iter().map(|hash| self.learn(hash)).collect::<Result<Vec<u16>, _>>()?;
        let phrase = Phrase { first: self.slots.len() as u32, begins: false };
        self.slots.extend(numbers.iter().copied().map(Slot::Word).chain([Slot::End]));
        if let Some(first) = numbers.first() {
            self.starts[usize::from(*first)].push(Start { phrase, meaning });
        }
        Ok(())
    }

    /// Reads one blank-separated part of a phrase.
    fn read(&mut self, part: &str) -> Result<(), String> {
        if part == "*" {
            self.slots.push(Slot::Gap);
            return Ok(());
        }
        let spelling = self.spelling;
        let (amounts, words): (Vec<&str>, Vec<&str>) = part.split('|').partition(|word| *word == "#");
        // The alternatives may be of several words: then each stands in its own place.
        let mut places: Vec<Vec<u16>> = Vec::new();
        for word in words.into_iter().flat_map(|word| forms(word, spelling)) {
            for (place, hash) in hashes(&word, spelling)?.into_iter().enumerate() {
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
        let amount = if amounts.is_empty() { Sketch::default() } else { Sketch(Sketch::bits(AMOUNT)) };
        for numbers in places {
            let slot = self.choose(numbers, amount);
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

    fn choose(&mut self, mut numbers: Vec<u16>, amount: Sketch) -> Slot {
        numbers.sort_unstable();
        numbers.dedup();
        if let ([number], Sketch(0)) = (&numbers[..], amount) {
            return Slot::Word(*number);
        }
        let (first, count) = (self.choices.len() as u32, numbers.len() as u16);
        let sketch = Sketch(Sketch::of(&numbers).0 | amount.0);
        self.choices.extend(numbers);
        Slot::Choice { first, count, sketch }
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

    fn number_of(&self, form: &Form<'_>) -> u16 {
        let find = |hash| self.words.get(&hash).copied();
        if self.spelling == Spelling::Stem {
            return find(form.stem).unwrap_or(UNKNOWN);
        }
        let ending = || form.traits.has(Traits::MIXED).then(|| find(last_part(form.text)?)).flatten();
        let numbered = || form.traits.has(Traits::DIGIT).then(|| find(unnumbered(form.text)?)).flatten();
        let number = find(form.hash).or_else(ending).or_else(numbered).unwrap_or(UNKNOWN);
        if form.traits.has(Traits::AMOUNT) { number | AMOUNT } else { number }
    }

    /// Finds the phrases that were added where they stand in a sentence: what each means, its first word and the word
    /// behind its last. Those that begin with one word come in the order in which they were added; only those are
    /// looked for that `may` stand at a word.
    pub fn find(&self, sentence: &[u16], may: impl Fn(M, usize) -> bool, mut found: impl FnMut(M, usize, usize)) {
        for (at, number) in sentence.iter().enumerate() {
            for Start { phrase, meaning } in &self.starts[usize::from(number & !AMOUNT)] {
                if may(*meaning, at)
                    && !(phrase.begins && at > 0)
                    && let Some(end) = self.ends(phrase.first as usize + 1, sentence, at + 1)
                {
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
                Slot::End => break,
                Slot::Gap => return (at..=at + MAX_GAP_WORDS).find_map(|next| self.ends(place + 1, sentence, next)),
                slot if self.has(slot, *sentence.get(at)?) => at += 1,
                _ => return None,
            }
        }
        Some(at)
    }

    #[inline]
    fn has(&self, slot: &Slot, number: u16) -> bool {
        match slot {
            Slot::Word(wanted) => *wanted == number & !AMOUNT,
            Slot::Choice { sketch, .. } => {
                let shared = sketch.0 & Sketch::bits(number);
                shared >> 63 != 0 || shared != 0 && self.numbers_of(slot).contains(&(number & !AMOUNT))
            }
            Slot::Gap | Slot::End => false,
        }
    }

    /// Returns the numbers that a slot stands for; none for a gap and the end.
    fn numbers_of<'a>(&'a self, slot: &'a Slot) -> &'a [u16] {
        match slot {
            Slot::Word(number) => std::slice::from_ref(number),
            Slot::Choice { first, count, .. } => &self.choices[*first as usize..][..usize::from(*count)],
            Slot::Gap | Slot::End => &[],
        }
    }
}

/// Phrases of a set of which one is to stand in a sentence.
#[derive(Clone, Debug)]
pub struct AnyPhrase {
    /// Those that are a single word, sorted, and their sketch.
    words: Vec<u16>,
    sketch: Sketch,
    /// The others, each with the sketch of the slot that stands for the fewest words.
    others: Vec<(Sketch, Phrase)>,
}

impl AnyPhrase {
    /// Reads phrases into a set.
    ///
    /// # Errors
    /// A sentence that says which text is no phrase, and why.
    pub fn parse<M: Copy>(texts: &[String], phrases: &mut Phrases<M>) -> Result<Self, String> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for text in texts {
            let phrase = phrases.parse(text)?;
            let slots = &phrases.slots[phrase.first as usize..];
            if slots[1] == Slot::End && !phrase.begins {
                words.extend_from_slice(phrases.numbers_of(&slots[0]));
            } else {
                let sketches = slots.iter().filter_map(|slot| slot.sketch());
                others.push((sketches.min_by_key(|sketch| sketch.0.count_ones()).unwrap_or_default(), phrase));
            }
        }
        words.sort_unstable();
        Ok(Self { sketch: Sketch::of(&words), words, others })
    }

    /// Returns `true` if there is no phrase.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.others.is_empty()
    }

    /// Returns `true` if one of the phrases stands in a sentence with this sketch.
    pub fn stands<M: Copy>(&self, phrases: &Phrases<M>, sentence: &[u16], sketch: Sketch) -> bool {
        let has = |number: &u16| self.words.binary_search(&(number & !AMOUNT)).is_ok();
        self.sketch.meets(sketch) && sentence.iter().any(has)
            || self.others.iter().any(|(needed, phrase)| needed.meets(sketch) && phrases.stands(*phrase, sentence))
    }
}

impl Slot {
    /// Sketches the words that it stands for; `None` for a gap and the end.
    fn sketch(self) -> Option<Sketch> {
        match self {
            Self::Word(number) => Some(Sketch(Sketch::bits(number))),
            Self::Choice { sketch, .. } => Some(sketch),
            Self::Gap | Self::End => None,
        }
    }
}

/// Returns the words that one word of a phrase stands for: all regular inflections of one that ends in `+`.
fn forms(word: &str, spelling: Spelling) -> Vec<String> {
    match word.strip_suffix('+') {
        Some(base) if spelling == Spelling::Form => inflections(base),
        _ => vec![word.to_owned()],
    }
}

/// Returns the hashes by which the words of an alternative are known.
fn hashes(word: &str, spelling: Spelling) -> Result<Vec<u64>, String> {
    let written = |word: &str| Words::of(word, Span::new(0, word.len())).collect::<Vec<_>>();
    match spelling {
        Spelling::Stem => Ok(written(word).into_iter().map(|one| Form::of(word, one).stem).collect()),
        Spelling::Form => {
            let bare = word.trim_start_matches('~');
            let bare = bare.strip_suffix('#').unwrap_or(bare);
            let is_word = matches!(written(bare)[..], [one] if one.span.len() == bare.len());
            let is_known = is_word && !bare.contains(char::is_uppercase);
            if is_known { Ok(vec![fnv(word.as_bytes())]) } else { Err(format!("`{word}` is no lower-case word")) }
        }
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

#[cfg(test)]
mod tests;
