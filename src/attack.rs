//! The ATT&CK catalogue, and an article's text read for techniques and kill-chain phases, each with its evidence.
//!
//! Pure: the catalogue and the phrase rules are assets compiled in.

mod catalogue;
mod chain;
mod context;
mod judge;
mod model;
mod phase;
mod printed;
mod reading;
mod rules;
mod section;
mod verdict;
mod word;

pub use catalogue::{Catalogue, Technique, TechniqueId};
pub use phase::Phase;

use serde::{Deserialize, Serialize};

use crate::{article::Document, text::Evidence};

/// The score from which a technique is kept by default; a sub-technique that has it stands for its parent.
const KEPT: f32 = 0.3;

/// A technique that an article shows, and the words that show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TechniqueHit {
    /// The technique.
    pub id: TechniqueId,
    /// How sure the reading is: 0.0 to 1.0; an id printed in the text is 1.0.
    pub score: f32,
    /// The words that carried it, best first; never empty.
    pub evidence: Vec<Evidence>,
}

/// A kill-chain phase that an article shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseHit {
    /// The phase.
    pub phase: Phase,
    /// The words that carried it; never empty.
    pub evidence: Vec<Evidence>,
}

/// Finds the techniques of an article, best first, each id once; a parent is left out where a sub-technique stands.
pub fn techniques(title: &str, document: &Document) -> Vec<TechniqueHit> {
    judge::techniques(title, document, KEPT)
}

/// Finds the kill-chain phases of an article in the order of the chain, from its words and from its techniques.
pub fn kill_chain(title: &str, document: &Document, techniques: &[TechniqueHit]) -> Vec<PhaseHit> {
    chain::phases(title, document, techniques)
}

#[cfg(test)]
mod tests;
