use serde::{Deserialize, Serialize};

use super::HuntId;
use crate::{indicator::Kind, text::Evidence};

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
pub struct RenderedQuery {
    /// The query, byte for byte as it is copied; it does not end in a line break.
    pub text: String,
    /// What was cut or left out, each in one sentence; never part of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}
