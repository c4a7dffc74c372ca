//! Counts over the articles of a query, for the pictures: techniques for the matrix, days for the trend.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use jiff::Timestamp;
use rusqlite::{
    Connection,
    types::{FromSqlResult, ValueRef},
};

use super::{
    Sqlite,
    article_bitmap::ArticleBitmap,
    code::{self, DAY},
    list::{self, Selection, params},
    sql::{self, Clause},
};
use crate::{
    attack::TechniqueId,
    store::StoreError,
    triage::{DayTally, Filter},
};

impl Sqlite {
    pub(in crate::store) async fn techniques(&self, filter: &Filter) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| techniques(connection, &clause)).await
    }

    pub(in crate::store) async fn trend(
        &self,
        filter: &Filter,
        days: usize,
        now: Timestamp,
    ) -> Result<Vec<DayTally>, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| trend(connection, &clause, days, now)).await
    }

    pub(in crate::store) async fn sources(
        &self,
        filter: &Filter,
        days: usize,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<(String, Vec<u64>)>, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| sources(connection, &clause, days, most, now)).await
    }
}

fn techniques(connection: &Connection, clause: &Clause) -> rusqlite::Result<Vec<(TechniqueId, u64)>> {
    // Two scans and a set are several times quicker than what the engine makes of a join.
    let mut wanted = ArticleBitmap::default();
    list::ids(connection, clause, usize::MAX)?.into_iter().for_each(|id| wanted.add((), id.0));
    let wanted: HashMap<i64, i64> = wanted.rows().map(|((), block, bits)| (block, bits)).collect();
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    let mut statement = connection.prepare_cached("SELECT technique, block, articles FROM technique_block")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let wanted = wanted.get(&row.get(1)?).copied().unwrap_or_default();
        let both = (row.get::<_, i64>(2)? & wanted).count_ones();
        if both > 0 {
            *counts.entry(row.get(0)?).or_default() += u64::from(both);
        }
    }
    let mut counts: Vec<(TechniqueId, u64)> =
        counts.into_iter().filter_map(|(number, count)| Some((code::technique(number)?, count))).collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    Ok(counts)
}

fn sources(
    connection: &Connection,
    clause: &Clause,
    days: usize,
    most: usize,
    now: Timestamp,
) -> rusqlite::Result<Vec<(String, Vec<u64>)>> {
    let span = Days::until(now, days);
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    span.each(connection, clause, "source", |day, source| {
        let source = source.as_str()?;
        if !counts.contains_key(source) {
            counts.insert(source.to_owned(), vec![0; span.days]);
        }
        if let Some(count) = counts.get_mut(source).and_then(|counts| counts.get_mut(day)) {
            *count += 1;
        }
        Ok(())
    })?;
    let mut counts: Vec<(String, Vec<u64>)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, days)| Reverse(days.iter().sum::<u64>()));
    counts.truncate(most);
    Ok(counts)
}

fn trend(connection: &Connection, clause: &Clause, days: usize, now: Timestamp) -> rusqlite::Result<Vec<DayTally>> {
    let span = Days::until(now, days);
    let empty = |day| DayTally::new(code::time((span.first + day) * DAY));
    let mut counts: Vec<DayTally> = (0..span.days as i64).map(empty).collect();
    span.each(connection, clause, "severity", |day, severity| {
        if let Some(day) = counts.get_mut(day) {
            day.add(code::severity(severity.as_i64()?));
        }
        Ok(())
    })?;
    Ok(counts)
}

/// A span of days.
struct Days {
    /// The first day, counted from 1970.
    first: i64,
    days: usize,
}

impl Days {
    fn until(now: Timestamp, days: usize) -> Self {
        let days = days.clamp(1, 3_660);
        Self { first: now.as_second().div_euclid(DAY) - days as i64 + 1, days }
    }

    /// Goes through the articles of a query that were published on these days: on which of them, and a column.
    fn each(
        &self,
        connection: &Connection,
        clause: &Clause,
        column: &str,
        mut told: impl FnMut(usize, ValueRef<'_>) -> FromSqlResult<()>,
    ) -> rusqlite::Result<()> {
        let selection = Selection::choose(connection, clause, "by_date")?;
        let (start, end) = (self.first * DAY, (self.first + self.days as i64) * DAY);
        let sql = format!(
            "SELECT a.published, a.{column} FROM {} AND a.published >= {start} AND a.published < {end}",
            selection.from
        );
        let bound = selection.params();
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(params(&bound).as_slice())?;
        while let Some(row) = rows.next()? {
            let day = row.get::<_, i64>(0)?.div_euclid(DAY) - self.first;
            told(day as usize, row.get_ref(1)?)?;
        }
        Ok(())
    }
}
