//! What huntdeck knows, in one SQLite file, behind verbs.
//!
//! Values go in and out owned; no SQL and no type of the engine leaves this room, so that a second engine can stand
//! behind the same verbs. One thread writes, two read on connections of their own, and all of them sleep until they are
//! asked. Every verb is async. Dropping a reading verb interrupts its statement, so that typing never waits for an old
//! search; a writing verb is done even when its caller is gone.
//!
//! Snoozed articles become new again by [`Store::wake`], which opening calls too.

mod aspect;
mod block;
mod code;
mod failure;
mod feeds;
mod finding;
mod holder;
mod index;
mod insight;
mod item;
mod list;
mod mark;
mod model;
mod open;
mod outline;
mod pack;
mod pool;
mod ready;
mod row;
mod ruling;
mod save;
mod schema;
mod sift;
mod story;
mod triage;
mod upkeep;

use std::{path::Path, sync::Arc};

use jiff::Timestamp;
use rusqlite::Connection;

pub use insight::Day;
pub use model::{
    ArticleId, Cursor, FeedHealth, FeedState, Filing, Item, Order, Page, Row, Saved, Stats, StoreError, StoryId, Tally,
    Validators,
};
use open::Home;
pub use outline::Stretch;
use pool::Pool;
pub use ready::Ready;
pub use triage::{Change, Journal, Ruling, State, Verdict};

/// A store; clones are handles of the same one, and its threads end with the last of them.
#[derive(Clone)]
pub struct Store {
    pool: Arc<Pool>,
    new: bool,
    holder: Arc<str>,
}

impl Store {
    /// Opens the store in a file, which is made with its folder, for its owner only, when it is not there.
    ///
    /// Waits for no thread and reads a few pages only. A file of an older version is copied to `….before-vN` and
    /// brought up to date; one of a newer version, of another program or that cannot be written is refused in one
    /// sentence.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::at(Home::File(path.to_owned()))
    }

    /// Opens a store that lives in this process's memory and is gone with it: for `--demo` and for tests.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::at(Home::fresh_memory())
    }

    fn at(home: Home) -> Result<Self, StoreError> {
        let (connection, new) = open::writer(&home)?;
        let now = Timestamp::now();
        upkeep::wake(&connection, now).map_err(|error| failure::failed(home.path(), &error))?;
        let holder = holder::new(now);
        let path = home.path().to_owned();
        let pool = Pool::start(home, connection).map_err(|error| failure::unmakable(&path, &error))?;
        Ok(Self { pool: Arc::new(pool), new, holder: holder.into() })
    }

    /// Returns `true` if the file was made by this opening.
    pub fn is_new(&self) -> bool {
        self.new
    }

    /// Returns the file; a made-up name for a store in memory.
    pub fn path(&self) -> &Path {
        self.pool.home().path()
    }

    /// Returns what this process signs leases with.
    fn holder(&self) -> Arc<str> {
        Arc::clone(&self.holder)
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.pool.read(work).await
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.pool.write(work).await
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
