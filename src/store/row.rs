//! A row of the list, read from the article table.

use rusqlite::Row as SqlRow;

use super::{ArticleId, Row, StoryId, code};

/// The columns that a row is read from, in the order in which [`read`] takes them.
pub(super) const COLUMNS: &str = "a.id, a.title, a.source, a.url, a.published, a.date_guessed, a.seen, a.severity, \
     a.score, a.state, a.verdict, a.tags, a.own_tags, a.starred, a.demo, a.indicators, a.techniques, a.hunts, a.feeds, \
     a.changed, a.story, a.others";

/// How many columns those are.
pub(super) const COUNT: usize = 22;

/// Reads a row.
pub(super) fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let mut tags = code::lines(row.get_ref(11)?.as_str()?);
    for tag in row.get_ref(12)?.as_str()?.lines() {
        if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            tags.push(tag.to_owned());
        }
    }
    Ok(Row {
        id: ArticleId(row.get(0)?),
        title: row.get(1)?,
        source: row.get(2)?,
        url: row.get(3)?,
        published: code::time(row.get(4)?),
        date_guessed: row.get(5)?,
        seen: code::time(row.get(6)?),
        severity: code::severity(row.get(7)?),
        score: row.get(8)?,
        state: code::state(row.get(9)?),
        verdict: code::verdict(row.get(10)?),
        tags,
        starred: row.get(13)?,
        demo: row.get(14)?,
        counts: (row.get(15)?, row.get(16)?, row.get(17)?),
        feeds: code::lines(row.get_ref(18)?.as_str()?),
        changed: row.get::<_, Option<i64>>(19)?.map(code::time),
        story: row.get::<_, Option<i64>>(20)?.map(StoryId),
        others: row.get(21)?,
    })
}
