//! Opening: the file, its permissions, and how its connections are set.

mod read_only;

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

pub(super) use read_only::{ReadOnlyFile, is_writable};

use super::{failure, schema};
use crate::store::{StoreError, private_file, private_folder};

/// How long a connection waits for another process to be done.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Where a store lies.
#[derive(Clone, Debug)]
pub(super) enum Home {
    /// In a file.
    File(PathBuf),
    /// In a file that is only read.
    ReadOnly(ReadOnlyFile),
    /// In this process's memory, under a name.
    Memory(PathBuf),
}

impl Home {
    /// Returns a place in memory that no other store has.
    pub(super) fn fresh_memory() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self::Memory(format!("/huntdeck-{}", COUNT.fetch_add(1, Ordering::Relaxed)).into())
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Memory(path) => path,
            Self::ReadOnly(file) => &file.path,
        }
    }

    pub(super) const fn in_memory(&self) -> bool {
        matches!(self, Self::Memory(_))
    }

    pub(super) const fn is_read_only(&self) -> bool {
        matches!(self, Self::ReadOnly(_))
    }

    fn connect(&self, flags: OpenFlags) -> rusqlite::Result<Connection> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match self {
            Self::File(path) => Connection::open_with_flags(path, flags),
            Self::ReadOnly(file) => file.connect(),
            Self::Memory(path) => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_CREATE;
                Connection::open_with_flags(format!("file:{}?vfs=memdb", path.display()), flags)
            }
        }
    }
}

/// Opens the connection that writes, making and migrating the file; tells whether it was empty.
pub(super) fn writer(home: &Home) -> Result<(Connection, bool), StoreError> {
    let path = home.path();
    if let Home::File(path) = home {
        make_file(path)?;
    }
    let told = |error: rusqlite::Error| failure::unopenable(path, &error);
    let mut connection = home.connect(OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(told)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(told)?;
    if connection.is_readonly("main").map_err(told)? {
        let why = "it cannot be written; change its permissions, or name another file with --db".to_owned();
        return Err(StoreError::Unopenable { path: path.to_owned(), why });
    }
    let new = schema::migrate(&mut connection, path, home.in_memory())?;
    // What is saved refers to rows that were just made, so looking for each of them again would be lost time, and what
    // hangs on an article is removed with it in one go; `check` still asks for strays. The cache holds most pages of
    // the indexes that one transaction of a fetch writes to; twice as much would save a fortieth of its time.
    connection
        .execute_batch(
            "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -4096;
             PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216;",
        )
        .map_err(told)?;
    // Otherwise some statements are prepared anew whenever another value is bound to them.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(told)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok((connection, new))
}

/// Opens a connection to a file that is only read, in place of the one that writes.
pub(super) fn read_only(home: &Home) -> Result<Connection, StoreError> {
    let told = |error: rusqlite::Error| failure::unopenable(home.path(), &error);
    let connection = reader(home).map_err(told)?;
    schema::refuse_other_versions(&connection, home.path())?;
    Ok(connection)
}

/// Opens a connection that reads.
pub(super) fn reader(home: &Home) -> rusqlite::Result<Connection> {
    let flags = if home.in_memory() { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let connection = home.connect(flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -6144; PRAGMA temp_store = MEMORY;")?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Makes the file and its folder, for their owner only.
fn make_file(path: &Path) -> Result<(), StoreError> {
    let told = |error: std::io::Error| failure::unmakable(path, &error);
    if path.is_dir() {
        let why = "it is a folder; name a file with --db".to_owned();
        return Err(StoreError::Unopenable { path: path.to_owned(), why });
    }
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        private_folder(folder).map_err(told)?;
    }
    private_file(path).map(drop).map_err(told)
}
