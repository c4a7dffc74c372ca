//! What huntdeck knows, behind verbs.
//!
//! Values go in and out owned; SQL and the types of the engine stay in `store/sqlite`, so that another engine is
//! another folder behind the same verbs. Every verb is async. Dropping a reading verb interrupts its statement, so that
//! typing never waits for an old search; a writing verb is done even when its caller is gone.
//!
//! Snoozed articles become new again by [`Store::wake`], which opening calls too.

mod file_watch;
mod model;
mod private;
mod rescue;
mod sqlite;

use std::{path::Path, time::Duration};

use jiff::Timestamp;

pub use file_watch::FileWatch;
pub use model::{BriefedArticle, Cursor, Page, PageIds, Saved, Stats, StoreError, Upkeep};
pub use private::{private_file, private_folder};
pub use rescue::Rescued;
pub use sqlite::PreparedArticle;
use sqlite::Sqlite;

use crate::{
    article::Article,
    attack::TechniqueId,
    briefing::Briefing,
    source::Health,
    triage::{ArticleId, Change, DayTally, Filter, Item, Journal, Order, Row, Ruling, Tally},
};

/// A store; clones are handles of the same one, and its threads end with the last of them.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Sqlite,
}

impl Store {
    /// Opens the store in a file, which is made with its folder, for its owner only, when it is not there.
    ///
    /// Waits for no thread and reads a few pages only. A file of an older version is copied to `….before-vN` and
    /// brought up to date.
    ///
    /// # Errors
    /// Refuses in one sentence a file of a newer version, of another program, or that cannot be read. One that cannot
    /// be written is only read: see [`Store::is_read_only`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Sqlite::open(path).map(|engine| Self { engine })
    }

    /// Opens the store in a file to read it only. Every verb that would change something says that it cannot.
    ///
    /// # Errors
    /// Refuses a file of another version or of another program.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Sqlite::read_only(path).map(|engine| Self { engine })
    }

    /// Returns `true` if the file can only be read.
    pub fn is_read_only(&self) -> bool {
        self.engine.is_read_only()
    }

    /// Opens a store that lives in this process's memory and is gone with it: for `--demo` and for tests.
    ///
    /// # Errors
    /// Fails if its threads cannot be started.
    pub fn in_memory() -> Result<Self, StoreError> {
        Sqlite::in_memory().map(|engine| Self { engine })
    }

    /// Returns `true` if the file was made by this opening.
    pub fn is_new(&self) -> bool {
        self.engine.is_new()
    }

    /// Watches the file for writes, whoever makes them; `None` for a store in memory, or if the system cannot watch it.
    pub fn watch_file(&self) -> Option<FileWatch> {
        self.engine.watch_file()
    }

    /// Returns the file; a made-up name for a store in memory.
    pub fn path(&self) -> &Path {
        self.engine.path()
    }
}

/// The verbs. Each fails only when the engine does: a full disk, a broken file, a lock that another program holds.
#[expect(clippy::missing_errors_doc, reason = "all fail for the same reasons, which stand above")]
impl Store {
    /// Returns a page of the articles that a filter holds for, after a cursor.
    pub async fn page(
        &self,
        filter: &Filter,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        self.engine.page(filter, order, after, limit).await
    }

    /// Returns the pages of `size` rows that a list has after a cursor, in its order and without their rows; the last
    /// one may be shorter.
    pub async fn outline(
        &self,
        filter: &Filter,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> Result<Vec<PageIds>, StoreError> {
        self.engine.outline(filter, order, after, size).await
    }

    /// Counts the articles that a filter holds for.
    pub async fn count(&self, filter: &Filter) -> Result<u64, StoreError> {
        self.engine.count(filter).await
    }

    /// Counts the articles that a filter holds for, by severity and by state.
    pub async fn tally(&self, filter: &Filter) -> Result<Tally, StoreError> {
        self.engine.tally(filter).await
    }

    /// Returns the numbers of the articles that a filter holds for, worst first: what a bulk verb works on.
    pub async fn ids(&self, filter: &Filter, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        self.engine.ids(filter, limit).await
    }

    /// Returns the rows of articles, in the order of their numbers here; those that the store does not have are left
    /// out.
    pub async fn rows(&self, articles: Vec<ArticleId>) -> Result<Vec<Row>, StoreError> {
        self.engine.rows(articles).await
    }

    /// Returns an article with its briefing and its triage; `None` if there is no such article.
    pub async fn item(&self, id: ArticleId) -> Result<Option<Item>, StoreError> {
        self.engine.item(id).await
    }

    /// Finds an article by its number, the CVE or GHSA id of an advisory, or its link.
    pub async fn find(&self, reference: &str) -> Result<Option<ArticleId>, StoreError> {
        self.engine.find(reference).await
    }

    /// Returns the other articles of an article's story, oldest first.
    pub async fn story(&self, id: ArticleId) -> Result<Vec<Row>, StoreError> {
        self.engine.story(id).await
    }

    /// Counts the articles that a filter holds for by technique, the most frequent first.
    pub async fn techniques(&self, filter: &Filter) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        self.engine.techniques(filter).await
    }

    /// Counts the articles that a filter holds for by day of publication (UTC) and severity, over the days until `now`,
    /// oldest first; a day without any is there too.
    pub async fn trend(&self, filter: &Filter, days: usize, now: Timestamp) -> Result<Vec<DayTally>, StoreError> {
        self.engine.trend(filter, days, now).await
    }

    /// Counts the articles that a filter holds for by source and by day of publication (UTC), over the days until
    /// `now`, oldest first; the sources with the most come first, `limit` of them.
    pub async fn sources(
        &self,
        filter: &Filter,
        days: usize,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<(String, Vec<u64>)>, StoreError> {
        self.engine.sources(filter, days, limit, now).await
    }

    /// Saves a batch, which came in at `now`, in one transaction.
    ///
    /// The same identity in the same feed is the same article: it keeps its number and its triage. The text of its page
    /// replaces its summary, and a summary never replaces a full text; articles of several feeds only join a story. One
    /// that was judged is new again if it is more severe, exploited or has new indicators. Batches of about 100 keep
    /// other changes waiting for tens of milliseconds only.
    pub async fn save(&self, batch: Vec<BriefedArticle>, now: Timestamp) -> Result<Saved, StoreError> {
        self.engine.save(batch, now).await
    }

    /// Saves several batches that were prepared in one transaction, as [`Store::save`] does; returns what became of
    /// each.
    pub async fn save_batches(
        &self,
        batches: Vec<Vec<PreparedArticle>>,
        now: Timestamp,
    ) -> Result<Vec<Saved>, StoreError> {
        self.engine.save_batches(batches, now).await
    }

    /// Returns `true` if another process has written into the store since this was asked the last time.
    pub async fn written_elsewhere(&self) -> Result<bool, StoreError> {
        self.engine.written_elsewhere().await
    }

    /// Counts the articles that a feed has brought since a time.
    pub async fn arrived_since(&self, feed: &str, time: Timestamp) -> Result<u64, StoreError> {
        self.engine.arrived_since(feed, time).await
    }

    /// Keeps of what a feed gives only the articles that saving would do something with; the others are in the store
    /// just as the feed gave them last time, or were dropped for their age.
    pub async fn unseen(&self, feed: &str, articles: Vec<Article>) -> Result<Vec<Article>, StoreError> {
        self.engine.unseen(feed, articles).await
    }

    /// Replaces the briefing of an article, because it was read anew with other lists; all else stays.
    pub async fn rebrief(&self, id: ArticleId, article: Article, briefing: Briefing) -> Result<(), StoreError> {
        self.engine.rebrief(id, article, briefing).await
    }

    /// Makes a change to articles, in one transaction and as one line of the journal, which it returns with the
    /// articles that changed; `None` if nothing changed. What was undone before cannot be redone after a decision.
    pub async fn mark(
        &self,
        articles: Vec<ArticleId>,
        change: Change,
        at: Timestamp,
    ) -> Result<Option<Journal>, StoreError> {
        self.engine.mark(articles, change, at).await
    }

    /// Takes the last decision back that still stands, past what was only opened or copied since; `None` if there is
    /// none.
    pub async fn undo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        self.engine.undo(at).await
    }

    /// Makes the change again that was last taken back; `None` if there is none.
    pub async fn redo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        self.engine.redo(at).await
    }

    /// Returns the last changes, the newest first, undone ones among them.
    pub async fn history(&self, limit: usize) -> Result<Vec<Journal>, StoreError> {
        self.engine.history(limit).await
    }

    /// Returns what analysts ruled of single values.
    pub async fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        self.engine.rulings().await
    }

    /// Makes snoozed articles new whose time has come, and returns them.
    ///
    /// Opening a store does so too. Between, call it at [`Store::next_wake`]: the list never asks the clock, so that a
    /// cursor into it stays valid, and nothing has to wake up while nothing is due.
    pub async fn wake(&self, now: Timestamp) -> Result<Vec<ArticleId>, StoreError> {
        self.engine.wake(now).await
    }

    /// Returns the time at which the next snoozed article comes back.
    pub async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        self.engine.next_wake().await
    }

    /// Returns the health of every feed that was ever asked, by name.
    pub async fn feeds(&self) -> Result<Vec<Health>, StoreError> {
        self.engine.feeds().await
    }

    /// Writes down how a fetch went, and returns the lease if this process has it. The number of articles is counted by
    /// the store itself.
    pub async fn feed_done(&self, health: Health) -> Result<(), StoreError> {
        self.engine.feed_done(health).await
    }

    /// Forgets a feed that is no longer configured; its articles stay.
    pub async fn forget_feed(&self, name: &str) -> Result<(), StoreError> {
        self.engine.forget_feed(name).await
    }

    /// Takes a feed for a time, so that no other process fetches it meanwhile; `false` if one has it.
    ///
    /// The lease ends with [`Store::feed_done`] or by itself, for a process may be killed; where that can be seen, at
    /// once.
    pub async fn lease(&self, name: &str, now: Timestamp, time: Duration) -> Result<bool, StoreError> {
        self.engine.lease(name, now, time).await
    }

    /// Keeps a small value under a key, such as the time of the last visit.
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.engine.set_meta(key, value).await
    }

    /// Returns the value that was kept under a key.
    pub async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.engine.meta(key).await
    }

    /// Removes the demo set with all that was done to it; returns how many articles that were.
    pub async fn purge_demo(&self) -> Result<u64, StoreError> {
        self.engine.purge_demo().await
    }

    /// Drops articles that are older than `keep` and untouched, then tidies the file.
    ///
    /// Untouched is what is neither reviewed, dismissed, snoozed, starred, tagged, owned, nor noted, and of which no
    /// hunt was copied. Zero keeps everything. Each call merges and frees a bounded part of the file, so that nobody
    /// waits long behind it: meant to run once a day, and again while the file becomes smaller where nobody waits.
    pub async fn upkeep(&self, keep: Duration, now: Timestamp) -> Result<Upkeep, StoreError> {
        self.engine.upkeep(keep, now).await
    }

    /// Checks the file; returns what is wrong with it, nothing for a sound one. Reads all of it.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.engine.check().await
    }

    /// Returns figures about the store.
    pub async fn stats(&self) -> Result<Stats, StoreError> {
        self.engine.stats().await
    }
}
