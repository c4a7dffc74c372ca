mod advisory;
mod asset;
mod findings;
mod listing;
mod reason;
mod rules;
mod sum;
mod watch;
mod zone;

pub use listing::Listing;
pub(super) use reason::reason;

use serde::{Deserialize, Serialize};

use super::Briefing;
use crate::{
    article::Article, attack::TechniqueHit, hunt::Proposal, indicator::Indicator, reading::Reading, text::Evidence,
};
use rules::SignalRules;
use sum::Sum;

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

    /// Returns the word that briefings and the console print.
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
pub(super) struct FoundBeside<'a> {
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

const USE_CASES: &str = "use case(s) fired";
const TECHNIQUES: &str = "technique(s) inferred";

/// An article whose words were read for signals: it can be judged with and without what else was found.
pub(super) struct Case<'a> {
    article: &'a Article,
    findings: Vec<Option<findings::SignalFinding>>,
}

impl<'a> Case<'a> {
    /// Looks for the signals of an article in its words.
    pub(super) fn of(article: &'a Article, reading: &Reading<'_>) -> Self {
        Self { article, findings: findings::find(reading, SignalRules::shipped()) }
    }

    /// Judges how urgent the article is.
    pub(super) fn judge(&self, found: &FoundBeside<'_>, watch_list: &[String]) -> Judgement {
        let (article, rules) = (self.article, SignalRules::shipped());
        let mut sum = Sum::default();
        match &article.advisory {
            Some(advisory) => sum.add_advisory(article, advisory, found, &self.findings, rules),
            None => sum.add_all(found, &self.findings, rules),
        }
        sum.judgement(rules.bands, watch::signals(article, watch_list))
    }
}

#[cfg(test)]
mod tests;
