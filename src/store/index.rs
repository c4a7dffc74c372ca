//! What queries ask of an article, taken from its briefing: words, indicators, techniques, hunts, tags.

use rusqlite::{Connection, params};

use super::{Filing, code, save::kind_bit};
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

/// Puts into the tables and the row of an article what its briefing found.
pub(super) fn findings(connection: &Connection, id: i64, filing: &Filing) -> rusqlite::Result<()> {
    let briefing = &filing.briefing;
    let (kinds, indicators) = index_indicators(connection, id, filing)?;
    let mut technique =
        connection.prepare_cached("INSERT OR IGNORE INTO technique (technique, article) VALUES (?, ?)")?;
    for hit in briefing.techniques.iter().take(MOST) {
        technique.execute([query::technique_number(hit.id), id])?;
    }
    let mut hunt = connection.prepare_cached("INSERT OR IGNORE INTO hunt (hunt, article) VALUES (?, ?)")?;
    for proposal in briefing.hunts.iter().take(MOST) {
        hunt.execute(params![proposal.id.0, id])?;
    }
    let tags: Vec<String> = briefing.tags.iter().take(MOST).map(|tag| code::line(tag)).collect();
    let mut tag = connection.prepare_cached("INSERT OR IGNORE INTO tag (tag, article, own) VALUES (?, ?, 0)")?;
    for name in &tags {
        tag.execute(params![name, id])?;
    }
    let phases = briefing.kill_chain.iter().fold(0, |set, hit| set | phase_bit(hit.phase));
    let sql = "UPDATE article SET severity = ?, score = ?, indicators = ?, techniques = ?, hunts = ?, kinds = ?,
                   phases = ?, tags = ? WHERE id = ?";
    connection.prepare_cached(sql)?.execute(params![
        query::severity_number(briefing.severity),
        briefing.score,
        indicators,
        briefing.techniques.len() as i64,
        briefing.hunts.len() as i64,
        kinds,
        phases,
        tags.join("\n"),
        id
    ])?;
    Ok(())
}

/// Indexes the indicators and candidates; gives the set of kinds and the number of those of the first tier.
fn index_indicators(connection: &Connection, id: i64, filing: &Filing) -> rusqlite::Result<(i64, i64)> {
    let mut kinds = 0;
    let mut first_tier = 0;
    let sql = "INSERT OR IGNORE INTO indicator (kind, value, article, tier) VALUES (?, ?, ?, ?)";
    let mut insert = connection.prepare_cached(sql)?;
    let mut left = MOST;
    for indicator in &filing.briefing.indicators {
        let tier = match indicator.tier {
            Tier::Indicator => 0,
            Tier::Candidate => 1,
            Tier::Reference | Tier::Rejected => continue,
        };
        if tier == 0 {
            kinds |= kind_bit(indicator.kind);
            first_tier += 1;
        }
        if left > 0 && indicator.value.len() <= LONGEST {
            left -= 1;
            insert.execute(params![query::kind_number(indicator.kind), indicator.value, id, tier])?;
        }
    }
    // An advisory is about its vulnerabilities, whether or not its text spells them out.
    for cve in filing.article.advisory.iter().flat_map(|advisory| &advisory.cves).take(MOST) {
        kinds |= kind_bit(Kind::Cve);
        insert.execute(params![query::kind_number(Kind::Cve), cve, id, 0])?;
    }
    Ok((kinds, first_tier))
}

fn phase_bit(phase: Phase) -> i64 {
    Phase::ALL.iter().position(|known| *known == phase).map_or(0, |at| 1 << at)
}
