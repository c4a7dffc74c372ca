use super::{PhaseHit, TechniqueHit, chain, context, judge};
use crate::{
    reading::{Reading, Section, Sentence},
    text::Part,
};

/// The score from which a technique is kept by default; a sub-technique that has it stands for its parent.
pub(super) const DEFAULT_THRESHOLD: f32 = 0.3;

/// Finds the techniques and the phases of an article that was read.
#[derive(Debug)]
pub struct Detector<'r> {
    pub(super) reading: &'r Reading<'r>,
    /// The sentences that may hold evidence, the title first.
    pub(super) sentences: Vec<Weighed<'r>>,
    /// Whether the words are those of a security article; in others nothing but a printed id is evidence.
    pub(super) is_security: bool,
}

/// A sentence, and how much a finding in it is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed<'r> {
    pub(super) sentence: &'r Sentence,
    /// From 0.0 to 1.0: less in advice and product talk.
    pub(super) weight: f32,
}

/// What a finding in a section of advice is worth.
const ADVICE_WEIGHT: f32 = 0.3;

impl<'r> Detector<'r> {
    /// Weighs the sentences of an article.
    pub fn new(reading: &'r Reading<'r>) -> Self {
        let (marks, mut count) = (context::StemMarks::of(reading), context::Count::default());
        let mut sentences = Vec::with_capacity(reading.sentences().len());
        for sentence in reading.sentences() {
            let section = match sentence.section {
                Section::Body => 1.0,
                Section::Advice => ADVICE_WEIGHT,
                Section::Furniture => continue,
            };
            let words = reading.words(sentence);
            if !words.is_empty() {
                let marked = marks.count(words);
                count.add(words.len(), marked, sentence.part == Part::Title);
                sentences.push(Weighed { sentence, weight: section * context::weight(marked) });
            }
        }
        Self { reading, sentences, is_security: count.is_security(&reading.document().text) }
    }

    /// Finds the techniques of the article, best first, each id once; a parent is left out where a sub-technique
    /// stands.
    pub fn techniques(&self) -> Vec<TechniqueHit> {
        self.techniques_from(0.0)
    }

    /// Finds those of [`Detector::techniques`] whose score is at least `least`; the others cost no evidence.
    pub fn techniques_from(&self, least: f32) -> Vec<TechniqueHit> {
        judge::techniques(self, DEFAULT_THRESHOLD, least)
    }

    /// Finds the kill-chain phases of the article in the order of the chain, from its words and from its techniques.
    pub fn kill_chain(&self, techniques: &[TechniqueHit]) -> Vec<PhaseHit> {
        chain::phases(self, techniques)
    }
}
