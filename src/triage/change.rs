use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Verdict;
use crate::text::defang;

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
    /// Takes one of the analyst's own tags off.
    Untag(String),
    /// Replaces the note; empty removes it.
    Note(String),
    /// Sets the owner; empty removes it.
    Owner(String),
    /// Sets or clears the star.
    Star(bool),
    /// Writes down that a hunt was copied, by its id and dialect.
    Copied(String),
    /// Rules on a value that the article has: always an indicator, never one, or by the program's own judgement again.
    Rule {
        /// The value, normalised.
        value: String,
        /// Whether it always is an indicator; `None` takes the ruling away.
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

    /// Returns what the change did, in the words that follow "undone:" or "3 articles".
    pub fn words(&self) -> String {
        match self {
            Self::Read => "opened".into(),
            Self::Unread => "made new".into(),
            Self::Review(Verdict::Escalated) => "escalated".into(),
            Self::Review(verdict) => format!("reviewed as {}", verdict.label()),
            Self::Dismiss => "dismissed".into(),
            Self::Snooze(until) => format!("snoozed until {}", until.strftime("%Y-%m-%d %H:%M")),
            Self::Tag(tag) => format!("tagged {tag}"),
            Self::Untag(tag) => format!("tag {tag} taken off"),
            Self::Note(note) if note.is_empty() => "note removed".into(),
            Self::Note(_) => "note written".into(),
            Self::Owner(owner) if owner.is_empty() => "given back".into(),
            Self::Owner(owner) => format!("taken by {owner}"),
            Self::Star(true) => "starred".into(),
            Self::Star(false) => "star taken off".into(),
            Self::Copied(hunt) => format!("copied {hunt}"),
            Self::Rule { value, allow: Some(true), reason } => {
                format!("always an indicator: {} ({reason})", defang(value))
            }
            Self::Rule { value, allow: Some(false), reason } => {
                format!("never an indicator: {} ({reason})", defang(value))
            }
            Self::Rule { value, allow: None, .. } => format!("no longer ruled on: {}", defang(value)),
        }
    }
}
