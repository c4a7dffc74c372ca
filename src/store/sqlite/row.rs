//! The row of an article: what is written of its briefing, and what the list reads of it by the names of its columns.

use rusqlite::{Row as SqlRow, ToSql};

use super::{code, finding, triage_field};
use crate::{
    article::Article,
    briefing::Briefing,
    indicator::{Kind, Tier},
    text::one_line,
    triage::{ArticleId, Counts, Reopened, Row, StoryId},
};

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

/// What the row of an article says of its briefing.
#[derive(Debug)]
pub(super) struct Facts {
    pub severity: i64,
    pub score: i32,
    pub indicators: i64,
    pub techniques: i64,
    pub hunts: i64,
    pub kinds: i64,
    pub phases: i64,
    pub tags: String,
    /// Of the packed briefing.
    pub briefed: i64,
}

impl Facts {
    /// The columns of the article table that hold them, in the order of [`Facts::values`].
    pub(super) const COLUMNS: [&str; 9] =
        ["severity", "score", "indicators", "techniques", "hunts", "kinds", "phases", "tags", "briefed"];

    /// Returns the values of [`Facts::COLUMNS`].
    pub(super) fn values(&self) -> [&dyn ToSql; Self::COLUMNS.len()] {
        [
            &self.severity,
            &self.score,
            &self.indicators,
            &self.techniques,
            &self.hunts,
            &self.kinds,
            &self.phases,
            &self.tags,
            &self.briefed,
        ]
    }

    /// Takes the facts from an article and its briefing.
    pub(super) fn of(article: &Article, briefing: &Briefing) -> Self {
        let first_tier = || briefing.indicators.iter().filter(|indicator| indicator.tier == Tier::Indicator);
        let cves = finding::advisory_cves(article).map(|_| Kind::Cve);
        let kinds = first_tier().map(|indicator| indicator.kind).chain(cves);
        let tags: Vec<String> = briefing.tags.iter().take(finding::MAX_FINDINGS).map(|tag| one_line(tag)).collect();
        Self {
            severity: code::severity_number(briefing.severity),
            score: briefing.score,
            indicators: first_tier().count() as i64,
            techniques: briefing.techniques.len() as i64,
            hunts: briefing.hunts.len() as i64,
            kinds: kinds.fold(0, |set, kind| set | 1 << code::kind_number(kind)),
            phases: briefing.kill_chain.iter().fold(0, |set, hit| set | 1 << code::phase_bit(hit.phase)),
            tags: tags.join("\n"),
            briefed: 0,
        }
    }
}
