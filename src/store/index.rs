//! What queries ask of an article, taken from its briefing: words, indicators, techniques, hunts, tags.

use rusqlite::{Connection, params};

use super::{Filing, code};
use crate::{
    article::Article,
    attack::Phase,
    indicator::{Kind, Tier},
    query,
};

/// How many bytes of a text are put into the full-text index.
const WORDS_OF: usize = 256 << 10;

/// How many indicators, techniques, hunts or tags of one article are indexed: a hostile text has thousands.
const MOST: usize = 2_000;

/// How long an indicator may be to be indexed, in bytes.
const LONGEST: usize = 1_024;

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

/// Takes out what [`findings`] put in.
pub(super) fn forget_findings(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM indicator WHERE article = ?",
        "DELETE FROM technique WHERE article = ?",
        "DELETE FROM hunt WHERE article = ?",
        "DELETE FROM tag WHERE article = ? AND own = 0",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

/// Puts into the side tables what the briefing of an article found.
pub(super) fn findings(connection: &Connection, id: i64, filing: &Filing) -> rusqlite::Result<()> {
    let briefing = &filing.briefing;
    indicators(connection, id, filing)?;
    let mut technique =
        connection.prepare_cached("INSERT OR IGNORE INTO technique (technique, article) VALUES (?, ?)")?;
    for hit in briefing.techniques.iter().take(MOST) {
        technique.execute([query::technique_number(hit.id), id])?;
    }
    let mut hunt = connection.prepare_cached("INSERT OR IGNORE INTO hunt (hunt, article) VALUES (?, ?)")?;
    for proposal in briefing.hunts.iter().take(MOST) {
        hunt.execute(params![proposal.id.0, id])?;
    }
    let mut tag = connection.prepare_cached("INSERT OR IGNORE INTO tag (tag, article, own) VALUES (?, ?, 0)")?;
    for name in briefing.tags.iter().take(MOST) {
        tag.execute(params![code::line(name), id])?;
    }
    Ok(())
}

fn indicators(connection: &Connection, id: i64, filing: &Filing) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO indicator (kind, value, article, tier) VALUES (?, ?, ?, ?)";
    let mut insert = connection.prepare_cached(sql)?;
    let indexed = filing.briefing.indicators.iter().filter_map(|indicator| match indicator.tier {
        Tier::Indicator => Some((indicator, 0)),
        Tier::Candidate => Some((indicator, 1)),
        Tier::Reference | Tier::Rejected => None,
    });
    for (indicator, tier) in indexed.filter(|(indicator, _)| indicator.value.len() <= LONGEST).take(MOST) {
        insert.execute(params![query::kind_number(indicator.kind), indicator.value, id, tier])?;
    }
    for cve in advisory_cves(filing) {
        insert.execute(params![query::kind_number(Kind::Cve), cve, id, 0])?;
    }
    Ok(())
}

/// An advisory is about its vulnerabilities, whether or not its text spells them out.
fn advisory_cves(filing: &Filing) -> impl Iterator<Item = &String> {
    filing.article.advisory.iter().flat_map(|advisory| &advisory.cves).take(MOST)
}

/// What the row of an article says of its briefing.
pub(super) struct Facts {
    pub severity: i64,
    pub score: i32,
    pub indicators: i64,
    pub techniques: i64,
    pub hunts: i64,
    pub kinds: i64,
    pub phases: i64,
    pub tags: String,
}

impl Facts {
    /// Takes the facts from a filing.
    pub(super) fn of(filing: &Filing) -> Self {
        let briefing = &filing.briefing;
        let first_tier = || briefing.indicators.iter().filter(|indicator| indicator.tier == Tier::Indicator);
        let cves = advisory_cves(filing).map(|_| Kind::Cve);
        let kinds = first_tier().map(|indicator| indicator.kind).chain(cves);
        let tags: Vec<String> = briefing.tags.iter().take(MOST).map(|tag| code::line(tag)).collect();
        Self {
            severity: query::severity_number(briefing.severity),
            score: briefing.score,
            indicators: first_tier().count() as i64,
            techniques: briefing.techniques.len() as i64,
            hunts: briefing.hunts.len() as i64,
            kinds: kinds.fold(0, |set, kind| set | 1 << query::kind_number(kind)),
            phases: briefing.kill_chain.iter().fold(0, |set, hit| set | phase_bit(hit.phase)),
            tags: tags.join("\n"),
        }
    }
}

fn phase_bit(phase: Phase) -> i64 {
    Phase::ALL.iter().position(|known| *known == phase).map_or(0, |at| 1 << at)
}
