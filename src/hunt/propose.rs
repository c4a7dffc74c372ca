use std::mem;

use super::{
    Catalogue, Dialect, Hunt, Parameters, Proposal, Value, command,
    common_values::is_common,
    platform::Platforms,
    rank::{self, Candidate},
    story::Story,
};
use crate::{
    article::Document,
    attack::TechniqueHit,
    indicator::{Indicator, Kind, Kinds, Tier},
    reading::Reading,
    text::Evidence,
};

/// As much evidence is kept of one hunt.
const MAX_EVIDENCE: usize = 5;

impl Catalogue {
    /// Chooses the hunts that fit an article, best first, each with what speaks for it and the values it takes.
    ///
    /// The strongest hunts for the article's own indicators come first, then the strongest for the behaviour that it
    /// tells, by their own words, its techniques and their confidence; then the others of each.
    pub fn propose(
        &self,
        reading: &Reading<'_>,
        indicators: &[Indicator],
        techniques: &[TechniqueHit],
    ) -> Vec<Proposal> {
        let document = reading.document();
        let mut triggered = self.index().read(reading);
        triggered.platforms.add_indicators(indicators);
        let story = Story::of(reading, indicators, techniques, triggered.aside);
        let shown: Vec<_> = techniques.iter().filter(|hit| story.shows(hit)).collect();
        let mut values = named(document, indicators);
        if story.commands(&shown) {
            values.extend(command::lines(document));
        }
        let wanted = self.index().wanted(&shown);
        let kinds: Kinds = values.iter().map(|(value, _)| value.kind).collect();
        let (mut own, mut told) = (Vec::new(), Vec::new());
        for (place, takes) in self.index().takes().iter().enumerate() {
            if takes.is_empty() {
                let mut phrases = mem::take(&mut triggered.phrases[place]);
                phrases.retain(|phrase| story.tells(phrase));
                if !phrases.is_empty() || !wanted[place].is_empty() {
                    told.extend(behaviour(self.at(place), phrases, &triggered.platforms, &wanted[place]));
                }
            } else if takes.meets(kinds) {
                own.extend(indicator_hunt(self.at(place), &values));
            }
        }
        rank::order(own, told)
    }

    /// Returns the hunts that take these values, for values that the analyst chose.
    pub fn for_values(&self, values: &[Value]) -> Vec<Proposal> {
        let mine = |hunt: &Hunt| values.iter().filter(|value| hunt.takes().contains(&value.kind)).cloned().collect();
        self.iter()
            .map(|hunt| (hunt, mine(hunt)))
            .filter(|(hunt, values): &(_, Vec<_>)| has_query(hunt, values))
            .map(|(hunt, values)| Proposal { id: hunt.meta.id.clone(), because: Vec::new(), values })
            .collect()
    }
}

fn has_query(hunt: &Hunt, values: &[Value]) -> bool {
    let defaults = Parameters::default();
    let renders = |values| Dialect::ALL.iter().any(|dialect| hunt.render(values, *dialect, &defaults).is_ok());
    // What the first value can do, all can; mostly it can.
    !values.is_empty() && (renders(&values[..1]) || renders(values))
}

/// Returns the values that the article's indicators are, without those that every machine has.
fn named(document: &Document, indicators: &[Indicator]) -> Vec<(Value, Evidence)> {
    let high = indicators.iter().filter(|indicator| indicator.tier == Tier::Indicator);
    high.filter(|one| !is_link_target(document, one))
        .map(|one| (Value { kind: one.kind, value: one.value.clone() }, evidence(document, one)))
        .filter(|(value, _)| !is_common(value))
        .collect()
}

/// Returns `true` if an address stands behind the words of a Markdown link: the author recommends it, or cites it.
fn is_link_target(document: &Document, indicator: &Indicator) -> bool {
    let address = matches!(indicator.kind, Kind::Url | Kind::Domain) && !indicator.defanged;
    let before = document.text.get(..indicator.span.start).unwrap_or_default();
    let before = before.trim_end_matches("www.").trim_end_matches("https://").trim_end_matches("http://");
    address && before.ends_with("](")
}

fn indicator_hunt(hunt: &Hunt, values: &[(Value, Evidence)]) -> Option<Candidate> {
    let mine = || values.iter().filter(|(value, _)| hunt.takes().contains(&value.kind));
    let because = mine().take(MAX_EVIDENCE).map(|(_, evidence)| evidence.clone()).collect();
    let values: Vec<_> = mine().map(|(value, _)| value.clone()).collect();
    has_query(hunt, &values).then(|| Candidate {
        strength: rank::indicators(values.len(), hunt.meta.confidence),
        proposal: Proposal { id: hunt.meta.id.clone(), because, values },
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

fn behaviour(hunt: &Hunt, phrases: Vec<Evidence>, platforms: &Platforms, hits: &[&TechniqueHit]) -> Option<Candidate> {
    if !platforms.suit(&hunt.meta.platforms) {
        return None;
    }
    let scores = hits.iter().map(|hit| hit.score);
    let share = platforms.share(&hunt.meta.platforms);
    let strength = rank::behaviour(&phrases, scores, share, hunt.meta.confidence);
    let shown = hits.iter().flat_map(|hit| hit.evidence.iter().take(2));
    let room = MAX_EVIDENCE.saturating_sub(phrases.len());
    let mut because = phrases;
    because.extend(shown.take(room).cloned());
    Some(Candidate { strength, proposal: Proposal { id: hunt.meta.id.clone(), because, values: Vec::new() } })
}

#[cfg(test)]
mod tests;
