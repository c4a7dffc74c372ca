//! Stories: each article that comes in is filed under its keys, and joins the articles that tell of the same thing.
//!
//! Only articles that share a rare key and were published near to one another are compared; see `briefing::story` for
//! the judging. The number of a story is that of one of its first articles and means nothing else.

use std::sync::LazyLock;

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{Sqlite, code::DAY, prepared::PreparedArticle, row};
use crate::{
    article::Article,
    briefing::{
        Listing,
        story::{Side, Trace},
    },
};
use crate::{
    store::StoreError,
    triage::{ArticleId, Row},
};

mod listed;
mod near;

use near::StoryCandidate;

/// How many articles a story has at the most: a hostile feed must not make each save slower than the one before.
const MAX_STORY_ARTICLES: i64 = 300;

impl Sqlite {
    pub(in crate::store) async fn story(&self, id: ArticleId) -> Result<Vec<Row>, StoreError> {
        self.read(move |connection| others(connection, id)).await
    }
}

fn others(connection: &Connection, id: ArticleId) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT {} FROM article a WHERE a.story = (SELECT story FROM article WHERE id = ?1) AND a.id <> ?1
         ORDER BY a.published, a.id",
        row::columns()
    );
    connection.prepare_cached(&sql)?.query_map([id.0], row::read)?.collect()
}

/// Files an article that was saved under its keys, joins it to its story, and raises news that the KEV catalogue lists.
///
/// Returns the other articles of which something changed by that.
pub(super) fn place(connection: &Connection, id: i64, ready: &PreparedArticle, now: i64) -> rusqlite::Result<Vec<i64>> {
    let (article, trace) = (&ready.article, &ready.trace);
    let published = article.published.as_second();
    let listing = Listing::of(article);
    let mut touched = join(connection, id, trace, &side(article, trace), listing.is_some())?;
    file(connection, id, published, trace)?;
    match &listing {
        Some(listing) => touched.extend(listed::raise_all(connection, trace, published, listing, now)?),
        None if article.advisory.is_none() => listed::raise_one(connection, id, trace, published)?,
        None => {}
    }
    Ok(touched)
}

fn side<'a>(article: &'a Article, trace: &'a Trace) -> Side<'a> {
    Side {
        headline: &trace.headline,
        source: &article.source,
        published: article.published,
        catalogue: article.advisory.as_ref().map(|advisory| advisory.catalogue),
        names_cves: trace.names_cves,
    }
}

/// Files an article under its keys, in one statement.
pub(super) fn file(connection: &Connection, id: i64, published: i64, trace: &Trace) -> rusqlite::Result<()> {
    static SQL: LazyLock<Vec<String>> = LazyLock::new(|| {
        let rows = (1..=Trace::MOST_KEYS).map(|keys| vec!["(?, ?, ?)"; keys].join(", "));
        rows.map(|rows| format!("INSERT OR IGNORE INTO story_key (key, published, article) VALUES {rows}")).collect()
    });
    let keys = &trace.keys[..trace.keys.len().min(Trace::MOST_KEYS)];
    let Some(sql) = keys.len().checked_sub(1).map(|at| &SQL[at]) else { return Ok(()) };
    let values = keys.iter().flat_map(|key| [key.number(), published, id]);
    connection.prepare_cached(sql)?.execute(params_from_iter(values)).map(drop)
}

/// Joins an article with those that tell of the same thing; returns the others of which something changed.
pub(super) fn join(
    connection: &Connection,
    id: i64,
    trace: &Trace,
    side: &Side<'_>,
    every: bool,
) -> rusqlite::Result<Vec<i64>> {
    let mut together = Vec::new();
    for near in near::find(connection, id, trace, side, every)? {
        if near.is_told_by(connection, side, MAX_STORY_ARTICLES)? {
            together.push(near);
        }
    }
    if together.is_empty() { Ok(Vec::new()) } else { unite(connection, id, &together) }
}

/// Returns articles one story, that of the lowest number among theirs.
fn unite(connection: &Connection, id: i64, together: &[StoryCandidate]) -> rusqlite::Result<Vec<i64>> {
    let own: Option<i64> =
        connection.prepare_cached("SELECT story FROM article WHERE id = ?")?.query_row([id], |row| row.get(0))?;
    let stories = || together.iter().filter_map(|near| near.story).chain(own);
    let ids = || together.iter().map(|near| near.id).chain([id]);
    let story = stories().chain(ids()).min().unwrap_or(id);
    let mut other: Vec<i64> = stories().filter(|other| *other != story).collect();
    other.sort_unstable();
    other.dedup();
    for other in other {
        connection.prepare_cached("UPDATE article SET story = ? WHERE story = ?")?.execute([story, other])?;
    }
    let mut set = connection.prepare_cached("UPDATE article SET story = ?1 WHERE id = ?2 AND story IS NOT ?1")?;
    for id in ids() {
        set.execute([story, id])?;
    }
    let mut touched = recount(connection, story)?;
    touched.extend(together.iter().map(|near| near.id));
    touched.retain(|other| *other != id);
    Ok(touched)
}

/// Counts the sources of a story anew; returns the articles whose count changed. A story of one is none.
fn recount(connection: &Connection, story: i64) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT count(*), count(DISTINCT source) FROM article WHERE story = ?";
    let (articles, sources): (i64, i64) =
        connection.prepare_cached(sql)?.query_row([story], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if articles < 2 {
        connection.prepare_cached("UPDATE article SET story = NULL, others = 0 WHERE story = ?")?.execute([story])?;
        return Ok(Vec::new());
    }
    let sql = "UPDATE article SET others = ?1 WHERE story = ?2 AND others <> ?1 RETURNING id";
    connection.prepare_cached(sql)?.query_map([sources - 1, story], |row| row.get(0))?.collect()
}

/// Takes out of the index what is about to be removed (its numbers are in `temp.doomed`); returns the stories it was
/// in.
pub(super) fn leave(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    connection.execute("DELETE FROM story_key WHERE article IN (SELECT id FROM temp.doomed)", [])?;
    let sql = "SELECT DISTINCT story FROM article WHERE story IS NOT NULL AND id IN (SELECT id FROM temp.doomed)";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Counts stories anew that lost articles.
pub(super) fn shrink(connection: &Connection, stories: &[i64]) -> rusqlite::Result<()> {
    stories.iter().try_for_each(|story| recount(connection, *story).map(drop))
}

/// Drops the keys of articles that are older than anything new could belong to.
pub(super) fn tidy(connection: &Connection, now: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM story_key WHERE published < ?", [now - 120 * DAY]).map(drop)
}

/// Gathers the stories of a file that was made before there were any: of its last month.
pub(super) fn backfill(connection: &Connection) -> rusqlite::Result<()> {
    let newest: Option<i64> =
        connection.query_row("SELECT max(published) FROM article", [], |row| row.get(0)).optional()?.flatten();
    let Some(newest) = newest else { return Ok(()) };
    let ids: Vec<i64> = connection
        .prepare("SELECT id FROM article WHERE published >= ? ORDER BY published, id")?
        .query_map([newest - 31 * DAY], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    // Which has no index by article.
    connection.execute_batch("CREATE INDEX backfill ON indicator (article)")?;
    for id in ids {
        let near = StoryCandidate::read(connection, id)?;
        let cves = near.cves(connection)?;
        let trace = Trace::of_title(&near.title, &cves, near.catalogue.is_some());
        let side = Side { headline: &trace.headline, ..near.side(&trace.headline) };
        join(connection, id, &trace, &side, false)?;
        file(connection, id, near.published.as_second(), &trace)?;
    }
    connection.execute_batch("DROP INDEX backfill")
}
