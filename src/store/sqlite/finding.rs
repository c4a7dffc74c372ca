//! What the briefing of an article found, in the tables by which queries find the article again.

use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter, types::ToSqlOutput};

use super::{article_bitmap::ArticleBitmap, code, pack};
use crate::{
    article::Article,
    briefing::Briefing,
    indicator::{Kind, Tier},
    text::one_line,
};

/// How many indicators, techniques, hunts or tags of one article are indexed: a hostile text has thousands.
pub(super) const MAX_FINDINGS: usize = 2_000;

/// How long an indicator may be to be indexed, in bytes.
const MAX_VALUE_BYTES: usize = 1_024;

/// How many rows one statement puts in; each size is a statement that is kept.
const ROWS_PER_STATEMENT: [usize; 3] = [64, 8, 1];

/// What was found in one article.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Kind, value, and tier: 0 for an indicator, 1 for a candidate.
    indicators: Vec<(i64, String, i64)>,
    techniques: Vec<i64>,
    hunts: Vec<String>,
    tags: Vec<String>,
}

impl Findings {
    /// Takes them from a briefing. The same briefing must always give the same, for this is how they are taken out.
    pub(super) fn of(article: &Article, briefing: &Briefing) -> Self {
        let cves = advisory_cves(article).map(|cve| (code::kind_number(Kind::Cve), cve.clone(), 0));
        Self {
            indicators: indicators(briefing).chain(cves).collect(),
            techniques: briefing
                .techniques
                .iter()
                .take(MAX_FINDINGS)
                .map(|hit| code::technique_number(hit.id))
                .collect(),
            hunts: briefing.hunts.iter().take(MAX_FINDINGS).map(|proposal| proposal.id.0.clone()).collect(),
            tags: briefing.tags.iter().take(MAX_FINDINGS).map(|tag| one_line(tag)).collect(),
        }
    }

    /// Reads those of an article that is held; none when it is not.
    fn held(connection: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
        let held = pack::held(connection, id).optional()?;
        Ok(held.map(|(article, briefing)| Self::of(&article, &briefing)))
    }
}

fn indicators(briefing: &Briefing) -> impl Iterator<Item = (i64, String, i64)> {
    let tiered = briefing.indicators.iter().filter_map(|indicator| match indicator.tier {
        Tier::Indicator => Some((indicator, 0)),
        Tier::Candidate => Some((indicator, 1)),
        Tier::Reference | Tier::Rejected => None,
    });
    let short = tiered.filter(|(indicator, _)| indicator.value.len() <= MAX_VALUE_BYTES).take(MAX_FINDINGS);
    short.map(|(indicator, tier)| (code::kind_number(indicator.kind), indicator.value.clone(), tier))
}

/// An advisory is about its vulnerabilities, whether or not its text spells them out.
pub(super) fn advisory_cves(article: &Article) -> impl Iterator<Item = &String> {
    article.advisory.iter().flat_map(|advisory| &advisory.cves).take(MAX_FINDINGS)
}

/// Takes out the findings of an article, which are those of the briefing that the store still holds of it.
pub(super) fn forget(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let Some(held) = Findings::held(connection, id)? else { return Ok(()) };
    let mut rows = FindingRows::default();
    rows.add(id, &held);
    delete(connection, "indicator WHERE kind = ? AND value = ? AND article = ?", &rows.indicators)?;
    rows.techniques.forget(connection, "technique")?;
    rows.hunts.forget(connection, "hunt")?;
    delete(connection, "tag WHERE tag = ? AND article = ? AND own = ?", &rows.tags)
}

/// Deletes rows by their first columns, the key.
fn delete<const COLUMNS: usize>(
    connection: &Connection,
    from: &str,
    rows: &[Row<'_, COLUMNS>],
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&format!("DELETE FROM {from}"))?;
    let key = statement.parameter_count();
    rows.iter().try_for_each(|row| statement.execute(params_from_iter(row.1.iter().take(key))).map(drop))
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell<'a> {
    Number(i64),
    Text(&'a str),
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Number(number) => number.to_sql(),
            Self::Text(text) => text.to_sql(),
        }
    }
}

/// A row, with the article that it is about.
type Row<'a, const COLUMNS: usize> = (i64, [Cell<'a>; COLUMNS]);

/// The findings of a batch.
///
/// They go in at once, many rows a statement and in the order of the tables, so that the engine finds the place of most
/// rows beside that of the row before.
#[derive(Default)]
pub(super) struct FindingRows<'a> {
    indicators: Vec<Row<'a, 4>>,
    techniques: ArticleBitmap<i64>,
    hunts: ArticleBitmap<&'a str>,
    tags: Vec<Row<'a, 3>>,
}

impl<'a> FindingRows<'a> {
    /// Adds the findings of an article.
    pub(super) fn add(&mut self, id: i64, findings: &'a Findings) {
        let number = Cell::Number;
        let text = |text: &'a String| Cell::Text(text);
        let indicators = findings.indicators.iter();
        self.indicators.extend(
            indicators.map(|(kind, value, tier)| (id, [number(*kind), text(value), number(id), number(*tier)])),
        );
        findings.techniques.iter().for_each(|technique| self.techniques.add(*technique, id));
        findings.hunts.iter().for_each(|hunt| self.hunts.add(hunt, id));
        self.tags.extend(findings.tags.iter().map(|tag| (id, [text(tag), number(id), number(0)])));
    }

    /// Leaves out the findings of an article.
    pub(super) fn leave_out(&mut self, id: i64) {
        self.indicators.retain(|row| row.0 != id);
        self.techniques.leave_out(id);
        self.hunts.leave_out(id);
        self.tags.retain(|row| row.0 != id);
    }

    /// Puts all into the tables.
    pub(super) fn put_in(mut self, connection: &Connection) -> rusqlite::Result<()> {
        // Of two rows of one key the first stays, which is that of an indicator rather than of a candidate.
        self.indicators.sort_unstable_by(|one, other| one.1.cmp(&other.1));
        self.tags.sort_unstable_by(|one, other| one.1.cmp(&other.1));
        let number = Cell::Number;
        let techniques = self.techniques.rows().map(|row| (0, [number(row.0), number(row.1), number(row.2)]));
        let hunts = self.hunts.rows().map(|row| (0, [Cell::Text(row.0), number(row.1), number(row.2)]));
        let (techniques, hunts): (Vec<_>, Vec<_>) = (techniques.collect(), hunts.collect());
        insert(connection, "OR IGNORE INTO indicator (kind, value, article, tier)", "", &self.indicators)?;
        insert(connection, "INTO technique_block (technique, block, articles)", JOINED, &techniques)?;
        insert(connection, "INTO hunt_block (hunt, block, articles)", JOINED, &hunts)?;
        insert(connection, "OR IGNORE INTO tag (tag, article, own)", "", &self.tags)
    }
}

/// What becomes of a block that is there.
const JOINED: &str = " ON CONFLICT DO UPDATE SET articles = articles | excluded.articles";

/// Inserts rows, which are in the order of the table.
fn insert<const COLUMNS: usize>(
    connection: &Connection,
    into: &str,
    otherwise: &str,
    mut rest: &[Row<'_, COLUMNS>],
) -> rusqlite::Result<()> {
    for size in ROWS_PER_STATEMENT {
        if rest.len() < size {
            continue;
        }
        let row = format!("({})", ["?"; COLUMNS].join(", "));
        let sql = format!("INSERT {into} VALUES {}{otherwise}", vec![row; size].join(", "));
        let mut statement = connection.prepare_cached(&sql)?;
        while let Some((rows, others)) = rest.split_at_checked(size) {
            statement.execute(params_from_iter(rows.iter().flat_map(|row| &row.1)))?;
            rest = others;
        }
    }
    Ok(())
}
