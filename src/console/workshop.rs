//! What makes text of findings: queries of hunts, and the briefing. It may be slow, so it works off the loop.

use std::sync::Arc;

use super::state::{Card, Rendering};
use crate::{
    briefing::markdown,
    hunt::{Catalogue, Dialect, Hunt, Parameters, Proposal, Value},
    store::Item,
};

/// What renders hunts and briefings for the console.
pub trait Workshop: Send + Sync {
    /// Renders the hunts of an article, in every dialect.
    fn cards(&self, proposals: &[Proposal]) -> Vec<Card>;

    /// Renders the hunts that take these values with just these values, as few as there are kinds of values.
    fn chosen(&self, values: &[Value], dialect: Dialect) -> Result<Vec<String>, String>;

    /// Writes the briefing of an article as Markdown.
    fn briefing(&self, item: &Item) -> String;
}

/// Makes the workshop of a catalogue, which is not asked for before the first article is shown.
pub fn workshop(
    catalogue: impl Fn() -> &'static Catalogue + Send + Sync + 'static,
    parameters: Parameters,
) -> Arc<dyn Workshop> {
    Arc::new(OfCatalogue { catalogue, parameters })
}

struct OfCatalogue<F> {
    catalogue: F,
    parameters: Parameters,
}

impl<F: Fn() -> &'static Catalogue + Send + Sync> Workshop for OfCatalogue<F> {
    fn cards(&self, proposals: &[Proposal]) -> Vec<Card> {
        let catalogue = (self.catalogue)();
        // A hunt that the catalogue no longer has is left out: the briefing was made by another version.
        let known = |proposal: &&Proposal| catalogue.get(&proposal.id).is_some();
        proposals
            .iter()
            .filter(known)
            .filter_map(|proposal| Some(self.card(catalogue.get(&proposal.id)?, proposal)))
            .collect()
    }

    fn chosen(&self, values: &[Value], dialect: Dialect) -> Result<Vec<String>, String> {
        let catalogue = (self.catalogue)();
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
            match hunt.render(&mine, dialect, &self.parameters) {
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

    fn briefing(&self, item: &Item) -> String {
        markdown(&item.article, &item.briefing, (self.catalogue)(), &self.parameters)
    }
}

impl<F> OfCatalogue<F> {
    fn card(&self, hunt: &Hunt, proposal: &Proposal) -> Card {
        let rendering = |dialect| Rendering {
            dialect,
            query: hunt.render(&proposal.values, dialect, &self.parameters).map_err(|refusal| refusal.to_string()),
        };
        Card {
            id: hunt.id.clone(),
            title: hunt.title.clone(),
            confidence: hunt.confidence,
            phase: hunt.phase.name(),
            telemetry: hunt.telemetry.clone(),
            false_positives: hunt.false_positives.clone(),
            values: proposal.values.clone(),
            because: proposal.because.clone(),
            renderings: Dialect::ALL.into_iter().map(rendering).collect(),
        }
    }
}
