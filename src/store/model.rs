use std::{fmt, path::PathBuf, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{State, Verdict, code};
use crate::{
    article::Article,
    briefing::{Briefing, Severity},
};

/// The number of an article in this store: short, stable for ever, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The number of a story; the articles that tell of one thing share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(pub i64);

/// What the list shows of an article.
#[derive(Clone, Debug, PartialEq)]
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
    /// How urgent it is.
    pub severity: Severity,
    /// The score behind the severity.
    pub score: i32,
    /// Where it stands in triage.
    pub state: State,
    /// The verdict of a reviewed one.
    pub verdict: Option<Verdict>,
    /// The briefing's tags and the analyst's own.
    pub tags: Vec<String>,
    /// Whether the analyst marked it.
    pub starred: bool,
    /// Whether it belongs to the demo set.
    pub demo: bool,
    /// How many high-fidelity indicators, techniques and hunts it has.
    pub counts: (u32, u32, u32),
    /// The feeds it came from, by name.
    pub feeds: Vec<String>,
    /// The story it tells with other articles; none when it stands alone.
    pub story: Option<StoryId>,
    /// How many other sources tell that story: "+3 sources".
    pub others: u32,
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
    /// The analyst's note.
    pub note: String,
    /// Who took it; empty for nobody.
    pub owner: String,
    /// When a snoozed one comes back.
    pub snoozed_until: Option<Timestamp>,
    /// The hunts that were copied from it, `ID dialect`, with the time.
    pub copied: Vec<(String, Timestamp)>,
}

/// An article on its way into the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Filing {
    /// The article.
    pub article: Article,
    /// Its briefing.
    pub briefing: Briefing,
    /// The feed it came from, by name.
    pub feed: String,
    /// Whether it belongs to the demo set.
    pub demo: bool,
    /// Whether its text is that of the article's page, of which the feed itself gives a summary only.
    pub page: bool,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Articles that were not there before.
    pub new: Vec<ArticleId>,
    /// Articles whose text or title had changed; their triage is kept.
    pub changed: Vec<ArticleId>,
    /// Other articles of which something changed by what came in: their story, or their severity when the KEV catalogue
    /// lists their vulnerability. Each once, none of them new or changed.
    pub touched: Vec<ArticleId>,
    /// How many were there already.
    pub known: usize,
}

impl Saved {
    /// Adds what became of another batch.
    pub fn add(&mut self, other: Self) {
        self.new.extend(other.new);
        self.changed.extend(other.changed);
        self.touched.extend(other.touched);
        self.known += other.known;
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By severity, worst first, then by date, newest first.
    #[default]
    Severity,
    /// By date, newest first.
    Date,
    /// By score, highest first, then by date.
    Score,
}

/// Where the next page begins; opaque outside the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub(super) i64, pub(super) i64, pub(super) i64);

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

/// How many articles a query asks for, by severity and by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub total: u64,
    pub(super) by_severity: [u64; 4],
    pub(super) by_state: [u64; 5],
}

impl Tally {
    /// Returns how many have a severity.
    pub fn severity(&self, severity: Severity) -> u64 {
        self.by_severity[code::severity_index(severity)]
    }

    /// Returns how many have a state.
    pub fn state(&self, state: State) -> u64 {
        self.by_state[code::state_number(state) as usize]
    }
}

/// Figures about a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles, the demo set among them.
    pub articles: u64,
    /// Articles of the demo set.
    pub demo: u64,
    /// Indexed indicators and candidates, once per article.
    pub indicators: u64,
    /// Lines of the journal.
    pub changes: u64,
    /// The size of the database in bytes, without its write-ahead log.
    pub bytes: u64,
    /// How many of these are free.
    pub free_bytes: u64,
    /// The date of the oldest article.
    pub oldest: Option<Timestamp>,
    /// The date of the newest.
    pub newest: Option<Timestamp>,
    /// The version of the schema.
    pub schema: i64,
}

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
pub struct FeedHealth {
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

/// Why the store cannot do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or made.
    #[error("cannot open the database {}: {why}", path.display())]
    Unopenable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// A newer huntdeck wrote the file.
    #[error(
        "the database {} was written by a newer huntdeck (schema {found}, this one knows {known}): \
         update huntdeck, or use another file with --db",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// There is no such article.
    #[error("there is no article {0}")]
    NoArticle(ArticleId),
    /// The engine failed: a full disk, a broken file.
    #[error("the database {}: {why}", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}
