//! The rules and the model, asked sentence by sentence and heard together.

use std::collections::BTreeMap;

use super::{
    TechniqueHit, TechniqueId, context,
    model::{Desk, Model},
    printed,
    reading::Reading,
    rules::{Firing, Rules},
    verdict::{Piece, Verdict},
    word::Word,
};
use crate::{
    article::Document,
    text::{Part, Span},
};

/// The probability that the model must give a technique in one sentence for a score of one half: chosen so that the
/// default threshold of 0.3 is at the best F1 on single sentences.
const HALF: f32 = 0.233;
/// How fast `HALF` grows with the number of sentences: a long article gives chance more chances.
const GROWTH: f32 = 0.5;
/// Classes below this probability are not looked at.
const FLOOR: f32 = 0.01;
/// The model alone is heard from this score.
const ALONE: f32 = 0.15;
/// From this probability on the model does not doubt a rule.
const TRUST: f32 = 0.08;
/// What is left of a rule's score when the model knows the technique and sees nothing of it.
const DOUBT: f32 = 0.5;

/// What one sentence says of one technique.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    rule: Option<Firing<TechniqueId>>,
    probability: f32,
    class: usize,
}

/// Finds the techniques of an article; a sub-technique that scores `keep` stands for its parent.
pub(super) fn techniques(title: &str, document: &Document, keep: f32) -> Vec<TechniqueHit> {
    let reading = Reading::of(title, document);
    let half = HALF * (reading.sentences.len().max(1) as f32).powf(GROWTH);
    let mut verdict = Verdict::default();
    let mut desk = Desk::default();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let source = if sentence.part == Part::Title { title } else { &document.text };
        for (id, span) in printed::ids(source, sentence.span) {
            verdict.add(id, Piece { score: 1.0, topic: false, sentence: number, part: sentence.part, span });
        }
        if !reading.is_security {
            continue;
        }
        let words = reading.words(sentence);
        for (id, voice) in hear(words, &mut desk) {
            let score = score(id, voice, half) * sentence.weight;
            let told = || voice.rule.map(|rule| rule.span).or_else(|| told_by_model(words, voice, &desk));
            if score > 0.0
                && let Some(span) = told()
            {
                let topic = voice.rule.is_some_and(|rule| rule.topic);
                verdict.add(id, Piece { score, topic, sentence: number, part: sentence.part, span });
            }
        }
    }
    verdict.hits(title, &document.text, keep)
}

/// Asks the model and the rules about one sentence.
fn hear(words: &[Word], desk: &mut Desk) -> BTreeMap<TechniqueId, Voice> {
    let model = Model::shipped();
    let mut voices: BTreeMap<TechniqueId, Voice> = BTreeMap::new();
    model.score(words, desk, FLOOR, |class, probability| {
        let voice = voices.entry(model.technique(class)).or_default();
        if probability > voice.probability {
            (voice.probability, voice.class) = (probability, class);
        }
    });
    Rules::shipped().fire(words, |firing| {
        let voice = voices.entry(firing.id).or_default();
        if voice.rule.is_none_or(|rule| rule.score < firing.score) {
            voice.rule = Some(firing);
        }
    });
    voices
}

/// Gives the words that spoke to the model, unless they are denied.
fn told_by_model(words: &[Word], voice: Voice, desk: &Desk) -> Option<Span> {
    let span = Model::shipped().heaviest(desk, voice.class)?;
    let at = words.partition_point(|word| word.span.start < span.start);
    (!context::is_negated(words, at)).then_some(span)
}

/// Gives the score of a technique in one sentence: rule and model agree, or one of them speaks alone.
fn score(id: TechniqueId, voice: Voice, half: f32) -> f32 {
    let model = voice.probability / (voice.probability + half);
    match voice.rule {
        None if model < ALONE => 0.0,
        None => model,
        Some(rule) if rule.topic => rule.score.max(model),
        Some(rule) => {
            let trust = if Model::shipped().knows(id) { (voice.probability / TRUST).min(1.0) } else { 1.0 };
            let rule = rule.score * (DOUBT + (1.0 - DOUBT) * trust);
            rule + model - rule * model
        }
    }
}
