//! Marking, and the journal that takes every mark back, also after a restart.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Sqlite, code,
    triage_field::{self, TriageField},
};
use crate::{
    store::StoreError,
    triage::{ArticleId, Change, Journal},
};

impl Sqlite {
    pub(in crate::store) async fn mark(
        &self,
        articles: Vec<ArticleId>,
        change: Change,
        at: Timestamp,
    ) -> Result<Option<Journal>, StoreError> {
        self.write(move |connection| mark(connection, &articles, &change, at.as_second())).await
    }

    pub(in crate::store) async fn undo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        self.write(move |connection| step(connection, Step::Undo, at.as_second())).await
    }

    pub(in crate::store) async fn redo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        self.write(move |connection| step(connection, Step::Redo, at.as_second())).await
    }

    pub(in crate::store) async fn history(&self, limit: usize) -> Result<Vec<Journal>, StoreError> {
        self.read(move |connection| history(connection, limit)).await
    }
}

fn mark(
    connection: &mut Connection,
    articles: &[ArticleId],
    change: &Change,
    at: i64,
) -> rusqlite::Result<Option<Journal>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut touched = Vec::new();
    for article in articles {
        if let Some((was, became)) = triage_field::touched(&transaction, article.0, change)? {
            touched.push((article.0, was, became));
        }
    }
    if touched.is_empty() {
        return Ok(None);
    }
    if change.is_decision() {
        let sql = "DELETE FROM journal_article WHERE number IN (SELECT number FROM journal WHERE undone = 1)";
        transaction.prepare_cached(sql)?.execute([])?;
        transaction.prepare_cached("DELETE FROM journal WHERE undone = 1")?.execute([])?;
    }
    let sql = "INSERT INTO journal (at, change) VALUES (?, ?)";
    transaction.prepare_cached(sql)?.execute(params![at, json(change)?])?;
    let number = transaction.last_insert_rowid();
    for (id, was, became) in touched {
        // An article that was named twice is written down once.
        let sql = "INSERT OR IGNORE INTO journal_article (number, article, was, became) VALUES (?, ?, ?, ?)";
        transaction.prepare_cached(sql)?.execute(params![number, id, json(&was)?, json(&became)?])?;
        became.write(&transaction, id, number, at)?;
    }
    let journal = read_line(&transaction, number)?;
    transaction.commit()?;
    Ok(journal)
}

#[derive(Clone, Copy)]
enum Step {
    Undo,
    Redo,
}

fn step(connection: &mut Connection, step: Step, at: i64) -> rusqlite::Result<Option<Journal>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let one = |sql: &str| transaction.prepare_cached(sql)?.query_row([], |row| row.get::<_, Option<i64>>(0));
    let (number, column, undone) = match step {
        Step::Undo => (last_decision(&transaction)?, "was", true),
        Step::Redo => (one("SELECT min(number) FROM journal WHERE undone = 1")?, "became", false),
    };
    let Some(number) = number else { return Ok(None) };
    restore(&transaction, number, column, at)?;
    transaction.prepare_cached("UPDATE journal SET undone = ? WHERE number = ?")?.execute(params![undone, number])?;
    let journal = read_line(&transaction, number)?;
    transaction.commit()?;
    Ok(journal)
}

/// Finds the last line of the journal that still stands and was decided.
fn last_decision(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT number, change FROM journal WHERE undone = 0 ORDER BY number DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut lines = statement.query([])?;
    while let Some(line) = lines.next()? {
        if from_json::<Change>(&line.get::<_, String>(1)?)?.is_decision() {
            return line.get(0).map(Some);
        }
    }
    Ok(None)
}

/// Writes the images of one line of the journal back to its articles.
fn restore(transaction: &Transaction<'_>, number: i64, column: &str, at: i64) -> rusqlite::Result<()> {
    let sql = format!("SELECT article, {column} FROM journal_article WHERE number = ?");
    let images: Vec<(i64, String)> = transaction
        .prepare_cached(&sql)?
        .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, image) in images {
        from_json::<TriageField>(&image)?.write(transaction, id, number, at)?;
    }
    Ok(())
}

fn history(connection: &Connection, limit: usize) -> rusqlite::Result<Vec<Journal>> {
    let numbers: Vec<i64> = connection
        .prepare_cached("SELECT number FROM journal ORDER BY number DESC LIMIT ?")?
        .query_map([limit as i64], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let lines = numbers.into_iter().map(|number| read_line(connection, number));
    lines.filter_map(Result::transpose).collect()
}

fn read_line(connection: &Connection, number: i64) -> rusqlite::Result<Option<Journal>> {
    let line: Option<(i64, String, bool)> = connection
        .prepare_cached("SELECT at, change, undone FROM journal WHERE number = ?")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((at, change, undone)) = line else { return Ok(None) };
    let articles = connection
        .prepare_cached("SELECT article FROM journal_article WHERE number = ?")?
        .query_map([number], |row| row.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(Journal { number, at: code::time(at), change: from_json(&change)?, articles, undone }))
}

fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn from_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    let told = |error: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    };
    serde_json::from_str(text).map_err(told)
}
