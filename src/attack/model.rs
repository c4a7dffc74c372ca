//! The statistical model: one sparse linear classifier for each technique over the words and word pairs of a sentence.
//!
//! `tools/train` makes the asset. Its form, little endian, is read where it lies, so that loading it costs nearly nothing:
//! - head: `HDM1`, then the numbers of classes, of slots (a power of two) and of postings, as `u32`;
//! - a class: technique and sub-technique number, whether it stands for a technique with its subs together, nought
//!   (all `u16`), and the intercept (`f32`);
//! - a slot of the open-addressed table: high half of the n-gram's hash, first posting, number of postings (`u32`);
//!   a slot without postings is empty;
//! - a posting: class (`u16`) and weight in eighths (`i8`).

use std::{collections::HashMap, sync::OnceLock};

use super::{
    catalogue::TechniqueId,
    lexicon::Word,
    word::{NUMBER, OPAQUE},
};
use crate::text::Span;

static ASSET: &[u8] = include_bytes!("../../assets/attack/model.bin");

const HEAD: usize = 16;
const CLASS: usize = 12;
const SLOT: usize = 12;
const POSTING: usize = 3;
/// One step of a weight.
const STEP: f32 = 0.125;
/// N-grams of this share of the heaviest weight are told as evidence too, when they stand close to it.
const NEARLY: f32 = 0.4;
/// How many bytes may lie between them.
const CLOSE: usize = 24;
/// So many classes are looked at together.
const GROUP: usize = 16;
/// Sentences are taken to have at least this many words, as in training.
const SHORTEST: usize = 4;

/// The model: its classes read, its n-grams where they lie in the program.
#[derive(Debug)]
pub(super) struct Model {
    /// The technique of each class; one with sub-techniques may have a second class, for all of them together.
    techniques: Vec<TechniqueId>,
    /// The classes of each technique.
    classes: HashMap<TechniqueId, Vec<usize>>,
    intercepts: Vec<f32>,
    slots: &'static [[u8; SLOT]],
    postings: &'static [[u8; POSTING]],
}

/// An n-gram of a sentence that the model knows.
#[derive(Clone, Copy, Debug)]
struct Known {
    span: Span,
    postings: &'static [[u8; POSTING]],
}

/// A sentence as the model reads it; its room is kept from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Desk {
    known: Vec<Known>,
    /// What speaks for each class, in eighths: whole numbers, so that their order can not matter.
    sums: Vec<i32>,
    /// The root of the number of words, which the sums are shared out over.
    length: f32,
}

impl Model {
    /// Gives the model compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Model> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let number = |at: usize| u32_at(ASSET, at) as usize;
            let classes = HEAD + number(4) * CLASS;
            let slots = classes + number(8) * SLOT;
            let list = ASSET[HEAD..classes].as_chunks().0;
            Self::of(list, ASSET[classes..slots].as_chunks().0, ASSET[slots..].as_chunks().0)
        })
    }

    fn of(list: &[[u8; CLASS]], slots: &'static [[u8; SLOT]], postings: &'static [[u8; POSTING]]) -> Self {
        let technique = |class: &[u8; CLASS]| TechniqueId::new(u16_at(class, 0), u16_at(class, 2));
        let techniques: Vec<TechniqueId> = list.iter().map(technique).collect();
        let mut classes: HashMap<TechniqueId, Vec<usize>> = HashMap::new();
        for (class, id) in techniques.iter().enumerate() {
            classes.entry(*id).or_default().push(class);
        }
        let intercepts = list.iter().map(|class| f32::from_bits(u32_at(class, 8))).collect();
        Self { techniques, classes, intercepts, slots, postings }
    }

    /// Gives the technique of a class.
    pub(super) fn technique(&self, class: usize) -> TechniqueId {
        self.techniques[class]
    }

    /// Gives the classes of a technique; none where the model does not know it.
    pub(super) fn classes(&self, id: TechniqueId) -> &[usize] {
        self.classes.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Reads a sentence: what its n-grams say for every class.
    pub(super) fn read(&self, words: &[Word], desk: &mut Desk) {
        desk.length = (words.len().max(SHORTEST) as f32).sqrt();
        desk.known.clear();
        self.grams(words, &mut desk.known);
        desk.sums.clear();
        desk.sums.resize(self.intercepts.len(), 0);
        let sums = &mut desk.sums[..];
        for known in &desk.known {
            for posting in known.postings {
                sums[class_of(*posting)] += i32::from(weight_of(*posting));
            }
        }
    }

    /// Gives the probability of a class in the sentence read last; none below `least`.
    pub(super) fn probability(&self, desk: &Desk, class: usize, least: f32) -> Option<f32> {
        if desk.sums[class] <= 0 {
            return None;
        }
        let margin = self.intercepts[class] + desk.sums[class] as f32 * STEP / desk.length;
        (margin >= logit(least)).then(|| 1.0 / (1.0 + (-margin).exp()))
    }

    /// Gives the classes whose probability in the sentence read last may reach `least`: all that do, and by the errors
    /// of rounding a few that come close.
    pub(super) fn loud(&self, desk: &Desk, least: f32) -> impl Iterator<Item = usize> {
        let (bar, share) = (logit(least) - 0.001, STEP / desk.length);
        let is_loud = move |intercept: f32, sum: i32| intercept + sum as f32 * share >= bar;
        let groups = self.intercepts.chunks(GROUP).zip(desk.sums.chunks(GROUP)).enumerate();
        // Most groups have none, which is seen without a branch for each class.
        let groups = groups.filter(move |(_, (intercepts, sums))| {
            intercepts.iter().zip(*sums).fold(false, |any, (intercept, sum)| any | is_loud(*intercept, *sum))
        });
        groups.flat_map(move |(number, (intercepts, sums))| {
            let loud = move |(_, (intercept, sum)): &(usize, (&f32, &i32))| is_loud(**intercept, **sum);
            intercepts.iter().zip(sums).enumerate().filter(loud).map(move |(place, _)| number * GROUP + place)
        })
    }

    /// Gives the words that weighed most for a class in the sentence scored last: the heaviest n-gram, and what stands
    /// close to it and weighs nearly as much.
    pub(super) fn heaviest(desk: &Desk, class: usize) -> Option<Span> {
        let weigh = |known: &Known| known.weight(class).map(|weight| (known.span, weight));
        let heavier = |a: &(Span, f32), b: &(Span, f32)| a.1.total_cmp(&b.1).then(b.0.start.cmp(&a.0.start));
        let (heaviest, most) = desk.known.iter().filter_map(weigh).max_by(heavier)?;
        let nearly = |(_, weight): &(Span, f32)| *weight >= most * NEARLY;
        let close = |span: Span| span.start <= heaviest.end + CLOSE && heaviest.start <= span.end + CLOSE;
        let told = desk.known.iter().filter_map(weigh).filter(nearly).map(|(span, _)| span).filter(|span| close(*span));
        Some(told.fold(heaviest, |all, span| Span::new(all.start.min(span.start), all.end.max(span.end))))
    }

    fn grams(&self, words: &[Word], known: &mut Vec<Known>) {
        let mut add = |key: u64, span: Span| {
            if let Some(postings) = self.find(key) {
                known.push(Known { span, postings });
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

    fn find(&self, key: u64) -> Option<&'static [[u8; POSTING]]> {
        let tag = (key >> 32) as u32;
        let mut at = key as usize;
        // The table is never full, so that an empty slot ends every search.
        loop {
            let slot = &self.slots[at & (self.slots.len() - 1)];
            let count = u32_at(slot, 8) as usize;
            if count == 0 {
                return None;
            }
            if u32_at(slot, 0) == tag {
                let first = u32_at(slot, 4) as usize;
                return Some(&self.postings[first..first + count]);
            }
            at += 1;
        }
    }
}

impl Known {
    /// Gives the weight of the n-gram for a class; its postings are sorted by class.
    fn weight(self, class: usize) -> Option<f32> {
        let place = self.postings.binary_search_by_key(&class, |posting| class_of(*posting)).ok()?;
        Some(f32::from(weight_of(self.postings[place])) * STEP)
    }
}

fn class_of(posting: [u8; POSTING]) -> usize {
    usize::from(u16_at(&posting, 0))
}

const fn weight_of(posting: [u8; POSTING]) -> i8 {
    i8::from_le_bytes([posting[2]])
}

/// The inverse of the logistic function: a bar for margins, so that few classes need its exponential.
fn logit(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}

/// Mixes the hashes of two words into the number of their pair.
const fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(5) ^ second).wrapping_mul(0x0000_0100_0000_01b3)
}

const fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

const fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::{ASSET, CLASS, Desk, HEAD, Model, POSTING, SLOT, class_of, pair, u32_at};
    use crate::{
        attack::{asset::Assets, catalogue::Catalogue, word::hash},
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
        for slot in model.slots {
            let (first, count) = (u32_at(slot, 4) as usize, u32_at(slot, 8) as usize);
            assert!(first + count <= number(12));
            empty += usize::from(count == 0);
        }
        assert!(empty * 4 > number(8), "a search in a full table would not end");
        for posting in model.postings {
            assert!(class_of(*posting) < number(4));
        }
    }

    #[test]
    fn every_class_is_an_active_technique() {
        let model = Model::shipped();
        for &id in &model.techniques {
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
        let read: Vec<_> = Assets::shipped().lexicon.words(text, Span::new(0, text.len())).collect();
        let (model, mut desk) = (Model::shipped(), Desk::default());
        model.read(&read, &mut desk);
        let score = |class: &usize| model.probability(&desk, *class, 0.1);
        let best = model.loud(&desk, 0.1).max_by(|a, b| score(a).partial_cmp(&score(b)).unwrap()).unwrap();
        assert_eq!(model.technique(best).parent().to_string(), "T1056");
        let span = Model::heaviest(&desk, best).unwrap();
        assert!(text[span.range()].contains("keystrokes"));
    }
}
