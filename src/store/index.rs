//! What queries ask of an article, taken from its briefing: words, indicators, techniques, hunts, tags.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, ToSql, params, params_from_iter, types::ToSqlOutput};

use super::{Filing, code, pack};
use crate::{
    article::Article,
    attack::Phase,
    briefing::Briefing,
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

/// Takes out the findings of an article, which are those of the briefing that the store still holds of it.
pub(super) fn forget_findings(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let sql = "SELECT document, briefing FROM body WHERE article = ?";
    let held = connection
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let (document, briefing) = (row.get_ref(0)?.as_blob()?, row.get_ref(1)?.as_blob()?);
            Ok((pack::unpack::<Article>(document)?, pack::unpack::<Briefing>(briefing)?))
        })
        .optional()?;
    let Some((article, briefing)) = held else { return Ok(()) };
    let mut findings = Findings::default();
    findings.add(id, &article, &briefing);
    findings.take_out(connection)
}

/// A value of a row of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell<'a> {
    Number(i64),
    Text(Cow<'a, str>),
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Number(number) => number.to_sql(),
            Self::Text(text) => Ok(ToSqlOutput::from(&**text)),
        }
    }
}

/// A row with the article that it is about.
type Finding<'a, const COLUMNS: usize> = (i64, [Cell<'a>; COLUMNS]);

/// What the briefings of a batch found, on its way into the side tables.
///
/// A batch goes in at once, many rows a statement and in the order of the tables, so that the engine finds the place of
/// most rows beside that of the row before.
#[derive(Default)]
pub(super) struct Findings<'a> {
    indicators: Vec<Finding<'a, 4>>,
    techniques: Vec<Finding<'a, 2>>,
    hunts: Vec<Finding<'a, 2>>,
    tags: Vec<Finding<'a, 3>>,
}

impl<'a> Findings<'a> {
    /// Adds those of an article. Taking them out again relies on that the same briefing always has the same.
    pub(super) fn add(&mut self, id: i64, article: &'a Article, briefing: &'a Briefing) {
        let number = Cell::Number;
        let indicators = indexed(briefing).chain(advisory_cves(article).map(|cve| (Kind::Cve, cve.as_str(), 0)));
        self.indicators.extend(indicators.map(|(kind, value, tier)| {
            (id, [number(query::kind_number(kind)), Cell::Text(value.into()), number(id), number(tier)])
        }));
        let techniques = briefing.techniques.iter().take(MOST);
        self.techniques.extend(techniques.map(|hit| (id, [number(query::technique_number(hit.id)), number(id)])));
        let hunts = briefing.hunts.iter().take(MOST);
        self.hunts.extend(hunts.map(|proposal| (id, [Cell::Text(proposal.id.0.as_str().into()), number(id)])));
        let tags = briefing.tags.iter().take(MOST);
        self.tags.extend(tags.map(|tag| (id, [Cell::Text(code::line(tag).into()), number(id), number(0)])));
    }

    /// Leaves out those of an article.
    pub(super) fn leave_out(&mut self, id: i64) {
        self.indicators.retain(|row| row.0 != id);
        self.techniques.retain(|row| row.0 != id);
        self.hunts.retain(|row| row.0 != id);
        self.tags.retain(|row| row.0 != id);
    }

    /// Puts all into the tables.
    pub(super) fn put_in(self, connection: &Connection) -> rusqlite::Result<()> {
        insert(connection, "indicator (kind, value, article, tier)", self.indicators)?;
        insert(connection, "technique (technique, article)", self.techniques)?;
        insert(connection, "hunt (hunt, article)", self.hunts)?;
        insert(connection, "tag (tag, article, own)", self.tags)
    }

    /// Takes all out of the tables.
    fn take_out(&self, connection: &Connection) -> rusqlite::Result<()> {
        // A later one of the same value in the same article was left out, so its tier may be another.
        let sql = "DELETE FROM indicator WHERE kind = ? AND value = ? AND article = ? AND ? IN (0, 1)";
        delete(connection, sql, &self.indicators)?;
        delete(connection, "DELETE FROM technique WHERE technique = ? AND article = ?", &self.techniques)?;
        delete(connection, "DELETE FROM hunt WHERE hunt = ? AND article = ?", &self.hunts)?;
        delete(connection, "DELETE FROM tag WHERE tag = ? AND article = ? AND own = ?", &self.tags)
    }
}

fn insert<const COLUMNS: usize>(
    connection: &Connection,
    into: &str,
    mut rows: Vec<Finding<'_, COLUMNS>>,
) -> rusqlite::Result<()> {
    rows.sort_unstable_by(|one, other| one.1.cmp(&other.1));
    let mut rest = &rows[..];
    // Each size is a statement that is kept.
    for size in [64, 8, 1] {
        if rest.len() < size {
            continue;
        }
        let row = format!("({})", ["?"; COLUMNS].join(", "));
        let sql = format!("INSERT OR IGNORE INTO {into} VALUES {}", vec![row; size].join(", "));
        let mut statement = connection.prepare_cached(&sql)?;
        while let Some((rows, others)) = rest.split_at_checked(size) {
            statement.execute(params_from_iter(rows.iter().flat_map(|row| &row.1)))?;
            rest = others;
        }
    }
    Ok(())
}

fn delete<const COLUMNS: usize>(
    connection: &Connection,
    sql: &str,
    rows: &[Finding<'_, COLUMNS>],
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    rows.iter().try_for_each(|row| statement.execute(params_from_iter(&row.1)).map(drop))
}

/// Gives the indicators by which an article can be found, with their tiers.
fn indexed(briefing: &Briefing) -> impl Iterator<Item = (Kind, &str, i64)> {
    let tiered = briefing.indicators.iter().filter_map(|indicator| match indicator.tier {
        Tier::Indicator => Some((indicator.kind, indicator.value.as_str(), 0)),
        Tier::Candidate => Some((indicator.kind, indicator.value.as_str(), 1)),
        Tier::Reference | Tier::Rejected => None,
    });
    tiered.filter(|(_, value, _)| value.len() <= LONGEST).take(MOST)
}

/// An advisory is about its vulnerabilities, whether or not its text spells them out.
fn advisory_cves(article: &Article) -> impl Iterator<Item = &String> {
    article.advisory.iter().flat_map(|advisory| &advisory.cves).take(MOST)
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
        let cves = advisory_cves(&filing.article).map(|_| Kind::Cve);
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
