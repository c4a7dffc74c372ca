//! Which signals of the asset an article's own words give, and where.

use super::{
    rules::SignalRules,
    zone::{self, Zone},
};
use crate::{
    reading::{Reading, Sentence, Sketch},
    text::{Evidence, Span},
};

/// Where a signal was found: at its best place.
#[derive(Clone, Debug)]
pub(super) struct SignalFinding {
    pub(super) zone: Zone,
    pub(super) evidence: Evidence,
    /// In how many sentences of that zone.
    sentences: usize,
}

/// Finds the signals that have phrases; one entry for each signal of the asset.
pub(super) fn find(reading: &Reading<'_>, rules: &SignalRules) -> Vec<Option<SignalFinding>> {
    let mut found: Vec<Option<SignalFinding>> = vec![None; rules.signals.len()];
    let (mut numbers, mut words) = (rules.phrases.numbers(reading), Vec::new());
    // The sentence that a signal was last tried in: `near` and `unless` are asked once a sentence.
    let mut tried = vec![usize::MAX; rules.signals.len()];
    for (at, (zone, sentence)) in zone::sentences(reading, rules.lead).enumerate() {
        words.clear();
        // What an address says is not what the article says.
        let said = reading.words(sentence).iter().copied();
        words.extend(said.filter(|word| !word.is_in_address()));
        let numbers = numbers.of(&words);
        let sketch = Sketch::of(numbers);
        rules.fire(reading, zone, &words, numbers, |signal, first, end| {
            let is_new = std::mem::replace(&mut tried[signal], at) != at;
            if is_new && rules.signals[signal].holds(&rules.phrases, numbers, sketch) {
                let span = Span::new(words[first].span().start, words[end - 1].span().end);
                note(&mut found[signal], reading, zone, sentence, span);
            }
        });
    }
    for (rule, finding) in rules.signals.iter().zip(&mut found) {
        if finding.as_ref().is_some_and(|finding| finding.zone == Zone::Body && finding.sentences < rule.times) {
            *finding = None;
        }
    }
    found
}

/// Takes note of a finding; the first place in the best zone stays.
fn note(found: &mut Option<SignalFinding>, reading: &Reading<'_>, zone: Zone, sentence: &Sentence, span: Span) {
    if let Some(known) = found {
        known.sentences += usize::from(known.zone == zone);
        return;
    }
    *found = Some(SignalFinding { zone, evidence: reading.evidence(sentence.part, span), sentences: 1 });
}
