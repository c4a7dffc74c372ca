//! Counts over the articles of a query, for the pictures: techniques for the matrix, days for the trend.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use jiff::Timestamp;
use rusqlite::Connection;

use super::{
    ArticleId, Store, StoreError, code,
    list::{self, Selection, params},
};
use crate::{
    attack::TechniqueId,
    briefing::Severity,
    query::{Clause, Query},
};

/// The length of a day in seconds.
const DAY: i64 = 86_400;

impl Store {
    /// Counts the articles of a query by technique, the most frequent first.
    pub async fn techniques(&self, query: &Query) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        let clause = query.clause();
        self.read(move |connection| techniques(connection, &clause)).await
    }

    /// Counts the articles of a query by day of publication (UTC) and severity, over the days until `now`, oldest
    /// first; a day without any is there too.
    pub async fn trend(&self, query: &Query, days: usize, now: Timestamp) -> Result<Vec<Day>, StoreError> {
        let clause = query.clause();
        self.read(move |connection| trend(connection, &clause, days, now)).await
    }
}

impl Store {
    /// Counts the articles of a query by source and by day of publication (UTC), over the days until `now`, oldest
    /// first; the sources with the most come first, `most` of them.
    pub async fn sources(
        &self,
        query: &Query,
        days: usize,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<(String, Vec<u64>)>, StoreError> {
        let clause = query.clause();
        self.read(move |connection| sources(connection, &clause, days, most, now)).await
    }
}

/// The articles of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its beginning, at midnight UTC.
    pub start: Timestamp,
    by_severity: [u64; 4],
}

impl Day {
    /// Gives how many have a severity.
    pub fn severity(&self, severity: Severity) -> u64 {
        self.by_severity[code::severity_index(severity)]
    }

    /// Gives how many there are.
    pub fn total(&self) -> u64 {
        self.by_severity.iter().sum()
    }
}

fn techniques(connection: &Connection, clause: &Clause) -> rusqlite::Result<Vec<(TechniqueId, u64)>> {
    // Two scans and a set are several times quicker than what the engine makes of a join.
    let wanted: HashSet<ArticleId> = list::ids(connection, clause, usize::MAX)?.into_iter().collect();
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    let mut statement = connection.prepare_cached("SELECT technique, article FROM technique")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if wanted.contains(&ArticleId(row.get(1)?)) {
            *counts.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut counts: Vec<(TechniqueId, u64)> =
        counts.into_iter().filter_map(|(number, count)| Some((technique_id(number)?, count))).collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    Ok(counts)
}

/// Gives the technique that a number stands for.
fn technique_id(number: i64) -> Option<TechniqueId> {
    let text = match (number / 1000, number % 1000) {
        (technique, 0) => format!("T{technique:04}"),
        (technique, sub) => format!("T{technique:04}.{sub:03}"),
    };
    text.parse().ok()
}

fn sources(
    connection: &Connection,
    clause: &Clause,
    days: usize,
    most: usize,
    now: Timestamp,
) -> rusqlite::Result<Vec<(String, Vec<u64>)>> {
    let days = days.clamp(1, 3_660);
    let first = now.as_second().div_euclid(DAY) - days as i64 + 1;
    let selection = Selection::choose(connection, clause, "by_date")?;
    let (start, end) = (first * DAY, (first + days as i64) * DAY);
    let sql = format!(
        "SELECT a.source, a.published FROM {} AND a.published >= {start} AND a.published < {end}",
        selection.from
    );
    let bound = selection.params();
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params(&bound).as_slice())?;
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let day = (row.get::<_, i64>(1)?.div_euclid(DAY) - first) as usize;
        let source = row.get_ref(0)?.as_str()?;
        if !counts.contains_key(source) {
            counts.insert(source.to_owned(), vec![0; days]);
        }
        if let Some(count) = counts.get_mut(source).and_then(|counts| counts.get_mut(day)) {
            *count += 1;
        }
    }
    let mut counts: Vec<(String, Vec<u64>)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, days)| Reverse(days.iter().sum::<u64>()));
    counts.truncate(most);
    Ok(counts)
}

fn trend(connection: &Connection, clause: &Clause, days: usize, now: Timestamp) -> rusqlite::Result<Vec<Day>> {
    let days = days.clamp(1, 3_660) as i64;
    let first = now.as_second().div_euclid(DAY) - days + 1;
    let empty = |day| Day { start: code::time((first + day) * DAY), by_severity: [0; 4] };
    let mut counts: Vec<Day> = (0..days).map(empty).collect();
    let selection = Selection::choose(connection, clause, "by_date")?;
    let end = (first + days) * DAY;
    let sql = format!(
        "SELECT a.published, a.severity FROM {} AND a.published >= {} AND a.published < {end}",
        selection.from,
        first * DAY,
    );
    let bound = selection.params();
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params(&bound).as_slice())?;
    while let Some(row) = rows.next()? {
        let (published, severity): (i64, i64) = (row.get(0)?, row.get(1)?);
        if let Some(day) = counts.get_mut((published.div_euclid(DAY) - first) as usize) {
            day.by_severity[severity.clamp(0, 3) as usize] += 1;
        }
    }
    Ok(counts)
}
