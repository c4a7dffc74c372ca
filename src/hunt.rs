//! The catalogue of hunts, and the hunts that fit an article, as queries that run at the first paste.
//!
//! Pure. Hunts are written by hand, one TOML file each in `assets/hunts` (its `README.md` tells the form); values from
//! articles enter a query through one quoting function per dialect and can never leave their literal.
//!
//! ```text
//! file → catalogue → propose (trigger, platform, story, common_values, rank) → render (value_filter → slot → template → dialect)
//!                               depth (act): whether a proposal is more than a mention
//! ```

mod act;
mod catalogue;
mod command;
mod common_values;
mod depth;
mod dialect;
mod dump;
mod fault;
mod file;
pub mod lint;
mod meta;
mod model;
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
pub use dialect::{Delimited, Dialect, Syntax, SyntaxForm, SyntaxToken};
pub use dump::{DumpedQuery, dump};
pub use fault::Fault;
pub use meta::{Confidence, HuntId, Meta};
pub use model::{Parameters, Proposal, RenderedQuery, Value};

use crate::indicator::Kind;

/// One hunt of the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Hunt {
    /// What it says of itself.
    pub meta: Meta,
    /// What in an article makes it fit.
    triggers: trigger::Triggers,
    /// Its queries, read.
    templates: template::Templates,
}

impl Hunt {
    /// Returns the kinds of values that its queries take; none for a behaviour hunt.
    pub fn takes(&self) -> &[Kind] {
        self.templates.takes()
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
