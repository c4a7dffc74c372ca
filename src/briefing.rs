//! An article and all that was found in it become a briefing: what it is, how bad, why, and what to hunt for.
//!
//! Pure. `markdown` writes the form that is handed on, byte for byte as the golden tests have it.

mod choice;
mod markdown;
mod profile;
mod severity;
pub mod story;

pub use markdown::markdown;
pub use profile::profile;
pub use severity::{Listing, Severity, Signal};

use serde::{Deserialize, Serialize};

use crate::{
    article::Article,
    attack::{self, PhaseHit, TechniqueHit},
    hunt::{self, Proposal},
    indicator::{self, Indicator, Lists},
    text::Evidence,
};

/// A briefing: everything that was found in one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// How urgent it is.
    pub severity: Severity,
    /// The sum of the points of `signals`.
    pub score: i32,
    /// What made the severity.
    pub signals: Vec<Signal>,
    /// What kind of article it is: `advisory`, `breach`, `promotional`, `recap`, `research`, …
    pub tags: Vec<String>,
    /// Every indicator with its tier, in the order of the text.
    pub indicators: Vec<Indicator>,
    /// The techniques, best first.
    pub techniques: Vec<TechniqueHit>,
    /// The kill-chain phases, in the order of the chain.
    pub kill_chain: Vec<PhaseHit>,
    /// The hunts that fit, best first.
    pub hunts: Vec<Proposal>,
}

impl Briefing {
    /// Returns all evidence for what was found, to be changed.
    pub(crate) fn evidence_mut(&mut self) -> impl Iterator<Item = &mut Evidence> {
        let signals = self.signals.iter_mut().map(|signal| &mut signal.evidence);
        let techniques = self.techniques.iter_mut().flat_map(|hit| &mut hit.evidence);
        let phases = self.kill_chain.iter_mut().flat_map(|hit| &mut hit.evidence);
        let hunts = self.hunts.iter_mut().flat_map(|proposal| &mut proposal.because);
        signals.chain(techniques).chain(phases).chain(hunts)
    }
}

/// What briefings are made with, beside the article.
#[derive(Clone, Debug)]
pub struct Workbench<'a> {
    /// The hunts to choose from.
    pub hunts: &'a hunt::Catalogue,
    /// The user's own judgements of indicators.
    pub lists: &'a Lists,
    /// The user's own products, vendors and words; each raises the severity where it stands.
    pub watch_list: &'a [String],
    /// The lowest score with which a technique is kept, 0.0 to 1.0.
    pub technique_threshold: f32,
}

/// Makes the briefing of an article.
pub fn brief(article: &Article, bench: &Workbench<'_>) -> Briefing {
    let document = &article.document;
    let context =
        indicator::Context { url: article.url.as_deref(), source: Some(&article.source), lists: Some(bench.lists) };
    let indicators = indicator::extract(document, &context);
    let reading = article.reading();
    let detector = attack::Detector::new(&reading);
    let techniques = detector.techniques_from(bench.technique_threshold);
    let kill_chain = detector.kill_chain(&techniques);
    let case = severity::Case::of(article, &reading);
    let beside = severity::FoundBeside { indicators: &indicators, techniques: &techniques, hunts: &[] };
    let judged = case.judge(&beside, bench.watch_list);
    let hunts = choice::hunts(&reading, bench, &beside, &judged);
    let found = severity::FoundBeside { hunts: &hunts, ..beside };
    let judgement = if hunts.is_empty() { judged } else { case.judge(&found, bench.watch_list) };
    Briefing {
        severity: judgement.severity,
        score: judgement.score,
        signals: judgement.signals,
        tags: judgement.tags,
        indicators,
        techniques,
        kill_chain,
        hunts,
    }
}
