//! The schema by its versions, and how a file is brought to the newest.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, failure};

/// What makes version n+1 of version n. Append only.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/001.sql")];

/// The newest version that this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Marks the file as ours in its header: "hunt".
const APPLICATION_ID: i64 = 0x6875_6e74;

/// Brings the file to the newest schema; tells whether it was empty.
///
/// A file of an older version is copied to `….before-vN` first. A newer or a foreign one is refused and not touched.
pub(super) fn migrate(connection: &mut Connection, path: &Path, in_memory: bool) -> Result<bool, StoreError> {
    let told = |error: rusqlite::Error| failure::unopenable(path, &error);
    let version = version(connection).map_err(told)?;
    if version == KNOWN {
        return Ok(false);
    }
    if version > KNOWN {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: KNOWN });
    }
    if version == 0 {
        refuse_foreign(connection, path)?;
    } else if !in_memory {
        copy(connection, path, KNOWN).map_err(told)?;
    }
    apply(connection).map_err(told)?;
    Ok(version == 0)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Refuses a database that another program has made.
fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let told = |error: rusqlite::Error| failure::unopenable(path, &error);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(told)?;
    if tables == 0 {
        return Ok(());
    }
    let why = "it is the database of another program; name another file with --db".to_owned();
    Err(StoreError::Unopenable { path: path.to_owned(), why })
}

/// Copies the file beside itself before it is changed.
fn copy(connection: &Connection, path: &Path, to_version: i64) -> rusqlite::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-v{to_version}"));
    connection.backup("main", PathBuf::from(name), None::<fn(rusqlite::backup::Progress)>)
}

/// Applies what is missing in one transaction; another process may have been quicker.
fn apply(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? == 0 {
        // Both can only be set while the file is empty; WAL afterwards, because it writes the header.
        connection.execute_batch("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL;")?;
    }
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?.clamp(0, KNOWN) as usize;
    for migration in &MIGRATIONS[from..] {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {KNOWN}; PRAGMA application_id = {APPLICATION_ID};"))?;
    transaction.commit()
}
