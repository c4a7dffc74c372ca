//! One article with all there is about it.

use rusqlite::{Connection, OptionalExtension};

use super::{Sqlite, code, pack, row};
use crate::{
    article::place_of,
    store::StoreError,
    text::refang,
    triage::{ArticleId, Item},
};

impl Sqlite {
    pub(in crate::store) async fn item(&self, id: ArticleId) -> Result<Option<Item>, StoreError> {
        self.read(move |connection| item(connection, id)).await
    }

    pub(in crate::store) async fn find(&self, reference: &str) -> Result<Option<ArticleId>, StoreError> {
        let reference = reference.trim().to_owned();
        self.read(move |connection| find(connection, &reference)).await
    }
}

fn item(connection: &Connection, id: ArticleId) -> rusqlite::Result<Option<Item>> {
    let sql = format!(
        "SELECT {}, b.document, b.briefing FROM article a JOIN body b ON b.article = a.id WHERE a.id = ?",
        row::columns()
    );
    let found = connection.prepare_cached(&sql)?.query_row([id.0], |sql_row| {
        let row = row::read(sql_row)?;
        let (mut article, briefing) = pack::read(sql_row)?;
        // The row keeps the first date, even where the publisher has since changed it.
        if article.published.as_second() != row.published.as_second() {
            article.published = row.published;
        }
        Ok(Item { row, article, briefing, copied: Vec::new() })
    });
    let Some(mut item) = found.optional()? else { return Ok(None) };
    item.copied = connection
        .prepare_cached("SELECT hunt, at FROM copied WHERE article = ? ORDER BY number")?
        .query_map([id.0], |row| Ok((row.get(0)?, code::time(row.get(1)?))))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(item))
}

fn find(connection: &Connection, reference: &str) -> rusqlite::Result<Option<ArticleId>> {
    let by_number = reference.trim_start_matches('#').parse::<i64>();
    if let Ok(number) = by_number {
        return one(connection, "SELECT id FROM article WHERE id = ?", number);
    }
    if let Some(id) = one(connection, "SELECT min(id) FROM article WHERE advisory = ?", reference.to_ascii_uppercase())?
    {
        return Ok(Some(id));
    }
    if reference.to_ascii_uppercase().starts_with("CVE-") {
        let kind = code::kind_number(crate::indicator::Kind::Cve);
        let sql =
            format!("SELECT max(article) FROM indicator WHERE kind = {kind} AND value = ? HAVING max(article) > 0");
        return one(connection, &sql, reference);
    }
    one(connection, "SELECT min(id) FROM article WHERE page = ?", place_of(&refang(reference)))
}

fn one(connection: &Connection, sql: &str, value: impl rusqlite::ToSql) -> rusqlite::Result<Option<ArticleId>> {
    connection
        .prepare_cached(sql)?
        .query_row([value], |row| row.get::<_, Option<i64>>(0))
        .optional()
        .map(|id| id.flatten().map(ArticleId))
}
