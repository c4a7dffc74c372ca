//! The schema by its versions, and how a file is brought to the newest.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::{failure, story};
use crate::store::{StoreError, private_file};

/// What makes version n+1 of version n: the files of `migrations` in their order. Append only.
const MIGRATIONS: &[&str] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// The version from which on stories are gathered as articles come in.
const WITH_STORIES: i64 = 2;

/// The newest version that this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Marks the file as ours in its header: "hunt".
const APPLICATION_ID: i64 = 0x6875_6e74;

/// Brings the file to the newest schema; tells whether it was empty.
///
/// A file of an older version is copied to `….before-vN` first. A newer or a foreign one is refused and not touched.
pub(super) fn migrate(connection: &mut Connection, path: &Path, in_memory: bool) -> Result<bool, StoreError> {
    let told = |error: rusqlite::Error| failure::unopenable(path, &error);
    let before = version(connection).map_err(told)?;
    let new = bring(connection, path, in_memory, MIGRATIONS)?;
    if (1..WITH_STORIES).contains(&before) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        story::backfill(&transaction).and_then(|()| transaction.commit()).map_err(told)?;
    }
    Ok(new)
}

fn bring(connection: &mut Connection, path: &Path, in_memory: bool, migrations: &[&str]) -> Result<bool, StoreError> {
    let known = migrations.len() as i64;
    let told = |error: rusqlite::Error| failure::unopenable(path, &error);
    let version = version(connection).map_err(told)?;
    if version == known {
        return Ok(false);
    }
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    if version == 0 {
        refuse_foreign(connection, path)?;
    } else if !in_memory {
        copy(connection, path, known).map_err(told)?;
    }
    apply(connection, migrations).map_err(told)?;
    Ok(version == 0)
}

/// Refuses a file of a version that cannot be read as it is.
pub(super) fn refuse_other_versions(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found = version(connection).map_err(|error| failure::unopenable(path, &error))?;
    if found > KNOWN {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: KNOWN });
    }
    if found == KNOWN {
        return Ok(());
    }
    let why =
        "an older huntdeck wrote it and it cannot be written, so it cannot be brought up to date; copy it to where \
               it can be written, and name the copy with --db"
            .to_owned();
    Err(StoreError::Unopenable { path: path.to_owned(), why })
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
    let copy = PathBuf::from(name);
    // It holds what the database holds, so that nobody else may read it either.
    private_file(&copy).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    connection.backup("main", copy, None::<fn(rusqlite::backup::Progress)>)
}

/// Applies what is missing in one transaction; another process may have been quicker.
fn apply(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    if version(connection)? == 0 {
        // Both can only be set while the file is empty; WAL afterwards, because it writes the header.
        connection.execute_batch("PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL;")?;
    }
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    let known = migrations.len() as i64;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&transaction)?.clamp(0, known) as usize;
    for migration in &migrations[from..] {
        transaction.execute_batch(migration)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {known}; PRAGMA application_id = {APPLICATION_ID};"))?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rusqlite::Connection;

    use super::{MIGRATIONS, bring};

    /// Returns the migrations with one more.
    fn followed_by(next: &str) -> Vec<&str> {
        MIGRATIONS.iter().copied().chain([next]).collect()
    }

    #[test]
    fn a_file_of_an_older_version_is_copied_before_it_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("h.db");
        let mut connection = Connection::open(&path).unwrap();
        assert!(bring(&mut connection, &path, false, MIGRATIONS).unwrap());
        connection.execute("INSERT INTO meta VALUES ('visit', 'yesterday')", []).unwrap();

        let later = followed_by("CREATE TABLE later (x); INSERT INTO later SELECT value FROM meta");
        assert!(!bring(&mut connection, &path, false, &later).unwrap());
        #[cfg(unix)]
        {
            let copy = std::fs::metadata(folder.path().join("h.db.before-v8")).unwrap();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&copy.permissions()) & 0o777, 0o600);
        }
        let one = |connection: &Connection, sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
        assert_eq!(one(&connection, "SELECT x FROM later").unwrap(), "yesterday");
        let copy = Connection::open(folder.path().join("h.db.before-v8")).unwrap();
        assert_eq!(one(&copy, "SELECT value FROM meta").unwrap(), "yesterday");
        assert!(one(&copy, "SELECT x FROM later").is_err());
    }

    #[test]
    fn stories_are_gathered_in_a_file_that_is_older_than_they() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("h.db");
        let mut connection = Connection::open(&path).unwrap();
        bring(&mut connection, &path, false, &MIGRATIONS[..1]).unwrap();
        for (id, source) in [(1, "A"), (2, "B")] {
            let sql = "INSERT INTO article (id, identity, title, source, published, date_guessed, seen, severity, score,
                           indicators, techniques, hunts, kinds, phases, demo, tags, feeds, provider, length, digest, briefed)
                       VALUES (?1, ?2, 'A flaw', ?2, 1795000000, 0, 0, 0, 0, 0, 0, 0, 512, 0, 0, '', '', 1, 0, 0, 0)";
            connection.execute(sql, rusqlite::params![id, source]).unwrap();
            connection.execute("INSERT INTO indicator VALUES (9, 'CVE-2026-1111', ?, 0)", [id]).unwrap();
        }
        assert!(!super::migrate(&mut connection, &path, false).unwrap());
        let others = "SELECT min(others) FROM article WHERE story = 1";
        assert_eq!(connection.query_row(others, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }

    #[test]
    fn what_an_older_file_says_of_techniques_and_hunts_is_kept() {
        let mut connection = Connection::open_in_memory().unwrap();
        bring(&mut connection, Path::new(":memory:"), true, &MIGRATIONS[..4]).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let articles = [1_i64, 62, 63, 64, 127, 128, 100_000];
        for article in articles {
            connection.execute("INSERT INTO technique VALUES (1059001, ?)", [article]).unwrap();
            connection.execute("INSERT INTO hunt VALUES ('UC_' || (?1 % 2), ?1)", [article]).unwrap();
        }
        bring(&mut connection, Path::new(":memory:"), true, MIGRATIONS).unwrap();
        let held = |sql: &str| -> Vec<i64> {
            connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        assert_eq!(held("SELECT article FROM technique WHERE technique BETWEEN 1059000 AND 1059999"), articles);
        assert_eq!(held("SELECT article FROM hunt WHERE hunt = 'uc_1'"), [1, 63, 127]);
        assert_eq!(held("SELECT article FROM hunt WHERE hunt >= 'UC_0' AND hunt < 'UC_1'"), [62, 64, 128, 100_000]);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("h.db");
        let mut connection = Connection::open(&path).unwrap();
        bring(&mut connection, &path, false, MIGRATIONS).unwrap();
        let broken = followed_by("CREATE TABLE later (x); CREATE TABEL");
        assert!(bring(&mut connection, &path, false, &broken).is_err());
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'later'";
        assert_eq!(connection.query_row(tables, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        assert_eq!(super::version(&connection).unwrap(), super::KNOWN);
    }
}
