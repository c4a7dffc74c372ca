//! The store in one SQLite file.
//!
//! One thread writes, two read on connections of their own, and all of them sleep until they are asked.

mod article_bitmap;
mod code;
mod failure;
mod feeds;
mod finding;
mod foreign;
mod fulltext;
mod index;
mod insight;
mod item;
mod lease;
mod list;
mod mark;
mod open;
mod outline;
mod pack;
mod pool;
mod prepared;
mod rescue;
mod row;
mod ruling;
mod save;
mod schema;
mod sql;
mod story;
mod triage_field;
mod unseen;
mod upkeep;

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicI64},
};

use jiff::Timestamp;
use rusqlite::Connection;

use super::StoreError;
use open::{Home, ReadOnlyFile};
use pool::Pool;
pub use prepared::PreparedArticle;
pub(super) use rescue::{Damaged, Found};

/// A handle of an open file; its threads end with the last of them.
#[derive(Clone)]
pub(super) struct Sqlite {
    pool: Arc<Pool>,
    new: bool,
    holder: Arc<str>,
    /// The version of the data that this process has seen.
    version: Arc<AtomicI64>,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        if path.is_file() && !open::is_writable(path) {
            return Self::read_only(path);
        }
        Self::at(Home::File(path.to_owned()))
    }

    pub(super) fn read_only(path: &Path) -> Result<Self, StoreError> {
        let home = Home::ReadOnly(ReadOnlyFile::new(path));
        let connection = open::read_only(&home)?;
        Self::start(home, connection, false)
    }

    pub(super) fn in_memory() -> Result<Self, StoreError> {
        Self::at(Home::fresh_memory())
    }

    fn at(home: Home) -> Result<Self, StoreError> {
        let (connection, new) = open::writer(&home)?;
        upkeep::wake(&connection, Timestamp::now()).map_err(|error| failure::failed(home.path(), &error))?;
        Self::start(home, connection, new)
    }

    fn start(home: Home, connection: Connection, new: bool) -> Result<Self, StoreError> {
        let version = connection.query_row("PRAGMA data_version", [], |row| row.get(0));
        let version = version.map_err(|error| failure::failed(home.path(), &error))?;
        let holder = lease::new(Timestamp::now());
        let path = home.path().to_owned();
        let pool = Pool::start(home, connection).map_err(|error| failure::unmakable(&path, &error))?;
        Ok(Self { pool: Arc::new(pool), new, holder: holder.into(), version: Arc::new(AtomicI64::new(version)) })
    }

    pub(super) const fn is_new(&self) -> bool {
        self.new
    }

    pub(super) fn is_read_only(&self) -> bool {
        self.pool.home().is_read_only()
    }

    pub(super) fn path(&self) -> &Path {
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

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sqlite").field("path", &self.path()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
