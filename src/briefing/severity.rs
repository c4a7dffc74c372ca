use serde::{Deserialize, Serialize};

use super::Briefing;
use crate::{
    article::Article,
    attack::TechniqueHit,
    hunt::Proposal,
    indicator::{Indicator, Tier},
    text::Evidence,
};

/// How urgent an article is for an enterprise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// No action.
    #[default]
    Low,
    /// Know about it.
    Med,
    /// Act this week.
    High,
    /// Act today.
    Crit,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 4] = [Self::Crit, Self::High, Self::Med, Self::Low];

    /// Gives the word that briefings and the console print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::Med => "MED",
            Self::High => "HIGH",
            Self::Crit => "CRIT",
        }
    }

    /// Finds a severity by its word, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.word().eq_ignore_ascii_case(word))
    }
}

/// One reason for a severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Its name, such as `exploited in the wild`.
    pub name: String,
    /// What it adds to the score; negative for what lowers it.
    pub points: i32,
    /// The words that made it; empty span and the count in words for a count.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// What was found in the article before its severity is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub indicators: &'a [Indicator],
    pub techniques: &'a [TechniqueHit],
    pub hunts: &'a [Proposal],
}

/// A severity with all that made it.
#[derive(Clone, Debug, Default)]
pub(super) struct Judgement {
    pub severity: Severity,
    pub score: i32,
    pub signals: Vec<Signal>,
    pub tags: Vec<String>,
}

/// The lowest score of each severity, worst first.
const BANDS: [(i32, Severity); 3] = [(9, Severity::Crit), (6, Severity::High), (3, Severity::Med)];

/// Judges how urgent an article is.
pub(super) fn judge(_article: &Article, found: &Found<'_>, _watch_list: &[String]) -> Judgement {
    let count = |name: &str, count: usize, each: i32, most: i32| {
        let points = (i32::try_from(count).unwrap_or(i32::MAX).saturating_mul(each)).min(most);
        (count > 0).then(|| Signal { name: name.into(), points, evidence: Evidence::in_field(count.to_string()) })
    };
    let indicators = found.indicators.iter().filter(|hit| hit.tier == Tier::Indicator).count();
    let signals: Vec<Signal> = [
        count(USE_CASES, found.hunts.len(), 2, 4),
        count(TECHNIQUES, found.techniques.len(), 1, 3),
        count(INDICATORS, indicators, 1, 2),
    ]
    .into_iter()
    .flatten()
    .collect();
    let score = signals.iter().map(|signal| signal.points).sum();
    let severity = BANDS.iter().find(|(least, _)| score >= *least).map_or(Severity::Low, |(_, severity)| *severity);
    Judgement { severity, score, signals, tags: Vec::new() }
}

const USE_CASES: &str = "use case(s) fired";
const TECHNIQUES: &str = "technique(s) inferred";
const INDICATORS: &str = "high-fidelity indicator(s)";

/// Says in words why a briefing has its severity.
pub(super) fn reason(briefing: &Briefing) -> String {
    let counted = |name: &str| {
        let signal = briefing.signals.iter().find(|signal| signal.name == name);
        format!("{} {name}", signal.map_or("0", |signal| signal.evidence.phrase.as_str()))
    };
    format!(
        "Severity classified as **{}** based on: {}, {}. Read the full article for actor attribution, tooling details, \
         and any defanged IOCs in the body that aren't visible in the RSS summary.",
        briefing.severity.word(),
        counted(USE_CASES),
        counted(TECHNIQUES),
    )
}
