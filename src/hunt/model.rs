use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{indicator::Kind, text::Evidence};

/// The id of a hunt, such as `UC_SUPPLY_CHAIN`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HuntId(pub String);

impl fmt::Display for HuntId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How likely a hit of a hunt is the real thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Worth a look when there is time.
    Low,
    /// Worth a look today.
    Medium,
    /// Rarely anything else.
    High,
}

impl Confidence {
    /// Returns the word that briefings print.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }
}

/// A query language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Splunk SPL over the Common Information Model.
    #[default]
    Spl,
    /// Kusto over Microsoft Defender's advanced-hunting tables.
    Kql,
    /// A Sigma rule.
    Sigma,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 3] = [Self::Spl, Self::Kql, Self::Sigma];

    /// Returns the name used in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spl => "spl",
            Self::Kql => "kql",
            Self::Sigma => "sigma",
        }
    }

    /// Returns the name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Spl => "Splunk SPL",
            Self::Kql => "Defender KQL",
            Self::Sigma => "Sigma",
        }
    }
}

/// A value that a hunt looks for: an indicator, refanged.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// The refanged value.
    pub value: String,
}

/// A hunt that fits an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which hunt.
    pub id: HuntId,
    /// The words that speak for it, best first.
    pub because: Vec<Evidence>,
    /// The values it takes; empty for a behaviour hunt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// What the analyst may set before copying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// How far back to look, in days.
    pub window_days: u16,
    /// Whether SPL asks accelerated summaries only.
    pub summaries_only: bool,
    /// An SPL index or macro put before the search, such as `index=edr` or `` `edr` ``.
    pub spl_prefix: Option<String>,
    /// The greatest number of values in one query.
    pub cap: usize,
    /// How many values are passed over first, for the next part of a list that was cut.
    pub skip: usize,
    /// Whether SPL bounds the time itself (`earliest=-7d` after a `where`); without it the time picker does.
    pub spl_earliest: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { window_days: 7, summaries_only: true, spl_prefix: None, cap: 200, skip: 0, spl_earliest: false }
    }
}

/// A query, ready to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The query, byte for byte as it is copied; it does not end in a line break.
    pub text: String,
    /// What was cut or left out, each in one sentence; never part of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}
