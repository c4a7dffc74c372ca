//! The statistical model: one sparse linear classifier for each technique over the words and word pairs of a sentence.
//!
//! `tools/train` makes the asset. Its form, little endian, is read where it lies, so that loading it costs nothing, and
//! it is packed, since the memory that it takes up is what costs most:
//! - head: `HDM2`, then the numbers of classes, of slots (a power of two) and of rows, as `u32`;
//! - a class: technique and sub-technique number, whether it stands for a technique with its subs together, nought
//!   (all `u16`), and the intercept (`f32`); noughts up to the next multiple of 64 bytes follow the last;
//! - the sieve: a bit for each value of the last sixteen bits of a tag, the high half of an n-gram's hash;
//! - a row, of an n-gram with many weights: one for each class (`i8`), noughts up to a multiple of 32;
//! - a slot of the open-addressed table (`u32`), 0 when empty: the place of a record in steps of two bytes, and one
//!   more,
//!   and above it the last thirteen bits of the tag;
//! - a record: the whole tag (`u32`), how many times four postings it has or 64 and the number of its row (`u16`), the
//!   postings;
//! - a posting (`u16`): nine bits for the class, and above them the weight, a part of one, or nought.
//!
//! Weights are in eighths.

mod table;

use std::{iter, sync::OnceLock};

use super::catalogue::TechniqueId;
use crate::{
    reading::{NUMBER, OPAQUE, Reading, Word, WordForm},
    text::{FNV_PRIME, FnvMap, Span},
};
use table::{CLASSES, Gram, Table};

/// What begins with a line of the cache.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static ASSET: &Aligned<[u8]> = &Aligned(*include_bytes!("../../assets/attack/model.bin"));

/// The head and the classes fill a multiple of so many bytes.
const LINE: usize = 64;
const HEAD: usize = 16;
const CLASS: usize = 12;
/// One step of a weight.
const STEP: f32 = 0.125;
/// N-grams of this share of the heaviest weight are told as evidence too, when they stand close to it.
const NEARLY: f32 = 0.4;
/// How many bytes may lie between them.
const CLOSE: usize = 24;
/// So many classes are looked at together.
const GROUP: usize = 32;
/// The weights of so many n-grams add up in sixteen bits, whatever they are.
const SAFE: usize = 256;
/// Sentences are taken to have at least this many words, as in training.
const MIN_SENTENCE_WORDS: usize = 4;

/// The model: its classes read, its n-grams where they lie in the program.
#[derive(Debug)]
pub(super) struct Model {
    /// The technique of each class; one with sub-techniques may have a second class, for all of them together.
    techniques: Vec<TechniqueId>,
    /// The classes of each technique.
    classes: FnvMap<TechniqueId, Vec<usize>>,
    /// Of every class, then of as many as no sentence shows, so that they come in groups of [`GROUP`].
    intercepts: Vec<f32>,
    /// The highest intercept of each group.
    highest: Vec<f32>,
    table: Table,
}

/// A sentence as the model reads it; what it has room for is kept from sentence to sentence.
#[derive(Debug)]
pub(super) struct ModelInput {
    /// Of each form of the article, what the model knows of its stem and of its extension: most words come again.
    singles: Vec<[Option<Gram>; 2]>,
    /// The n-grams that the model knows, and where they stand.
    known: Vec<(Span, Gram)>,
    /// What speaks for each class, in eighths: whole numbers, so that their order cannot matter.
    sums: Vec<i32>,
    /// The root of the number of words, which the sums are shared out over.
    length: f32,
}

impl Model {
    /// Returns the model compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Model> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let number = |at: usize| u32_at(&ASSET.0, at) as usize;
            let (classes, table) = ASSET.0.split_at((HEAD + number(4) * CLASS).next_multiple_of(LINE));
            let list = &classes[HEAD..].as_chunks().0[..number(4)];
            Self::of(list, Table::of(table, list.len(), number(8), number(12)))
        })
    }

    fn of(list: &[[u8; CLASS]], table: Table) -> Self {
        let technique = |class: &[u8; CLASS]| TechniqueId::new(u16_at(class, 0), u16_at(class, 2));
        let techniques: Vec<TechniqueId> = list.iter().map(technique).collect();
        let mut classes: FnvMap<TechniqueId, Vec<usize>> = FnvMap::default();
        for (class, id) in techniques.iter().enumerate() {
            classes.entry(*id).or_default().push(class);
        }
        let intercepts = list.iter().map(|class| f32::from_bits(u32_at(class, 8)));
        let intercepts: Vec<f32> = intercepts.chain(iter::repeat(f32::NEG_INFINITY)).take(table.width()).collect();
        let groups = intercepts.as_chunks::<GROUP>().0.iter();
        let highest = groups.map(|group| group.iter().copied().fold(f32::NEG_INFINITY, f32::max)).collect();
        Self { techniques, classes, intercepts, highest, table }
    }

    /// Returns the technique of a class.
    pub(super) fn technique(&self, class: usize) -> TechniqueId {
        self.techniques[class]
    }

    /// Returns the classes of a technique; none where the model does not know it.
    pub(super) fn classes(&self, id: TechniqueId) -> &[usize] {
        self.classes.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Looks up the words of an article, whose sentences are read then.
    pub(super) fn input(&self, reading: &Reading<'_>) -> ModelInput {
        let single = |form: &WordForm<'_>| {
            let has_stem = form.stem != NUMBER && form.stem != OPAQUE;
            let stem = if has_stem { self.table.find(form.stem) } else { None };
            [stem, form.extension.hash().and_then(|hash| self.table.find(hash))]
        };
        let singles = reading.forms().iter().map(single).collect();
        ModelInput { singles, known: Vec::new(), sums: Vec::new(), length: 0.0 }
    }

    /// Reads a sentence: what its n-grams say for every class.
    pub(super) fn read(&self, reading: &Reading<'_>, words: &[Word], input: &mut ModelInput) {
        let ModelInput { singles, known, sums, length } = input;
        *length = (words.len().max(MIN_SENTENCE_WORDS) as f32).sqrt();
        known.clear();
        known.reserve(2 * words.len());
        self.grams(reading, words, singles, known);
        sums.clear();
        sums.resize(self.table.width(), 0);
        for grams in known.chunks(SAFE) {
            let mut few = [0; CLASSES];
            self.table.add(grams.iter().map(|(_, gram)| *gram), &mut few);
            for (sum, few) in sums.iter_mut().zip(few) {
                *sum += i32::from(few);
            }
        }
    }

    /// Returns the probability of a class in the sentence read last; none below `least`.
    pub(super) fn probability(&self, input: &ModelInput, class: usize, least: f32) -> Option<f32> {
        if input.sums[class] <= 0 {
            return None;
        }
        let margin = self.intercepts[class] + input.sums[class] as f32 * STEP / input.length;
        (margin >= logit(least)).then(|| 1.0 / (1.0 + (-margin).exp()))
    }

    /// Returns the classes whose probability in the sentence read last may reach `least`: all that do, and by the
    /// errors of rounding a few that come close.
    pub(super) fn loud(&self, input: &ModelInput, least: f32) -> impl Iterator<Item = usize> {
        // In a long article nothing is loud enough.
        let bar = if least < 1.0 { logit(least) - 0.001 } else { f32::INFINITY };
        let share = STEP / input.length;
        let is_loud = move |(intercept, sum): (&f32, &i32)| intercept + *sum as f32 * share >= bar;
        let groups = self.intercepts.as_chunks::<GROUP>().0.iter().zip(input.sums.as_chunks::<GROUP>().0).enumerate();
        // Most groups have none, which is seen in whole numbers and without a branch for each class.
        let groups = groups.filter(move |(number, (_, sums))| {
            let enough = ((bar - self.highest[*number]) / share) as i32 - 1;
            sums.iter().fold(i32::MIN, |most, sum| most.max(*sum)) >= enough
        });
        groups.flat_map(move |(number, (intercepts, sums))| {
            let classes = intercepts.iter().zip(sums).enumerate();
            classes.filter(move |(_, class)| is_loud(*class)).map(move |(place, _)| number * GROUP + place)
        })
    }

    /// Returns the words that weighed most for a class in the sentence scored last: the heaviest n-gram, and what
    /// stands close to it and weighs nearly as much.
    pub(super) fn heaviest(&self, input: &ModelInput, class: usize) -> Option<Span> {
        let weight = |gram: &Gram| self.table.weight(*gram, class);
        let weigh = |(span, gram): &(Span, Gram)| weight(gram).map(|weight| (*span, f32::from(weight) * STEP));
        let heavier = |a: &(Span, f32), b: &(Span, f32)| a.1.total_cmp(&b.1).then(b.0.start.cmp(&a.0.start));
        let (heaviest, most) = input.known.iter().filter_map(weigh).max_by(heavier)?;
        let nearly = |(_, weight): &(Span, f32)| *weight >= most * NEARLY;
        let is_close =
            |(span, _): &&(Span, Gram)| span.start <= heaviest.end + CLOSE && heaviest.start <= span.end + CLOSE;
        let told = input.known.iter().filter(is_close).filter_map(weigh).filter(nearly);
        Some(told.fold(heaviest, |all, (span, _)| Span::new(all.start.min(span.start), all.end.max(span.end))))
    }

    fn grams(
        &self,
        reading: &Reading<'_>,
        words: &[Word],
        singles: &[[Option<Gram>; 2]],
        known: &mut Vec<(Span, Gram)>,
    ) {
        let mut before: Option<(Span, u64)> = None;
        for word in words {
            let (span, stem) = (word.span(), reading.form(*word).stem);
            if let Some((first, before)) = before
                && let Some(gram) = self.table.find(pair(before, stem))
            {
                known.push((Span::new(first.start, span.end), gram));
            }
            known.extend(singles[word.form()].into_iter().flatten().map(|gram| (span, gram)));
            before = Some((span, stem));
        }
    }
}

/// The inverse of the logistic function: a bar for margins, so that few classes need its exponential.
fn logit(probability: f32) -> f32 {
    (probability / (1.0 - probability)).ln()
}

/// Mixes the hashes of two words into the number of their pair.
const fn pair(first: u64, second: u64) -> u64 {
    (first.rotate_left(5) ^ second).wrapping_mul(FNV_PRIME)
}

const fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

const fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::{Model, pair};
    use crate::{article::Document, attack::catalogue::Catalogue, reading::Reading, text::fnv};

    #[test]
    fn every_class_is_an_active_technique() {
        let model = Model::shipped();
        for &id in &model.techniques {
            assert!(Catalogue::shipped().get(id).is_some_and(|technique| technique.active), "{id} is not active");
        }
    }

    #[test]
    fn pairs_are_numbered_as_the_training_program_numbers_them() {
        assert_eq!(pair(fnv(b"inject"), fnv(b"cod")), 0xd646_1865_53ec_18e8);
    }

    #[test]
    fn a_plain_sentence_is_recognized() {
        let text = "The backdoor captures keystrokes.";
        let document = Document::default();
        let reading = Reading::of(text, &document);
        let model = Model::shipped();
        let mut input = model.input(&reading);
        model.read(&reading, reading.words(&reading.sentences()[0]), &mut input);
        let score = |class: &usize| model.probability(&input, *class, 0.1);
        let best = model.loud(&input, 0.1).max_by(|a, b| score(a).partial_cmp(&score(b)).unwrap()).unwrap();
        assert_eq!(model.technique(best).parent().to_string(), "T1056");
        let span = model.heaviest(&input, best).unwrap();
        assert!(text[span.range()].contains("keystrokes"));
    }
}
