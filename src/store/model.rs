use std::path::PathBuf;

use jiff::Timestamp;

use crate::{
    article::Article,
    briefing::Briefing,
    triage::{ArticleId, Row},
};

/// An article on its way into the store.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefedArticle {
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

/// Where the next page begins; opaque outside the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub(super) i64, pub(super) i64, pub(super) i64);

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

/// A page of a list without its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageIds {
    /// Where it begins; `None` at the beginning of the list.
    pub after: Option<Cursor>,
    /// Its articles, in the order of the list.
    pub ids: Vec<ArticleId>,
    /// Whether one of them still has to be judged.
    pub has_open: bool,
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

/// What became of old articles and of the file's size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// How many articles were dropped.
    pub dropped: u64,
    /// The size of the database before, in bytes, without its write-ahead log.
    pub bytes_before: u64,
    /// The size after.
    pub bytes_after: u64,
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
