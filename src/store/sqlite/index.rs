//! What the full-text index and the row of an article have of it.

use rusqlite::{Connection, ToSql, params};

use super::{code, finding};
use crate::{
    article::Article,
    briefing::Briefing,
    indicator::{Kind, Tier},
    text::one_line,
};

/// How many bytes of a text are put into the full-text index.
const WORDS_OF: usize = 256 << 10;

/// Puts the words of an article into the full-text index.
pub(super) fn words(connection: &Connection, id: i64, article: &Article) -> rusqlite::Result<()> {
    let text = &article.document.text;
    let text = &text[..text.floor_char_boundary(WORDS_OF)];
    connection
        .prepare_cached("INSERT INTO search (rowid, title, text, source) VALUES (?, ?, ?, ?)")?
        .execute(params![id, article.title, text, article.source])?;
    Ok(())
}

/// Takes the words of an article out of the full-text index.
pub(super) fn forget_words(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?")?.execute([id])?;
    Ok(())
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
        let tags: Vec<String> = briefing.tags.iter().take(finding::MOST).map(|tag| one_line(tag)).collect();
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
