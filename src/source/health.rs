use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a server wants to see again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The last `ETag`.
    pub etag: Option<String>,
    /// The last `Last-Modified`.
    pub last_modified: Option<String>,
}

/// How a feed is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedState {
    /// Never asked.
    #[default]
    Waiting,
    /// It gave entries.
    Ok,
    /// It said that nothing changed.
    Unchanged,
    /// It could be read and has no entry.
    Empty,
    /// It was broken and most of it could be saved.
    Repaired,
    /// It cannot be read.
    Failing,
}

impl FeedState {
    /// Returns the name used in JSON, in lists and in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ok => "ok",
            Self::Unchanged => "unchanged",
            Self::Empty => "empty",
            Self::Repaired => "repaired",
            Self::Failing => "failing",
        }
    }
}

/// All that is known of how a feed fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// How it is.
    pub state: FeedState,
    /// The last HTTP status.
    pub http_status: Option<u16>,
    /// The last fault in words; empty when there is none.
    pub error: String,
    /// What was repaired or noticed at the last good fetch, such as "12 of 13 items".
    pub remark: String,
    /// Since when it fails.
    pub failing_since: Option<Timestamp>,
    /// How many times in a row it has failed.
    pub failures: u32,
    /// When it was last asked.
    pub asked: Option<Timestamp>,
    /// When it last answered well.
    pub good: Option<Timestamp>,
    /// When it is due again.
    pub due: Option<Timestamp>,
    /// How long it asked to be left alone at its last good answer (`<ttl>` or `Cache-Control`).
    pub patience: Option<Duration>,
    /// How many articles it has brought.
    pub articles: u64,
    /// What to send with the next request.
    pub validators: Validators,
}
