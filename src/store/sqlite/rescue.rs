//! Reading a damaged file article by article, so that what is whole can be told from what is lost.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::{Sqlite, code, failure, open, pack, row, ruling};
use crate::{
    article::{Article, Document, Identity},
    briefing::Briefing,
    store::StoreError,
    triage::{Item, Ruling},
};

/// A damaged file, open to be read.
pub(in crate::store) struct Damaged {
    connection: Connection,
    /// The greatest number that an article may have.
    pub(in crate::store) last: i64,
}

/// What could be read of one article.
pub(in crate::store) enum Found {
    /// There is none of that number.
    Nothing,
    /// Everything.
    Whole(Box<Item>),
    /// What the list shows and what the analyst decided; its text is lost.
    WithoutText(Box<Item>),
    /// Nothing, because the file is damaged there.
    Lost,
}

impl Damaged {
    /// Opens a file for reading; fails if not even the numbers of its articles can be read.
    pub(in crate::store) fn open(path: &Path) -> Result<Self, StoreError> {
        let home = open::Home::ReadOnly(open::ReadOnlyFile::new(path));
        let connection = open::read_only(&home)?;
        let last = last_number(&connection).map_err(|error| failure::failed(path, &error))?;
        Ok(Self { connection, last })
    }

    /// Reads an article by its number.
    pub(in crate::store) fn read(&self, id: i64) -> Found {
        let row = match self.row(id) {
            Ok(Some(row)) => row,
            Ok(None) => return Found::Nothing,
            Err(_) => return Found::Lost,
        };
        // What else was lost is less than the article.
        let copied = self.copied(id).unwrap_or_default();
        if let Ok((article, briefing)) = pack::held(&self.connection, id) {
            return Found::Whole(Box::new(Item { row, article, briefing, copied }));
        }
        let (article, briefing) = self.without_text(&row, id);
        Found::WithoutText(Box::new(Item { row, article, briefing, copied }))
    }

    /// Returns what analysts ruled of values; nothing where that cannot be read.
    pub(in crate::store) fn rulings(&self) -> Vec<Ruling> {
        let read = || {
            let mut rulings = self.connection.prepare("SELECT value, allow, reason FROM ruling")?;
            let found = rulings
                .query_map([], |row| Ok(Ruling { value: row.get(0)?, allow: row.get(1)?, reason: row.get(2)? }))?;
            found.collect::<rusqlite::Result<_>>()
        };
        read().unwrap_or_default()
    }

    fn row(&self, id: i64) -> rusqlite::Result<Option<crate::triage::Row>> {
        let sql = format!("SELECT {} FROM article a WHERE a.id = ?", row::columns());
        self.connection.prepare_cached(&sql)?.query_row([id], row::read).optional()
    }

    fn copied(&self, id: i64) -> rusqlite::Result<Vec<(String, jiff::Timestamp)>> {
        let mut copied =
            self.connection.prepare_cached("SELECT hunt, at FROM copied WHERE article = ? ORDER BY number")?;
        copied.query_map([id], |row| Ok((row.get(0)?, code::time(row.get(1)?))))?.collect()
    }

    /// Makes an article of what the list shows of it.
    fn without_text(&self, row: &crate::triage::Row, id: i64) -> (Article, Briefing) {
        let sql = "SELECT identity FROM article WHERE id = ?";
        let identity = self.connection.query_row(sql, [id], |row| row.get(0)).unwrap_or_else(|_| format!("lost:{id}"));
        let article = Article {
            identity: Identity::from_stored(identity),
            title: row.title.clone(),
            source: row.source.clone(),
            url: row.url.clone(),
            published: row.published,
            date_guessed: row.date_guessed,
            author: None,
            categories: Vec::new(),
            document: Document::default(),
            advisory: None,
        };
        let (severity, score, tags) = (row.severity, row.score, row.tags.clone());
        (article, Briefing { severity, score, tags, ..Briefing::default() })
    }
}

impl Sqlite {
    pub(in crate::store) async fn keep_rulings(&self, rulings: Vec<Ruling>) -> Result<(), StoreError> {
        self.write(move |connection| {
            for Ruling { value, allow, reason } in rulings {
                ruling::write(connection, &value, Some(&(allow, reason)))?;
            }
            Ok(())
        })
        .await
    }
}

/// Returns the greatest number of an article, from wherever it can still be read.
fn last_number(connection: &Connection) -> rusqlite::Result<i64> {
    let places = [
        "SELECT seq FROM sqlite_sequence WHERE name = 'article'",
        "SELECT max(id) FROM article",
        "SELECT max(id) FROM article INDEXED BY by_date",
        "SELECT max(article) FROM body",
    ];
    let read = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
    let mut failure = None;
    for place in places {
        match read(place) {
            Ok(last) => return Ok(last.unwrap_or_default()),
            Err(rusqlite::Error::QueryReturnedNoRows) => return Ok(0),
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(0), Err)
}
