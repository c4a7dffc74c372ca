//! The catalogue of hunts, and the hunts that fit an article, as queries that run at the first paste.
//!
//! Pure. Hunts are written by hand, one TOML file each in `assets/hunts`; values from articles enter a query through
//! one quoting function per dialect and can never leave their literal.

mod model;

pub use model::{Confidence, Dialect, HuntId, Parameters, Proposal, Query, Value};

use crate::{
    article::Document,
    attack::{Phase, TechniqueHit, TechniqueId},
    indicator::Indicator,
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
    /// The platforms it makes sense on, such as `windows` or `okta`.
    pub platforms: Vec<String>,
    /// The techniques it looks for.
    pub techniques: Vec<TechniqueId>,
    /// What must be collected for it to find anything.
    pub telemetry: Vec<String>,
    /// What else looks like this.
    pub false_positives: Vec<String>,
}

/// Every hunt there is: the shipped ones, and the user's own over them.
#[derive(Debug, Default)]
pub struct Catalogue {
    hunts: Vec<Hunt>,
}

/// Why a hunt has no query for these values.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Refusal(pub String);

impl Catalogue {
    /// Gives the catalogue compiled into the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: std::sync::OnceLock<Catalogue> = std::sync::OnceLock::new();
        SHIPPED.get_or_init(Self::default)
    }

    /// Gives a hunt by id.
    pub fn get(&self, id: &HuntId) -> Option<&Hunt> {
        self.hunts.iter().find(|hunt| &hunt.id == id)
    }

    /// Gives every hunt, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = &Hunt> {
        self.hunts.iter()
    }

    /// Chooses the hunts that fit an article, best first, each with what speaks for it and the values it takes.
    pub fn propose(
        &self,
        title: &str,
        document: &Document,
        indicators: &[Indicator],
        techniques: &[TechniqueHit],
    ) -> Vec<Proposal> {
        let _ = (title, document, indicators, techniques);
        Vec::new()
    }
}

impl Hunt {
    /// Renders the hunt as a query of one dialect with the values inline.
    ///
    /// Values that can not stand in a literal of the dialect are left out, and a list longer than the cap is cut; the
    /// query's notes say so. Refuses when the hunt has no query in that dialect, or when no value is left.
    pub fn render(&self, values: &[Value], dialect: Dialect, parameters: &Parameters) -> Result<Query, Refusal> {
        let _ = (values, parameters);
        Err(Refusal(format!("{} has no {} query", self.id, dialect.label())))
    }
}
