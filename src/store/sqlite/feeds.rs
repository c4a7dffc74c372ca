//! How the feeds fare, and who fetches which at present.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Sqlite, code, lease};
use crate::{
    source::{Health, Validators},
    store::StoreError,
    text::one_line,
};

/// The longest lease, in seconds: one that ends later was written by a clock that was wrong.
const MAX_LEASE: i64 = 24 * 3_600;

impl Sqlite {
    pub(in crate::store) async fn feeds(&self) -> Result<Vec<Health>, StoreError> {
        self.read(feeds).await
    }

    pub(in crate::store) async fn arrived_since(&self, feed: &str, time: Timestamp) -> Result<u64, StoreError> {
        let feed = feed.to_owned();
        self.read(move |connection| {
            let Some(feed) = known_number(connection, &feed)? else { return Ok(0) };
            let sql = "SELECT count(*) FROM article WHERE seen >= ? AND provider IN (?2, -?2)";
            connection.prepare_cached(sql)?.query_row([time.as_second(), feed], |row| row.get::<_, i64>(0))
        })
        .await
        .map(i64::unsigned_abs)
    }

    pub(in crate::store) async fn feed_done(&self, health: Health) -> Result<(), StoreError> {
        let holder = self.holder();
        self.write(move |connection| feed_done(connection, &health, &holder)).await
    }

    pub(in crate::store) async fn forget_feed(&self, name: &str) -> Result<(), StoreError> {
        let name = one_line(name);
        self.write(move |connection| {
            let sql = "UPDATE feed SET listed = 0, url = '', state = 'waiting', http_status = NULL, error = '',
                           remark = '', failing_since = NULL, failures = 0, asked = NULL, good = NULL, due = NULL,
                           etag = NULL, last_modified = NULL, lease = NULL, leased_until = NULL WHERE name = ?";
            connection.prepare_cached(sql)?.execute([name]).map(drop)
        })
        .await
    }

    pub(in crate::store) async fn lease(&self, name: &str, now: Timestamp, time: Duration) -> Result<bool, StoreError> {
        let (name, holder) = (name.to_owned(), self.holder());
        let until = now.as_second().saturating_add(time.as_secs() as i64);
        self.write(move |connection| {
            let feed = number(connection, &name)?;
            let sql = "UPDATE feed SET lease = ?1, leased_until = ?2
                       WHERE id = ?3 AND (lease IS NULL OR lease = ?1 OR leased_until NOT BETWEEN ?4 + 1 AND ?4 + ?5)";
            let mut take = connection.prepare_cached(sql)?;
            if take.execute(params![holder, until, feed, now.as_second(), MAX_LEASE])? == 1 {
                return Ok(true);
            }
            give_up_for_the_gone(connection, feed)?;
            Ok(take.execute(params![holder, until, feed, now.as_second(), MAX_LEASE])? == 1)
        })
        .await
    }
}

/// Returns the number of a feed; `None` if nothing is known of it yet.
pub(super) fn known_number(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id FROM feed WHERE name = ?";
    connection.prepare_cached(sql)?.query_row([one_line(name)], |row| row.get(0)).optional()
}

/// Returns the number of a feed, which is made when it is new.
pub(super) fn number(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let name = one_line(name);
    if let Some(id) = known_number(connection, &name)? {
        return Ok(id);
    }
    connection.prepare_cached("INSERT INTO feed (name) VALUES (?)")?.execute([&name])?;
    Ok(connection.last_insert_rowid())
}

/// Ends the lease of a process that is no more.
fn give_up_for_the_gone(connection: &Connection, feed: i64) -> rusqlite::Result<()> {
    let held = "SELECT lease FROM feed WHERE id = ? AND lease IS NOT NULL";
    let held: Option<String> = connection.prepare_cached(held)?.query_row([feed], |row| row.get(0)).optional()?;
    if let Some(held) = held.filter(|held| lease::is_gone(held)) {
        let sql = "UPDATE feed SET lease = NULL, leased_until = NULL WHERE id = ? AND lease = ?";
        connection.prepare_cached(sql)?.execute(params![feed, held])?;
    }
    Ok(())
}

fn feeds(connection: &Connection) -> rusqlite::Result<Vec<Health>> {
    let sql = "SELECT name, url, state, http_status, error, remark, failing_since, failures, asked, good, due, etag,
                   last_modified, articles, patience
               FROM feed WHERE listed = 1 ORDER BY name";
    connection.prepare_cached(sql)?.query_map([], health)?.collect()
}

fn health(row: &Row<'_>) -> rusqlite::Result<Health> {
    let time = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.map(code::time));
    Ok(Health {
        name: row.get(0)?,
        url: row.get(1)?,
        state: code::feed_state(row.get_ref(2)?.as_str()?),
        http_status: row.get(3)?,
        error: row.get(4)?,
        remark: row.get(5)?,
        failing_since: time(6)?,
        failures: row.get(7)?,
        asked: time(8)?,
        good: time(9)?,
        due: time(10)?,
        validators: Validators { etag: row.get(11)?, last_modified: row.get(12)? },
        articles: row.get::<_, i64>(13)? as u64,
        patience: row.get::<_, Option<i64>>(14)?.map(|seconds| Duration::from_secs(seconds.unsigned_abs())),
    })
}

fn feed_done(connection: &Connection, health: &Health, holder: &str) -> rusqlite::Result<()> {
    let feed = number(connection, &health.name)?;
    let seconds = |time: Option<Timestamp>| time.map(Timestamp::as_second);
    let sql = "UPDATE feed SET listed = 1, url = ?, state = ?, http_status = ?, error = ?, remark = ?,
                   failing_since = ?, failures = ?, asked = ?, good = ?, due = ?, etag = ?, last_modified = ?,
                   patience = ?
               WHERE id = ?";
    connection.prepare_cached(sql)?.execute(params![
        health.url,
        health.state.name(),
        health.http_status,
        health.error,
        health.remark,
        seconds(health.failing_since),
        health.failures,
        seconds(health.asked),
        seconds(health.good),
        seconds(health.due),
        health.validators.etag,
        health.validators.last_modified,
        health.patience.map(|patience| patience.as_secs() as i64),
        feed,
    ])?;
    let sql = "UPDATE feed SET lease = NULL, leased_until = NULL WHERE id = ? AND lease = ?";
    connection.prepare_cached(sql)?.execute(params![feed, holder])?;
    Ok(())
}
