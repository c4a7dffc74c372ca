//! What makes text of findings: queries of hunts, and the briefing. It may be slow, so it works off the loop.

use std::sync::Arc;

use super::state::{Card, Rendering};
use crate::{
    briefing::{Briefing, Workbench, brief, markdown},
    hunt::{Catalogue, Dialect, Hunt, Parameters, Proposal, Value},
    indicator::Lists,
    triage::{Item, Ruling},
};

/// What renders hunts and briefings for the console.
pub trait Workshop: Send + Sync {
    /// Reads what the other verbs need, so that the first of them need not.
    fn prepare(&self) {}

    /// Renders the hunts of an article, in every dialect.
    fn cards(&self, proposals: &[Proposal], parameters: &Parameters) -> Vec<Card>;

    /// Renders the hunts that take these values with just these values, as few as there are kinds of values.
    fn chosen(&self, values: &[Value], dialect: Dialect, parameters: &Parameters) -> Result<Vec<String>, String>;

    /// Reads an article anew, with what analysts ruled of single values.
    fn brief(&self, item: &Item, rulings: &[Ruling]) -> Briefing;

    /// Writes the briefing of an article as Markdown, with so many hunts at the most.
    fn briefing(&self, item: &Item, parameters: &Parameters, most: usize) -> String;
}

/// What articles are read anew with: what the configuration says of indicators, words and techniques.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The configuration's own judgements of indicators.
    pub lists: Lists,
    /// Its products, vendors and words.
    pub watch_list: Vec<String>,
    /// The lowest score with which a technique is kept.
    pub technique_threshold: f32,
}

/// Makes the workshop of a catalogue, which is not asked for before it is needed.
pub fn workshop(
    catalogue: impl Fn() -> &'static Catalogue + Send + Sync + 'static,
    reading: Reading,
) -> Arc<dyn Workshop> {
    Arc::new(OfCatalogue { catalogue, reading })
}

struct OfCatalogue<F> {
    catalogue: F,
    reading: Reading,
}

impl<F: Fn() -> &'static Catalogue + Send + Sync> Workshop for OfCatalogue<F> {
    fn prepare(&self) {
        // A hunt is read from its file when it is first asked for; the iterator asks for each.
        (self.catalogue)().iter().for_each(drop);
    }

    fn cards(&self, proposals: &[Proposal], parameters: &Parameters) -> Vec<Card> {
        let catalogue = (self.catalogue)();
        // A hunt that the catalogue no longer has is left out: the briefing was made by another version.
        let known = |proposal: &&Proposal| catalogue.get(&proposal.id).is_some();
        proposals
            .iter()
            .filter(known)
            .filter_map(|proposal| Some(card(catalogue.get(&proposal.id)?, proposal, parameters)))
            .collect()
    }

    fn chosen(&self, values: &[Value], dialect: Dialect, parameters: &Parameters) -> Result<Vec<String>, String> {
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

    fn brief(&self, item: &Item, rulings: &[Ruling]) -> Briefing {
        let mut lists = self.reading.lists.clone();
        Ruling::heed(rulings, &mut lists);
        let bench = Workbench {
            hunts: (self.catalogue)(),
            lists: &lists,
            watch_list: &self.reading.watch_list,
            technique_threshold: self.reading.technique_threshold,
        };
        let mut briefing = brief(&item.article, &bench);
        // Tags that came from the feed's settings are not in the article.
        let kept = item.briefing.tags.iter().filter(|tag| !briefing.tags.contains(tag)).cloned().collect::<Vec<_>>();
        briefing.tags.extend(kept);
        briefing
    }

    fn briefing(&self, item: &Item, parameters: &Parameters, most: usize) -> String {
        let mut best = item.briefing.clone();
        best.hunts.truncate(most);
        markdown(&item.article, &best, (self.catalogue)(), parameters)
    }
}

fn card(hunt: &Hunt, proposal: &Proposal, parameters: &Parameters) -> Card {
    let rendering = |dialect| Rendering {
        dialect,
        query: hunt.render(&proposal.values, dialect, parameters).map_err(|refusal| refusal.to_string()),
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
