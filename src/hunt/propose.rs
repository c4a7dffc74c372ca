use super::{Catalogue, Dialect, Hunt, Parameters, Proposal, Value, ordinary::is_ordinary, trigger::Reading};
use crate::{
    article::Document,
    attack::TechniqueHit,
    indicator::{Indicator, Tier},
    text::Evidence,
};

/// A technique read with this much certainty makes its hunts fit by itself.
const SURE: f32 = 0.6;
/// As much evidence is kept of one hunt.
const KEPT: usize = 5;

/// A hunt that fits, and how well.
struct Candidate {
    proposal: Proposal,
    rank: (u8, f32, super::Confidence),
}

impl Catalogue {
    /// Chooses the hunts that fit an article, best first, each with what speaks for it and the values it takes.
    ///
    /// Hunts for the article's own indicators come first, then those whose own words stand in it, then those for its
    /// techniques; among them the better evidence and the higher confidence.
    pub fn propose(
        &self,
        title: &str,
        document: &Document,
        indicators: &[Indicator],
        techniques: &[TechniqueHit],
    ) -> Vec<Proposal> {
        let mut reading = self.index.read(title, document);
        reading.platforms.add_indicators(indicators);
        let mut fitting: Vec<_> = self
            .hunts
            .iter()
            .enumerate()
            .filter_map(|(place, hunt)| {
                if hunt.takes().is_empty() {
                    behaviour(hunt, place, &reading, techniques)
                } else {
                    indicator_hunt(hunt, document, indicators)
                }
            })
            .collect();
        fitting.sort_by(|a, b| {
            let (a, b) = (&a.rank, &b.rank);
            a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(b.2.cmp(&a.2))
        });
        fitting.into_iter().map(|candidate| candidate.proposal).collect()
    }

    /// Gives the hunts that take these values, for values that the analyst chose.
    pub fn for_values(&self, values: &[Value]) -> Vec<Proposal> {
        let mine = |hunt: &Hunt| values.iter().filter(|value| hunt.takes().contains(&value.kind)).cloned().collect();
        self.hunts
            .iter()
            .map(|hunt| (hunt, mine(hunt)))
            .filter(|(hunt, values): &(_, Vec<_>)| has_query(hunt, values))
            .map(|(hunt, values)| Proposal { id: hunt.id.clone(), because: Vec::new(), values })
            .collect()
    }
}

fn has_query(hunt: &Hunt, values: &[Value]) -> bool {
    let defaults = Parameters::default();
    !values.is_empty() && Dialect::ALL.iter().any(|dialect| hunt.render(values, *dialect, &defaults).is_ok())
}

fn indicator_hunt(hunt: &Hunt, document: &Document, indicators: &[Indicator]) -> Option<Candidate> {
    let (mut values, mut because) = (Vec::new(), Vec::new());
    for indicator in indicators.iter().filter(|one| one.tier == Tier::Indicator && hunt.takes().contains(&one.kind)) {
        let value = Value { kind: indicator.kind, value: indicator.value.clone() };
        if is_ordinary(&value) {
            continue;
        }
        if because.len() < KEPT {
            because.push(evidence(document, indicator));
        }
        values.push(value);
    }
    has_query(hunt, &values).then(|| Candidate {
        proposal: Proposal { id: hunt.id.clone(), because, values },
        rank: (0, 0.0, hunt.confidence),
    })
}

/// Points at an indicator; one that comes from a structured field has no place in the text.
fn evidence(document: &Document, indicator: &Indicator) -> Evidence {
    let span = indicator.span;
    match document.text.get(span.range()) {
        Some(text) if !text.is_empty() => Evidence::in_text(&document.text, span),
        _ => Evidence::in_field(indicator.written.clone()),
    }
}

fn behaviour(hunt: &Hunt, place: usize, reading: &Reading, techniques: &[TechniqueHit]) -> Option<Candidate> {
    if !reading.platforms.suit(&hunt.platforms) {
        return None;
    }
    let phrases = reading.phrases.get(&place).map(Vec::as_slice).unwrap_or_default();
    let shown = || techniques.iter().filter(|hit| hunt.triggers.techniques.contains(&hit.id) && hit.score >= SURE);
    let mut because: Vec<_> = phrases.to_vec();
    because.extend(shown().flat_map(|hit| hit.evidence.iter().take(2).cloned()));
    because.truncate(KEPT);
    let best = shown().map(|hit| hit.score).fold(0.0, f32::max);
    let class = if phrases.is_empty() { 2 } else { 1 };
    (!phrases.is_empty() || best > 0.0).then(|| Candidate {
        proposal: Proposal { id: hunt.id.clone(), because, values: Vec::new() },
        rank: (class, best, hunt.confidence),
    })
}

#[cfg(test)]
mod tests;
