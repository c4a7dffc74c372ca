//! What the store holds of an article that comes in.

use rusqlite::{OptionalExtension, Params, Row, params};

use super::incoming::Incoming;
use crate::{article::page_of, store::sqlite::code::DAY};

/// For how long after its date an article of a file of before counts as one that was dropped, in seconds.
const FORMER_DROP_AGE: i64 = 30 * DAY;

/// What the store holds of the same article.
pub(super) struct Held {
    pub id: i64,
    /// The feed whose text is held; with a minus if it is that of a page.
    pub provider: i64,
    /// Bytes of the text.
    pub length: i64,
    /// Of the title and the text.
    pub digest: i64,
    /// Of the packed briefing.
    pub briefed: i64,
    pub date_guessed: bool,
    /// What this feed gave last time, if it ever gave the article.
    pub filed: Option<i64>,
}

/// The columns that it is read from; `?1` is the number of the feed.
const SELECT: &str = "SELECT a.id, a.provider, a.length, a.digest, a.briefed, a.date_guessed, f.digest
    FROM article a LEFT JOIN filing f ON f.feed = ?1 AND f.article = a.id WHERE ";

fn read(row: &Row<'_>) -> rusqlite::Result<Held> {
    Ok(Held {
        id: row.get(0)?,
        provider: row.get(1)?,
        length: row.get(2)?,
        digest: row.get(3)?,
        briefed: row.get(4)?,
        date_guessed: row.get(5)?,
        filed: row.get(6)?,
    })
}

impl Incoming<'_, '_> {
    /// Finds the same article: under the identity that its feed gives it, or as one that the feed gave before and now
    /// gives under another, or as one that a file of an older version has.
    pub(super) fn held(&self) -> rusqlite::Result<Option<Held>> {
        let named = self.one("a.identity = ?2", params![self.feed, self.identity])?;
        if named.is_some() {
            return Ok(named);
        }
        match self.given_before()? {
            Some(held) => Ok(Some(held)),
            None => self.former(),
        }
    }

    fn one(&self, condition: &str, values: impl Params) -> rusqlite::Result<Option<Held>> {
        self.transaction.prepare_cached(&format!("{SELECT}{condition}"))?.query_row(values, read).optional()
    }

    /// Finds what the feed gave before, to the letter and with the same link, under another identity.
    fn given_before(&self) -> rusqlite::Result<Option<Held>> {
        let condition = "f.digest = ?2 AND a.page IS ?3 AND a.identity BETWEEN '0' AND ':' LIMIT 1";
        self.one(condition, params![self.feed, self.ready.digest, self.ready.page_name])
    }

    /// Finds the row that an older version made of the article, and gives it the identity that it has now.
    ///
    /// Such a row may be of several articles and of several feeds. It goes to the one whose text or title it has; for
    /// the others it is as if it were not there.
    fn former(&self) -> rusqlite::Result<Option<Held>> {
        let condition = "a.identity = ?2 AND a.provider IN (?1, -?1) AND (f.digest = ?3 OR a.title = ?4)";
        let article = &self.ready.article;
        let values = params![self.feed, self.former_identity(), self.ready.digest, article.title];
        let Some(held) = self.one(condition, values)? else { return Ok(None) };
        let sql = "UPDATE article SET identity = ?, page = ?, advisory = ? WHERE id = ?";
        let values = params![self.identity, self.ready.page_name, self.ready.advisory(), held.id];
        self.transaction.prepare_cached(sql)?.execute(values)?;
        Ok(Some(held))
    }

    /// Returns the identity that older versions gave the article.
    fn former_identity(&self) -> String {
        let article = &self.ready.article;
        let own = article.identity.as_str();
        match article.url.as_deref().filter(|url| !url.trim().is_empty()) {
            _ if article.advisory.is_some() => own.to_owned(),
            Some(url) => format!("link:{}", page_of(url)),
            None if own.starts_with("guid:") => own.to_owned(),
            None => format!("title:{}", article.title.trim().to_lowercase()),
        }
    }

    /// Returns `true` if the article was here and has been dropped for its age.
    ///
    /// What an older version dropped is known without its feed; only an old article counts as that.
    pub(super) fn dropped(&self) -> rusqlite::Result<bool> {
        let mut dropped = self.transaction.prepare_cached("SELECT 1 FROM dropped WHERE identity = ?")?;
        if dropped.exists([&self.identity])? {
            return Ok(true);
        }
        let is_old = self.ready.article.published.as_second() < self.now - FORMER_DROP_AGE;
        Ok(is_old && dropped.exists([self.former_identity()])?)
    }
}
