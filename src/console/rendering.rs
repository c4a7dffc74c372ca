//! The hunts and the briefing of an article as text. It may be slow, so it is done off the loop.

use super::state::{Card, Rendering};
use crate::{
    briefing::markdown,
    hunt::{Catalogue, Dialect, Hunt, Parameters, Proposal, Value},
    triage::Item,
};

/// Renders the hunts of an article, in every dialect.
pub fn cards(catalogue: &Catalogue, proposals: &[Proposal], parameters: &Parameters) -> Vec<Card> {
    // A hunt that the catalogue no longer has is left out: the briefing was made by another version.
    let card = |proposal: &Proposal| Some(card(catalogue.get(&proposal.id)?, proposal, parameters));
    proposals.iter().filter_map(card).collect()
}

/// Renders the hunts that take these values with just these values, as few as there are kinds of values.
///
/// # Errors
/// Says why no hunt takes any of them.
pub fn queries_for(
    catalogue: &Catalogue,
    values: &[Value],
    dialect: Dialect,
    parameters: &Parameters,
) -> Result<Vec<String>, String> {
    let mut left: Vec<Value> = values.to_vec();
    let mut queries = Vec::new();
    let mut refusal = None;
    // The hunt that takes the most of what is left comes first, so that few queries ask for all of it.
    while !left.is_empty() {
        let takes = |hunt: &Hunt| left.iter().filter(|value| hunt.takes().contains(&value.kind)).count();
        let Some(hunt) = catalogue.iter().filter(|hunt| hunt.speaks(dialect)).max_by_key(|hunt| takes(hunt)) else {
            break;
        };
        if takes(hunt) == 0 {
            break;
        }
        let (mine, rest) = left.into_iter().partition(|value: &Value| hunt.takes().contains(&value.kind));
        left = rest;
        match hunt.render(&mine, dialect, parameters) {
            Ok(query) => queries.push(query.text),
            Err(why) => refusal = Some(why.to_string()),
        }
    }
    if queries.is_empty() {
        let why = refusal.unwrap_or_else(|| format!("no hunt takes these indicators in {}", dialect.label()));
        return Err(why);
    }
    Ok(queries)
}

/// Writes the briefing of an article as Markdown, with at most `max_hunts` hunts.
pub fn briefing_text(catalogue: &Catalogue, item: &Item, parameters: &Parameters, max_hunts: usize) -> String {
    let mut best = item.briefing.clone();
    best.hunts.truncate(max_hunts);
    markdown(&item.article, &best, catalogue, parameters)
}

fn card(hunt: &Hunt, proposal: &Proposal, parameters: &Parameters) -> Card {
    let rendering = |dialect| Rendering {
        dialect,
        query: hunt.render(&proposal.values, dialect, parameters).map_err(|refusal| refusal.to_string()),
    };
    Card {
        id: hunt.meta.id.clone(),
        title: hunt.meta.title.clone(),
        confidence: hunt.meta.confidence,
        phase: hunt.meta.phase.name(),
        telemetry: hunt.meta.telemetry.clone(),
        false_positives: hunt.meta.false_positives.clone(),
        values: proposal.values.clone(),
        because: proposal.because.clone(),
        renderings: Dialect::ALL.into_iter().map(rendering).collect(),
    }
}
