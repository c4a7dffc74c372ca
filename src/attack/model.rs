//! The statistical model: one sparse linear classifier for each technique over the words and word pairs of a sentence.
//!
//! `tools/train` makes the asset. Its form, little endian, is read where it lies, so that loading it costs nothing:
//! - head: `HDM1`, then the numbers of classes, of slots (a power of two) and of postings, as `u32`;
//! - a class: technique and sub-technique number, whether it stands for a technique with its subs together, nought
//!   (all `u16`), and the intercept (`f32`);
//! - a slot of the open-addressed table: high half of the n-gram's hash, first posting, number of postings (`u32`);
//!   a slot without postings is empty;
//! - a posting: class (`u16`) and weight in eighths (`i8`).

use std::{cmp::Ordering, collections::HashSet, sync::OnceLock};

use super::{
    catalogue::TechniqueId,
    word::{NUMBER, OPAQUE, Word},
};
use crate::text::Span;

static ASSET: &[u8] = include_bytes!("../../assets/attack/model.bin");

const HEAD: usize = 16;
const CLASS: usize = 12;
const SLOT: usize = 12;
const POSTING: usize = 3;
/// One step of a weight.
const STEP: f32 = 0.125;
/// Sentences are taken to have at least this many words, as in training.
const SHORTEST: usize = 4;

/// The model, where it lies in the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model {
    classes: &'static [u8],
    slots: &'static [u8],
    postings: &'static [u8],
}

/// An n-gram of a sentence that the model knows.
#[derive(Clone, Copy, Debug)]
struct Known {
    span: Span,
    first: usize,
    count: usize,
}

/// The room that scoring works in, kept from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Desk {
    known: Vec<Known>,
    sums: Vec<f32>,
}

impl Model {
    /// Gives the model compiled into the program.
    pub(super) fn shipped() -> Self {
        let number = |at: usize| u32_at(ASSET, at) as usize;
        let classes = HEAD + number(4) * CLASS;
        let slots = classes + number(8) * SLOT;
        Self { classes: &ASSET[HEAD..classes], slots: &ASSET[classes..slots], postings: &ASSET[slots..] }
    }

    /// Gives the technique of a class; a technique with sub-techniques may have a second class, for all of them together.
    pub(super) fn technique(self, class: usize) -> TechniqueId {
        let at = class * CLASS;
        TechniqueId::new(u16_at(self.classes, at), u16_at(self.classes, at + 2))
    }

    fn intercept(self, class: usize) -> f32 {
        f32::from_bits(u32_at(self.classes, class * CLASS + 8))
    }

    /// Tells whether the model has a class for a technique itself.
    pub(super) fn knows(self, id: TechniqueId) -> bool {
        static KNOWN: OnceLock<HashSet<TechniqueId>> = OnceLock::new();
        let known = || (0..self.classes.len() / CLASS).map(|class| self.technique(class)).collect();
        KNOWN.get_or_init(known).contains(&id)
    }

    /// Scores a sentence: hands on every class of at least `least` with its probability.
    pub(super) fn score(self, words: &[Word], desk: &mut Desk, least: f32, mut found: impl FnMut(usize, f32)) {
        desk.known.clear();
        self.grams(words, &mut desk.known);
        if desk.known.is_empty() {
            return;
        }
        desk.sums.clear();
        desk.sums.resize(self.classes.len() / CLASS, 0.0);
        for known in &desk.known {
            for posting in self.postings_of(*known) {
                desk.sums[posting.0] += posting.1;
            }
        }
        let length = (words.len().max(SHORTEST) as f32).sqrt();
        // The inverse of the logistic function, so that few classes need its exponential.
        let bar = (least / (1.0 - least)).ln();
        for (number, sum) in desk.sums.iter().enumerate() {
            if *sum <= 0.0 {
                continue;
            }
            let margin = self.intercept(number) + sum / length;
            if margin >= bar {
                found(number, 1.0 / (1.0 + (-margin).exp()));
            }
        }
    }

    /// Gives the n-gram that weighed most for a class in the sentence scored last.
    pub(super) fn heaviest(self, desk: &Desk, class: usize) -> Option<Span> {
        let weigh = |known: &Known| self.weight(*known, class).map(|weight| (known.span, weight));
        let heavier = |a: &(Span, f32), b: &(Span, f32)| a.1.total_cmp(&b.1).then(b.0.start.cmp(&a.0.start));
        desk.known.iter().filter_map(weigh).max_by(heavier).map(|(span, _)| span)
    }

    fn grams(self, words: &[Word], known: &mut Vec<Known>) {
        let mut add = |key: u64, span: Span| {
            if let Some((first, count)) = self.find(key) {
                known.push(Known { span, first, count });
            }
        };
        for (at, word) in words.iter().enumerate() {
            if word.stem != NUMBER && word.stem != OPAQUE {
                add(word.stem, word.span);
            }
            if let Some(next) = words.get(at + 1) {
                add(pair(word.stem, next.stem), Span::new(word.span.start, next.span.end));
            }
            if let Some(extension) = word.extension {
                add(extension, word.span);
            }
        }
    }

    fn find(self, key: u64) -> Option<(usize, usize)> {
        let slots = self.slots.len() / SLOT;
        let tag = (key >> 32) as u32;
        let mut at = key as usize & (slots - 1);
        // The table is never full, so that an empty slot ends every search.
        loop {
            let slot = at * SLOT;
            let count = u32_at(self.slots, slot + 8);
            if count == 0 {
                return None;
            }
            if u32_at(self.slots, slot) == tag {
                return Some((u32_at(self.slots, slot + 4) as usize, count as usize));
            }
            at = (at + 1) & (slots - 1);
        }
    }

    /// Gives the weight of an n-gram for a class; its postings are sorted by class.
    fn weight(self, known: Known, class: usize) -> Option<f32> {
        let (mut low, mut high) = (known.first, known.first + known.count);
        while low < high {
            let middle = usize::midpoint(low, high);
            let posting = &self.postings[middle * POSTING..][..POSTING];
            match usize::from(u16_at(posting, 0)).cmp(&class) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(f32::from(i8::from_le_bytes([posting[2]])) * STEP),
            }
        }
        None
    }

    fn postings_of(self, known: Known) -> impl Iterator<Item = (usize, f32)> {
        let postings = &self.postings[known.first * POSTING..(known.first + known.count) * POSTING];
        postings.chunks_exact(POSTING).map(|posting| {
            let weight = i8::from_le_bytes([posting[2]]);
            (usize::from(u16::from_le_bytes([posting[0], posting[1]])), f32::from(weight) * STEP)
        })
    }
}

/// Mixes the hashes of two words into the number of their pair.
const fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(5) ^ second).wrapping_mul(0x0000_0100_0000_01b3)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::{ASSET, CLASS, Desk, HEAD, Model, POSTING, SLOT, pair, u32_at};
    use crate::{
        attack::{
            catalogue::Catalogue,
            word::{hash, words},
        },
        text::Span,
    };

    #[test]
    fn the_asset_is_whole() {
        assert_eq!(&ASSET[..4], b"HDM1");
        let number = |at: usize| u32_at(ASSET, at) as usize;
        assert!(number(8).is_power_of_two());
        assert_eq!(ASSET.len(), HEAD + number(4) * CLASS + number(8) * SLOT + number(12) * POSTING);
        let model = Model::shipped();
        let mut empty = 0;
        for slot in model.slots.chunks_exact(SLOT) {
            let (first, count) = (u32_at(slot, 4) as usize, u32_at(slot, 8) as usize);
            assert!(first + count <= number(12));
            empty += usize::from(count == 0);
        }
        assert!(empty * 4 > number(8), "a search in a full table would not end");
        for posting in model.postings.chunks_exact(POSTING) {
            assert!(usize::from(u16::from_le_bytes([posting[0], posting[1]])) < number(4));
        }
    }

    #[test]
    fn every_class_is_an_active_technique() {
        let model = Model::shipped();
        for number in 0..model.classes.len() / CLASS {
            let id = model.technique(number);
            assert!(Catalogue::shipped().get(id).is_some_and(|technique| technique.active), "{id} is not active");
        }
    }

    #[test]
    fn pairs_are_numbered_as_the_training_program_numbers_them() {
        assert_eq!(pair(hash(b"inject"), hash(b"cod")), 0xd646_1865_53ec_18e8);
    }

    #[test]
    fn a_plain_sentence_is_recognized() {
        let text = "The backdoor captures keystrokes.";
        let read: Vec<_> = words(text, Span::new(0, text.len())).collect();
        let mut best = (0, 0.0);
        let mut desk = Desk::default();
        Model::shipped().score(&read, &mut desk, 0.1, |class, score| {
            if score > best.1 {
                best = (class, score);
            }
        });
        assert_eq!(Model::shipped().technique(best.0).parent().to_string(), "T1056");
        let span = Model::shipped().heaviest(&desk, best.0).unwrap();
        assert!(text[span.range()].contains("keystrokes"));
    }
}
