//! The catalogue of hunts, and the hunts that fit an article, as queries that run at the first paste.
//!
//! Pure. Hunts are written by hand, one TOML file each in `assets/hunts` (its `README.md` tells the form); values from
//! articles enter a query through one quoting function per dialect and can never leave their literal.
//!
//! ```text
//! file → catalogue → propose (trigger, platform, story, ordinary, rank) → render (value_filter → slot → template → dialect)
//!                               depth (act): whether a proposal is more than a mention
//! ```

mod act;
mod catalogue;
mod command;
mod depth;
mod dialect;
mod dump;
mod file;
pub mod lint;
mod model;
mod ordinary;
mod platform;
mod propose;
mod rank;
mod render;
mod samples;
mod slot;
mod story;
mod template;
mod trigger;
mod value_filter;

pub use catalogue::Catalogue;
pub use depth::Depth;
pub use dump::{Row, dump};
pub use file::Fault;
pub use model::{Confidence, Dialect, HuntId, Parameters, Proposal, Query, Value};

use crate::{
    attack::{Phase, TechniqueId},
    indicator::Kind,
};

/// One hunt of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Hunt {
    /// Its id, stable for ever: triage state may key on it.
    pub id: HuntId,
    /// What it looks for, in one line.
    pub title: String,
    /// The kill-chain phase it looks at.
    pub phase: Phase,
    /// How likely a hit is the real thing.
    pub confidence: Confidence,
    /// The platforms it makes sense on, such as `windows` or `okta`; none where it does not matter.
    pub platforms: Vec<String>,
    /// The techniques it looks for.
    pub techniques: Vec<TechniqueId>,
    /// What must be collected for it to find anything.
    pub telemetry: Vec<String>,
    /// What else looks like this.
    pub false_positives: Vec<String>,
    /// What in an article makes it fit.
    triggers: trigger::Triggers,
    /// Its queries, read.
    templates: template::Templates,
}

impl Hunt {
    /// Returns the kinds of values that its queries take; none for a behaviour hunt.
    pub fn takes(&self) -> &[Kind] {
        &self.templates.takes
    }

    /// Returns `true` if it has a query in a dialect.
    pub fn speaks(&self, dialect: Dialect) -> bool {
        self.templates.get(dialect).is_some()
    }
}

/// Why a hunt has no query for these values.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Refusal(pub String);
