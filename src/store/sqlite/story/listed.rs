//! News that the KEV catalogue lists is raised in place: severity, score and tags; triage stays.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    article::Article,
    briefing::{
        Listing,
        story::{ADVISORY_DAYS, Trace},
    },
    store::sqlite::{
        code::{self, DAY},
        pack,
        save::{Gist, if_judged},
    },
    text::one_line,
};

/// How many articles one entry of the catalogue raises.
const MAX_RAISED: i64 = 300;

const WINDOW: i64 = ADVISORY_DAYS * DAY;

/// Raises the news about a vulnerability that was just listed; returns the articles that it changed.
pub(super) fn raise_all(
    connection: &Connection,
    trace: &Trace,
    added: i64,
    listing: &Listing,
    now: i64,
) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT k.article FROM story_key k JOIN article a ON a.id = k.article
               WHERE k.key = ? AND k.published BETWEEN ? AND ? AND a.advisory IS NULL LIMIT ?";
    let mut raised = Vec::new();
    for key in trace.keys.iter().filter(|key| key.is_cve()) {
        let news: Vec<i64> = connection
            .prepare_cached(sql)?
            .query_map([key.number(), added - WINDOW, added + WINDOW, MAX_RAISED], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in news {
            if raise(connection, id, listing, Some(now))? {
                raised.push(id);
            }
        }
    }
    Ok(raised)
}

/// Raises news whose vulnerability is listed already.
pub(super) fn raise_one(connection: &Connection, id: i64, trace: &Trace, published: i64) -> rusqlite::Result<()> {
    let sql = "SELECT b.document FROM article a JOIN body b ON b.article = a.id
               WHERE a.advisory = ? AND a.published BETWEEN ? AND ?";
    for cve in &trace.cves {
        let values = params![cve, published - WINDOW, published + WINDOW];
        let entry: Option<Article> = connection
            .prepare_cached(sql)?
            .query_row(values, |row| pack::to_article(row.get_ref(0)?.as_blob()?))
            .optional()?;
        if let Some(listing) = entry.as_ref().and_then(Listing::of) {
            raise(connection, id, &listing, None)?;
        }
    }
    Ok(())
}

/// Raises an article; one that was judged is made new again if `now` is given.
fn raise(connection: &Connection, id: i64, listing: &Listing, now: Option<i64>) -> rusqlite::Result<bool> {
    let (article, mut briefing) = pack::held(connection, id)?;
    let before = Gist::of(&briefing);
    if !briefing.raise(listing) {
        return Ok(false);
    }
    if let Some(now) = now {
        if_judged(connection, id, &before, &Gist::of(&briefing), now)?;
    }
    let tags: Vec<String> = briefing.tags.iter().map(|tag| one_line(tag)).collect();
    let (severity, score) = (code::severity_number(briefing.severity), briefing.score);
    let packed = pack::briefing(briefing, &article);
    connection.prepare_cached("UPDATE body SET briefing = ? WHERE article = ?")?.execute(params![packed, id])?;
    let sql = "UPDATE article SET severity = ?, score = ?, tags = ? WHERE id = ?";
    connection.prepare_cached(sql)?.execute(params![severity, score, tags.join("\n"), id])?;
    let mut tag = connection.prepare_cached("INSERT OR IGNORE INTO tag (tag, article, own) VALUES (?, ?, 0)")?;
    for name in &tags {
        tag.execute(params![name, id])?;
    }
    Ok(true)
}
