//! A row of the list, read from the article table by the names of its columns.

use rusqlite::Row as SqlRow;

use super::{code, triage_field};
use crate::triage::{ArticleId, Counts, Reopened, Row, StoryId};

/// Returns the columns that a row is read from.
pub(super) fn columns() -> String {
    format!(
        "a.id, a.title, a.source, a.url, a.published, a.date_guessed, a.seen, a.changed, a.reopened, a.reopened_why, a.severity, a.score, a.tags,
         a.demo, a.indicators, a.techniques, a.hunts, a.feeds, a.story, a.others, {}",
        triage_field::COLUMNS
    )
}

fn reopened(row: &SqlRow<'_>) -> rusqlite::Result<Option<Reopened>> {
    let Some(at) = row.get::<_, Option<i64>>("reopened")?.map(code::time) else { return Ok(None) };
    Ok(Some(Reopened { at, why: row.get("reopened_why")? }))
}

/// Reads a row.
pub(super) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: ArticleId(row.get("id")?),
        title: row.get("title")?,
        source: row.get("source")?,
        url: row.get("url")?,
        published: code::time(row.get("published")?),
        date_guessed: row.get("date_guessed")?,
        seen: code::time(row.get("seen")?),
        changed: row.get::<_, Option<i64>>("changed")?.map(code::time),
        reopened: reopened(row)?,
        severity: code::severity(row.get("severity")?),
        score: row.get("score")?,
        standing: triage_field::standing(row)?,
        tags: code::lines(row.get_ref("tags")?.as_str()?),
        demo: row.get("demo")?,
        counts: Counts {
            indicators: row.get("indicators")?,
            techniques: row.get("techniques")?,
            hunts: row.get("hunts")?,
        },
        feeds: code::lines(row.get_ref("feeds")?.as_str()?),
        story: row.get::<_, Option<i64>>("story")?.map(StoryId),
        others: row.get("others")?,
    })
}
