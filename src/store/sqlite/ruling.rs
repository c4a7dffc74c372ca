//! What analysts ruled of single values.

use rusqlite::{Connection, OptionalExtension, params};

use super::Sqlite;
use crate::{store::StoreError, triage::Ruling};

impl Sqlite {
    pub(in crate::store) async fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT value, allow, reason FROM ruling")?
                .query_map([], |row| Ok(Ruling { value: row.get(0)?, allow: row.get(1)?, reason: row.get(2)? }))?
                .collect()
        })
        .await
    }
}

/// Returns the ruling on a value.
pub(super) fn read(connection: &Connection, value: &str) -> rusqlite::Result<Option<(bool, String)>> {
    connection
        .prepare_cached("SELECT allow, reason FROM ruling WHERE value = ?")?
        .query_row([value], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Writes the ruling on a value, or takes it away; returns how many rows that touched.
pub(super) fn write(connection: &Connection, value: &str, ruling: Option<&(bool, String)>) -> rusqlite::Result<usize> {
    match ruling {
        Some((allow, reason)) => connection
            .prepare_cached("INSERT OR REPLACE INTO ruling (value, allow, reason) VALUES (?, ?, ?)")?
            .execute(params![value, allow, reason]),
        None => connection.prepare_cached("DELETE FROM ruling WHERE value = ?")?.execute([value]),
    }
}
