//! The rules and the model, asked sentence by sentence and heard together.

use super::{
    Detector, TechniqueHit, TechniqueId,
    context::NEGATION_REACH,
    model::{Model, ModelInput},
    printed,
    rules::{Firing, Ledger, PhraseRules, Standing},
    verdict::{Piece, Verdict},
};
use crate::{
    reading::{Reading, Word},
    text::Span,
};

/// The probability that the model must give a technique in one sentence for a score of one half: chosen so that the
/// default threshold of 0.3 is at the best F1 on single sentences.
const HALF: f32 = 0.233;
/// Classes below this probability are not looked at.
const FLOOR: f32 = 0.01;
/// The model alone is heard from this score.
const ALONE: f32 = 0.15;
/// From this probability on the model does not doubt a rule.
const TRUST: f32 = 0.08;
/// What is left of a rule's score when the model knows the technique and sees nothing of it, and of the model's
/// probability when a rule's phrase stands there but something speaks against it.
const DOUBT: f32 = 0.5;

/// What one sentence says of one technique.
#[derive(Clone, Copy, Debug)]
struct Voice {
    id: TechniqueId,
    rule: Option<Firing<TechniqueId>>,
    denied: bool,
    doubted: bool,
    probability: f32,
    class: usize,
}

impl Voice {
    const fn of(id: TechniqueId) -> Self {
        Self { id, rule: None, denied: false, doubted: false, probability: 0.0, class: 0 }
    }
}

/// Finds the techniques of an article that score `least`; a sub-technique that scores `keep` stands for its parent.
pub(super) fn techniques(detector: &Detector<'_>, keep: f32, least: f32) -> Vec<TechniqueHit> {
    // A long article gives chance more chances.
    let half = HALF * (detector.sentences.len().max(1) as f32).sqrt();
    let (reading, mut verdict) = (detector.reading, Verdict::default());
    let model = Model::shipped();
    let (mut input, mut ledger, mut voices) =
        (model.input(reading), Ledger::new(PhraseRules::techniques(), reading), Vec::new());
    for (number, weighed) in detector.sentences.iter().enumerate() {
        let sentence = weighed.sentence;
        let piece = |score, topic, span| Piece { score, topic, sentence: number, part: sentence.part, span };
        for (id, span) in printed::ids(reading.part(sentence.part), sentence.span) {
            verdict.add(id, piece(1.0, false, span));
        }
        if !detector.is_security {
            continue;
        }
        let words = reading.words(sentence);
        hear(reading, words, &mut input, &mut ledger, half, &mut voices);
        for voice in voices.drain(..) {
            let score = score(voice, half) * weighed.weight;
            let told = || voice.rule.map(|rule| rule.span).or_else(|| told_by_model(reading, words, voice, &input));
            if score > 0.0
                && let Some(span) = told()
            {
                verdict.add(voice.id, piece(score, voice.rule.is_some_and(|rule| rule.topic), span));
            }
        }
    }
    verdict.hits(reading, keep, least)
}

/// Asks the rules and the model about one sentence.
fn hear(
    reading: &Reading<'_>,
    words: &[Word],
    input: &mut ModelInput,
    ledger: &mut Ledger,
    half: f32,
    voices: &mut Vec<Voice>,
) {
    let model = Model::shipped();
    PhraseRules::techniques().fire(reading, words, ledger, |firing| {
        let voice = voice_of(voices, firing.id);
        match firing.standing {
            Standing::Denied => voice.denied = true,
            Standing::Doubted => voice.doubted = true,
            Standing::Fires if voice.rule.is_none_or(|rule| rule.score < firing.score) => voice.rule = Some(firing),
            Standing::Fires => {}
        }
    });
    model.read(reading, words, input);
    let listen = |voices: &mut Vec<Voice>, class: usize| {
        if let Some(probability) = model.probability(input, class, FLOOR) {
            let voice = voice_of(voices, model.technique(class));
            if probability > voice.probability {
                (voice.probability, voice.class) = (probability, class);
            }
        }
    };
    // Beside what rules speak of, only what is heard alone is worth working out.
    for spoken_of in 0..voices.len() {
        model.classes(voices[spoken_of].id).iter().for_each(|class| listen(voices, *class));
    }
    model.loud(input, ALONE * half / (1.0 - ALONE)).for_each(|class| listen(voices, class));
    // What speaks against a rule speaks against the model too, unless another rule still speaks.
    for voice in voices.iter_mut().filter(|voice| voice.rule.is_none()) {
        if voice.denied {
            voice.probability = 0.0;
        } else if voice.doubted {
            voice.probability *= DOUBT;
        }
    }
}

/// Returns the voice of a technique, a new one for one that was not heard of; few are in one sentence.
fn voice_of(voices: &mut Vec<Voice>, id: TechniqueId) -> &mut Voice {
    let place = voices.iter().position(|voice| voice.id == id).unwrap_or_else(|| {
        voices.push(Voice::of(id));
        voices.len() - 1
    });
    &mut voices[place]
}

/// Returns the words that spoke to the model, unless they are denied.
fn told_by_model(reading: &Reading<'_>, words: &[Word], voice: Voice, input: &ModelInput) -> Option<Span> {
    let span = Model::shipped().heaviest(input, voice.class)?;
    let at = words.partition_point(|word| word.span().start < span.start);
    (!reading.is_negated(words, at, NEGATION_REACH)).then_some(span)
}

/// Returns the score of a technique in one sentence: rule and model agree, or one of them speaks alone.
fn score(voice: Voice, half: f32) -> f32 {
    let model = voice.probability / (voice.probability + half);
    match voice.rule {
        None if model < ALONE => 0.0,
        None => model,
        Some(rule) if rule.topic => rule.score.max(model),
        Some(rule) => {
            let trust =
                if Model::shipped().classes(voice.id).is_empty() { 1.0 } else { (voice.probability / TRUST).min(1.0) };
            let rule = rule.score * (DOUBT + (1.0 - DOUBT) * trust);
            rule + model - rule * model
        }
    }
}
