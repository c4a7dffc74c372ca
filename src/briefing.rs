//! An article and all that was found in it become a briefing: what it is, how bad, why, and what to hunt for.
//!
//! Pure. `markdown` writes the form that is handed on, byte for byte as the golden tests have it.

mod briefer;
mod choice;
mod link;
mod markdown;
mod profile;
mod severity;
pub mod story;

pub use briefer::Briefer;
pub use link::Link;
pub use markdown::markdown;
pub use profile::profile;
pub use severity::{Listing, Severity, Signal};

use serde::{Deserialize, Serialize};

use crate::{
    article::Article,
    attack::{self, PhaseHit, TechniqueHit},
    hunt::Proposal,
    indicator::{self, Indicator},
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

/// Makes the briefing of an article.
fn brief(article: &Article, briefer: &Briefer) -> Briefing {
    let document = &article.document;
    let context =
        indicator::Context { url: article.url.as_deref(), source: Some(&article.source), lists: Some(&briefer.lists) };
    let indicators = indicator::extract(document, &context);
    let reading = article.reading();
    let detector = attack::Detector::new(&reading);
    let techniques = detector.techniques_from(briefer.technique_threshold);
    let kill_chain = detector.kill_chain(&techniques);
    let case = severity::Case::of(article, &reading);
    let beside = severity::FoundBeside { indicators: &indicators, techniques: &techniques, hunts: &[] };
    let judged = case.judge(&beside, &briefer.watch_terms);
    let hunts = choice::hunts(&reading, briefer, &beside, &judged);
    let found = severity::FoundBeside { hunts: &hunts, ..beside };
    let judgement = if hunts.is_empty() { judged } else { case.judge(&found, &briefer.watch_terms) };
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
