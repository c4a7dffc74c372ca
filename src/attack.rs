//! The ATT&CK catalogue, and an article's text read for techniques and kill-chain phases, each with its evidence.
//!
//! Pure: the catalogue and the phrase rules are assets compiled in.

mod catalogue;
mod chain;
mod context;
mod detector;
mod judge;
mod model;
mod phase;
mod printed;
mod rules;
mod verdict;

pub use catalogue::{Catalogue, Technique, TechniqueId};
pub use detector::Detector;
pub use phase::Phase;

use serde::{Deserialize, Serialize};

use crate::text::Evidence;

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

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
