use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ArticleId;

/// Where an article stands in triage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not opened yet.
    #[default]
    New,
    /// Opened, not judged.
    Read,
    /// Judged, with a verdict.
    Reviewed,
    /// Put away unjudged.
    Dismissed,
    /// Comes back at a time.
    Snoozed,
}

impl State {
    /// Returns `true` if the article is still to be judged.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Read)
    }
}

/// What an analyst made of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It concerns us.
    Relevant,
    /// It does not.
    NotRelevant,
    /// It was handed on to act upon.
    Escalated,
}

/// One thing an analyst does to one or more articles; each can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Opens it; changes nothing on one that is past new.
    Read,
    /// Makes it new again.
    Unread,
    /// Judges it.
    Review(Verdict),
    /// Puts it away.
    Dismiss,
    /// Puts it away until a time.
    Snooze(Timestamp),
    /// Adds a tag.
    Tag(String),
    /// Takes a tag off.
    Untag(String),
    /// Replaces the note; empty removes it.
    Note(String),
    /// Sets the owner; empty removes it.
    Owner(String),
    /// Sets or clears the mark.
    Star(bool),
    /// Writes down that a hunt was copied, by its id and dialect.
    Copied(String),
    /// Rules on a value that the article has: always an indicator, never one, or by the program's own judgement again.
    Rule {
        /// The value, normalised.
        value: String,
        /// Whether it always is an indicator; none takes the ruling away.
        allow: Option<bool>,
        /// Why.
        reason: String,
    },
}

impl Change {
    /// Returns `true` if the analyst decided it; opening and copying only leave a trace.
    pub const fn is_decision(&self) -> bool {
        !matches!(self, Self::Read | Self::Copied(_))
    }
}

/// What an analyst ruled of a value, in every article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The value, normalised.
    pub value: String,
    /// Whether it always is an indicator, or never.
    pub allow: bool,
    /// Why.
    pub reason: String,
}

/// One line of the journal of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// Its number; later ones are greater.
    pub number: i64,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub change: Change,
    /// To which articles.
    pub articles: Vec<ArticleId>,
    /// Whether it is undone at present.
    pub undone: bool,
}
