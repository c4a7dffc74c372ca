//! Upkeep: what is woken, dropped, tidied and checked, and the small values that outlive a run.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{
    Sqlite,
    code::{self, DAY},
    finding, schema, story,
};
use crate::{
    store::{Stats, StoreError, Upkeep},
    triage::{ArticleId, State},
};

impl Sqlite {
    pub(in crate::store) async fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let pair = [key.to_owned(), value.to_owned()];
        let sql = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)";
        self.write(move |connection| connection.prepare_cached(sql)?.execute(pair).map(drop)).await
    }

    pub(in crate::store) async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let key = key.to_owned();
        let sql = "SELECT value FROM meta WHERE key = ?";
        self.read(move |connection| connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()).await
    }

    pub(in crate::store) async fn wake(&self, now: Timestamp) -> Result<Vec<ArticleId>, StoreError> {
        self.write(move |connection| wake(connection, now)).await
    }

    pub(in crate::store) async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT min(snoozed_until) FROM article WHERE snoozed_until IS NOT NULL";
        self.read(move |connection| {
            let next: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(next.map(code::time))
        })
        .await
    }

    pub(in crate::store) async fn purge_demo(&self) -> Result<u64, StoreError> {
        self.write(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let removed = remove(&transaction, "SELECT id FROM article WHERE demo = 1", &[])?;
            transaction.commit()?;
            Ok(removed)
        })
        .await
    }

    pub(in crate::store) async fn upkeep(&self, keep: Duration, now: Timestamp) -> Result<Upkeep, StoreError> {
        self.write(move |connection| upkeep(connection, keep, now)).await
    }

    pub(in crate::store) async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(check).await
    }

    pub(in crate::store) async fn stats(&self) -> Result<Stats, StoreError> {
        self.read(stats).await
    }
}

/// Makes snoozed articles new whose time has come.
pub(super) fn wake(connection: &Connection, now: Timestamp) -> rusqlite::Result<Vec<ArticleId>> {
    mend_snoozes(connection, now.as_second())?;
    // Mostly nothing is due, and then nothing is written.
    let due = "SELECT id FROM article WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?";
    let ids: Vec<ArticleId> = connection
        .prepare_cached(due)?
        .query_map([now.as_second()], |row| row.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    if !ids.is_empty() {
        let sql = "UPDATE article SET state = ?, snoozed_until = NULL
                   WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?";
        connection.prepare_cached(sql)?.execute([code::state_number(State::New), now.as_second()])?;
    }
    Ok(ids)
}

/// Brings snoozes back within a day that were made while the clock was ahead: the article was touched in what is now the
/// future.
fn mend_snoozes(connection: &Connection, now: i64) -> rusqlite::Result<()> {
    let ahead = "snoozed_until > ?1 AND touched > ?1";
    let limit = now + DAY;
    let any = format!("SELECT 1 FROM article WHERE snoozed_until IS NOT NULL AND {ahead}");
    if connection.prepare_cached(&any)?.exists([limit])? {
        let sql = format!("UPDATE article SET snoozed_until = ?1 WHERE snoozed_until IS NOT NULL AND {ahead}");
        connection.prepare_cached(&sql)?.execute([limit])?;
    }
    Ok(())
}

/// Removes the articles that a SELECT gives, with everything that hangs on them.
fn remove(connection: &Transaction<'_>, chosen: &str, values: &[i64]) -> rusqlite::Result<u64> {
    let values = rusqlite::params_from_iter(values.iter());
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY)", [])?;
    connection.execute("DELETE FROM temp.doomed", [])?;
    if connection.execute(&format!("INSERT INTO temp.doomed {chosen}"), values)? == 0 {
        return Ok(0);
    }
    let stories = story::leave(connection)?;
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM temp.doomed")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        finding::forget(connection, id)?;
    }
    let mut removed = 0;
    for holder in HOLDERS {
        removed = connection.execute(&format!("DELETE FROM {holder} IN (SELECT id FROM temp.doomed)"), [])?;
    }
    // A line of the journal that is about nothing any more would make `undo` do nothing.
    connection.execute("DELETE FROM journal WHERE number NOT IN (SELECT number FROM journal_article)", [])?;
    story::shrink(connection, &stories)?;
    Ok(removed as u64)
}

/// Where else articles stand, beside what [`finding::forget`] takes out.
const HOLDERS: [&str; 7] = [
    "search WHERE rowid",
    // Those that the analyst gave.
    "tag WHERE article",
    "filing WHERE article",
    "copied WHERE article",
    "journal_article WHERE article",
    "body WHERE article",
    "article WHERE id",
];

/// Articles that may go: old, and nobody did anything to them.
const UNTOUCHED: &str = "FROM article a WHERE a.published < ?1 AND a.seen < ?1 AND a.state IN (0, 1) AND a.starred = 0
    AND a.owner = '' AND a.note = '' AND a.own_tags = '' AND a.id NOT IN (SELECT article FROM copied)";

fn upkeep(connection: &mut Connection, keep: Duration, now: Timestamp) -> rusqlite::Result<Upkeep> {
    let bytes_before = size(connection)?;
    let mut dropped = 0;
    if !keep.is_zero() {
        let limit = now.as_second().saturating_sub(i64::try_from(keep.as_secs()).unwrap_or(i64::MAX));
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let remember = format!("INSERT OR IGNORE INTO dropped SELECT identity {UNTOUCHED}");
        transaction.execute(&remember, [limit])?;
        dropped = remove(&transaction, &format!("SELECT id {UNTOUCHED}"), &[limit])?;
        transaction.commit()?;
    }
    story::tidy(connection, now.as_second())?;
    // Merges a bounded part of the full-text index, so that nobody waits long behind it.
    connection.execute("INSERT INTO search (search, rank) VALUES ('merge', 500)", [])?;
    connection.execute_batch("PRAGMA optimize;")?;
    // Each step of the statement frees one page.
    let mut vacuum = connection.prepare("PRAGMA incremental_vacuum(4096)")?;
    let mut pages = vacuum.query([])?;
    while pages.next()?.is_some() {}
    drop(pages);
    drop(vacuum);
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(Upkeep { dropped, bytes_before, bytes_after: size(connection)? })
}

/// Returns the size of the database in bytes.
fn size(connection: &Connection) -> rusqlite::Result<u64> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    Ok(number("PRAGMA page_count")?.unsigned_abs() * number("PRAGMA page_size")?.unsigned_abs())
}

fn check(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut faults: Vec<String> = connection
        .prepare("PRAGMA integrity_check(20)")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    faults.retain(|line| line != "ok");
    let mut strays: Vec<String> = connection
        .prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for (view, table) in [("technique", "technique_block"), ("hunt", "hunt_block")] {
        // A set of bits cannot refer to rows.
        let sql = format!("SELECT 1 FROM {view} WHERE article NOT IN (SELECT id FROM article)");
        if connection.prepare(&sql)?.exists([])? {
            strays.push(table.to_owned());
        }
    }
    faults.extend(strays.into_iter().map(|table| format!("table {table} has rows about articles that are not there")));
    let bodiless: i64 =
        connection.query_row("SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM body)", [], |row| {
            row.get(0)
        })?;
    if bodiless > 0 {
        faults.push(format!("{bodiless} articles have no text"));
    }
    Ok(faults)
}

fn stats(connection: &Connection) -> rusqlite::Result<Stats> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let time = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
    Ok(Stats {
        articles: number("SELECT count(*) FROM article")? as u64,
        demo: number("SELECT count(*) FROM article WHERE demo = 1")? as u64,
        indicators: number("SELECT count(*) FROM indicator")? as u64,
        changes: number("SELECT count(*) FROM journal")? as u64,
        bytes: size(connection)?,
        free_bytes: (number("PRAGMA freelist_count")? * number("PRAGMA page_size")?) as u64,
        oldest: time("SELECT min(published) FROM article")?.map(code::time),
        newest: time("SELECT max(published) FROM article")?.map(code::time),
        schema: schema::KNOWN,
    })
}
