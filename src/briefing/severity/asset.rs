//! The form of `assets/severity.toml`.

use serde::Deserialize;

use super::Severity;

/// The whole asset.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) lead: usize,
    pub(super) bands: Bands,
    pub(super) advisory: Advisory,
    pub(super) negation: Negation,
    pub(super) supposition: Supposition,
    pub(super) signal: Vec<Entry>,
}

/// How many words a negation reaches over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Negation {
    pub(super) reach: usize,
}

/// Words that make a supposition of a phrase, and how many words they reach over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Supposition {
    pub(super) words: Vec<String>,
    pub(super) reach: usize,
}

/// One signal; the head of the asset says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) title: Option<i32>,
    pub(super) lead: Option<i32>,
    pub(super) body: Option<i32>,
    #[serde(default = "once")]
    pub(super) times: usize,
    pub(super) at_most: Option<Severity>,
    pub(super) count: Option<Count>,
    #[serde(default)]
    pub(super) all: Vec<String>,
    #[serde(default)]
    pub(super) without: Vec<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) capital: bool,
    #[serde(default = "yes")]
    pub(super) deniable: bool,
    #[serde(default)]
    pub(super) firm: bool,
    #[serde(default)]
    pub(super) say: Vec<String>,
    #[serde(default)]
    pub(super) say_title: Vec<String>,
    #[serde(default)]
    pub(super) say_small: Vec<String>,
    #[serde(default)]
    pub(super) near: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
}

const fn once() -> usize {
    1
}

const fn yes() -> bool {
    true
}

/// The lowest score of each severity.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bands {
    med: i32,
    high: i32,
    crit: i32,
}

impl Bands {
    pub(super) fn severity(self, score: i32) -> Severity {
        match score {
            score if score >= self.crit => Severity::Crit,
            score if score >= self.high => Severity::High,
            score if score >= self.med => Severity::Med,
            _ => Severity::Low,
        }
    }

    /// Returns the highest score that still has a severity.
    pub(super) const fn top(self, severity: Severity) -> i32 {
        match severity {
            Severity::Low => self.med - 1,
            Severity::Med => self.high - 1,
            Severity::High => self.crit - 1,
            Severity::Crit => i32::MAX,
        }
    }
}

/// What is counted, of all that was found in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Counted {
    Hunts,
    Techniques,
    Indicators,
    /// Indicators other than CVE identifiers: what somebody can look for in logs.
    Observables,
}

/// Points for each thing of a kind, up to a most, when there are at least so many.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    pub(super) of: Counted,
    pub(super) each: i32,
    pub(super) most: i32,
    #[serde(default = "once")]
    pub(super) least: usize,
}

/// Points for the fields of an advisory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advisory {
    pub(super) kev: i32,
    /// For news about a vulnerability that is in the KEV catalogue.
    pub(super) kev_news: i32,
    pub(super) ransomware: i32,
    /// For a due date at most `soon_days` after the publication.
    pub(super) due_soon: i32,
    pub(super) soon_days: i32,
    pub(super) wide: i32,
    pub(super) niche: i32,
    pub(super) critical: i32,
    pub(super) high: i32,
    pub(super) medium: i32,
    pub(super) low: i32,
    /// For a CVSS base score of at least 9.0.
    pub(super) cvss_critical: i32,
    /// For a CVSS base score of at least 7.0.
    pub(super) cvss_high: i32,
    pub(super) malware: i32,
    /// For malware in some versions of a package that has good ones too.
    pub(super) hijacked: i32,
    pub(super) popular: i32,
    /// Packages that many others depend on.
    pub(super) popular_packages: Vec<String>,
    /// The signals whose phrases name products, for `wide` and `niche`.
    pub(super) wide_signal: String,
    pub(super) niche_signal: String,
}
