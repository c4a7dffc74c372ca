use std::fmt;

use serde::{Deserialize, Serialize};

use crate::attack::{Phase, TechniqueId};

/// What a hunt says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
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
    /// The day on which it was last changed, as in `2026-11-24`.
    pub date: String,
}

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
