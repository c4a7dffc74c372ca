use jiff::Timestamp;

use super::{ArticleId, Standing, StoryId};
use crate::{
    article::Article,
    briefing::{Briefing, Severity},
};

/// What the list shows of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number.
    pub id: ArticleId,
    /// Its title, not yet safe to draw.
    pub title: String,
    /// Its publisher.
    pub source: String,
    /// Its link.
    pub url: Option<String>,
    /// When it was published.
    pub published: Timestamp,
    /// Whether that is a guess.
    pub date_guessed: bool,
    /// When it first came in.
    pub seen: Timestamp,
    /// When its publisher last changed it, if ever after that.
    pub changed: Option<Timestamp>,
    /// Why it is new again, if it was judged and what it means has changed since.
    pub reopened: Option<Reopened>,
    /// How urgent it is.
    pub severity: Severity,
    /// The score behind the severity.
    pub score: i32,
    /// What the analyst decided about it.
    pub standing: Standing,
    /// The briefing's tags.
    pub tags: Vec<String>,
    /// Whether it belongs to the demo set.
    pub demo: bool,
    /// How many high-fidelity indicators, techniques and hunts it has.
    pub counts: Counts,
    /// The feeds it came from, by name.
    pub feeds: Vec<String>,
    /// The story it tells with other articles; `None` if it stands alone.
    pub story: Option<StoryId>,
    /// How many other sources tell that story: "+3 sources".
    pub others: u32,
}

/// Why an article that was judged is new again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reopened {
    /// When its text changed.
    pub at: Timestamp,
    /// What it was, and what has changed: "was dismissed; MED → CRIT, exploited".
    pub why: String,
}

/// How much was found in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// High-fidelity indicators.
    pub indicators: u32,
    /// Techniques.
    pub techniques: u32,
    /// Hunts.
    pub hunts: u32,
}

impl Row {
    /// Returns the briefing's tags and then the analyst's own, each once in any case.
    pub fn all_tags(&self) -> impl Iterator<Item = &str> {
        let is_known = |tag: &&String| !self.tags.iter().any(|known| known.eq_ignore_ascii_case(tag));
        self.tags.iter().chain(self.standing.own_tags.iter().filter(is_known)).map(String::as_str)
    }
}

/// Everything there is about one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What the list shows of it.
    pub row: Row,
    /// The article.
    pub article: Article,
    /// Its briefing.
    pub briefing: Briefing,
    /// The hunts that were copied from it, `ID dialect`, with the time.
    pub copied: Vec<(String, Timestamp)>,
}
