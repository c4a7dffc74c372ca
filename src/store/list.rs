//! Lists: pages, counts and numbers of the articles that a query asks for.
//!
//! A list is read in one of two ways. Where one condition picks out few articles (a rare word, an indicator), those are
//! looked up and sorted. Otherwise the index of the order is walked and filtered until the page is full, which is why
//! a word that stands in every article costs no more than one that stands in a few.

use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::{ArticleId, Cursor, Order, Page, Row, Store, StoreError, Tally, code::Bound, row};
use crate::query::{Clause, Part, Query, Value};

/// Up to how many articles a condition counts as picking out few.
const FEW: i64 = 3_000;

impl Store {
    /// Returns a page of the articles that a query asks for, after a cursor.
    pub async fn page(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let clause = query.clause();
        self.read(move |connection| page(connection, &clause, order, after.as_ref(), limit)).await
    }

    /// Counts the articles that a query asks for.
    pub async fn count(&self, query: &Query) -> Result<u64, StoreError> {
        let clause = query.clause();
        self.read(move |connection| count(connection, &clause)).await
    }

    /// Counts the articles that a query asks for, by severity and by state.
    pub async fn tally(&self, query: &Query) -> Result<Tally, StoreError> {
        let clause = query.clause();
        self.read(move |connection| tally(connection, &clause)).await
    }

    /// Returns the rows of articles, in the order of their numbers here; those that the store has not are left out.
    pub async fn rows(&self, articles: Vec<ArticleId>) -> Result<Vec<Row>, StoreError> {
        self.read(move |connection| rows(connection, &articles)).await
    }

    /// Returns the numbers of the articles that a query asks for, worst first: what a bulk verb works on.
    pub async fn ids(&self, query: &Query, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        let clause = query.clause();
        self.read(move |connection| ids(connection, &clause, limit)).await
    }
}

impl Row {
    /// Returns where a page begins that follows this row.
    pub fn cursor(&self, order: Order) -> Cursor {
        let first = match order {
            Order::Severity => crate::query::severity_number(self.severity),
            Order::Date => 0,
            Order::Score => i64::from(self.score),
        };
        Cursor(first, self.published.as_second(), self.id.0)
    }
}

/// A statement in the making: its text, and what is bound to it.
pub(super) struct Selection {
    pub from: String,
    pub values: Vec<Value>,
}

impl Selection {
    /// Chooses how the articles of a clause are come by. `index` is walked where nothing picks out few.
    pub(super) fn choose(connection: &Connection, clause: &Clause, index: &str) -> rusqlite::Result<Self> {
        let driver = rarest(connection, &clause.parts)?;
        let mut from = match driver {
            Some(_) => "article a NOT INDEXED WHERE 1".to_owned(),
            None => format!("article a INDEXED BY {index} WHERE 1"),
        };
        let mut values = Vec::new();
        for (at, part) in clause.parts.iter().enumerate() {
            // The unary plus keeps the engine from looking the articles up by any set but the chosen one.
            let plus = if driver == Some(at) { "" } else { "+" };
            let condition = if part.set { format!("{plus}a.id IN ({})", part.sql) } else { part.sql.clone() };
            from.push_str(" AND (");
            from.push_str(&condition);
            from.push(')');
            values.extend(part.values.iter().cloned());
        }
        Ok(Self { from, values })
    }

    fn bind(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.from += sql;
        self.values.extend(values);
    }

    /// Sorts the articles, and leaves out those up to a cursor.
    pub(super) fn in_order(&mut self, order: Order, after: Option<&Cursor>) {
        let columns = columns(order);
        if let Some(Cursor(first, published, id)) = after {
            let mut position = vec![Value::Integer(*first), Value::Integer(*published), Value::Integer(*id)];
            let marks = if order == Order::Date { "?, ?" } else { "?, ?, ?" };
            if order == Order::Date {
                position.remove(0);
            }
            self.bind(&format!(" AND ({columns}) < ({marks})"), position);
        }
        self.bind(&format!(" ORDER BY {} DESC", columns.replace(',', " DESC,")), []);
    }

    /// Returns the values in the form in which the engine takes them.
    pub(super) fn params(&self) -> Vec<Bound<'_>> {
        self.values.iter().map(Bound).collect()
    }
}

/// Returns the same articles as counts, where the query asks for nothing but where articles stand: these the store
/// keeps.
fn standing(clause: &Clause) -> Option<Selection> {
    const KEPT: [&str; 5] = ["severity", "state", "verdict", "starred", "demo"];
    let kept = |part: &Part| {
        let mut columns = part.sql.split("a.").skip(1);
        !part.set && !part.sql.contains("SELECT") && columns.all(|rest| KEPT.iter().any(|name| rest.starts_with(name)))
    };
    if !clause.parts.iter().all(kept) {
        return None;
    }
    let mut selection = Selection { from: "standing a WHERE 1".to_owned(), values: Vec::new() };
    for part in &clause.parts {
        selection.bind(&format!(" AND ({})", part.sql), part.values.iter().cloned());
    }
    Some(selection)
}

/// Finds the condition that picks out the fewest articles, if they are few.
fn rarest(connection: &Connection, parts: &[Part]) -> rusqlite::Result<Option<usize>> {
    let mut best = None;
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.set) {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})", part.sql, FEW + 1);
        let bound: Vec<Bound<'_>> = part.values.iter().map(Bound).collect();
        let found: i64 = connection.prepare_cached(&sql)?.query_row(params(&bound).as_slice(), |row| row.get(0))?;
        if found <= FEW && best.is_none_or(|(fewest, _)| found < fewest) {
            best = Some((found, at));
        }
    }
    Ok(best.map(|(_, at)| at))
}

/// Returns bound values as the engine's parameters.
pub(super) fn params<'a>(bound: &'a [Bound<'a>]) -> Vec<&'a dyn ToSql> {
    bound.iter().map(|value| value as &dyn ToSql).collect()
}

pub(super) const fn index(order: Order) -> &'static str {
    match order {
        Order::Severity => "by_severity",
        Order::Date => "by_date",
        Order::Score => "by_score",
    }
}

const fn columns(order: Order) -> &'static str {
    match order {
        Order::Severity => "a.severity, a.published, a.id",
        Order::Date => "a.published, a.id",
        Order::Score => "a.score, a.published, a.id",
    }
}

fn page(
    connection: &Connection,
    clause: &Clause,
    order: Order,
    after: Option<&Cursor>,
    limit: usize,
) -> rusqlite::Result<Page> {
    let mut selection = Selection::choose(connection, clause, index(order))?;
    selection.in_order(order, after);
    selection.bind(" LIMIT ?", [Value::Integer(limit as i64 + 1)]);
    let sql = format!("SELECT {} FROM {}", row::COLUMNS, selection.from);
    let bound = selection.params();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows: Vec<_> =
        statement.query_map(params(&bound).as_slice(), row::read)?.collect::<rusqlite::Result<_>>()?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.cursor(order));
    Ok(Page { rows, next })
}

fn rows(connection: &Connection, articles: &[ArticleId]) -> rusqlite::Result<Vec<Row>> {
    let sql = format!("SELECT {} FROM article a WHERE a.id = ?", row::COLUMNS);
    let mut statement = connection.prepare_cached(&sql)?;
    let found = articles.iter().map(|id| statement.query_row([id.0], row::read).optional());
    found.filter_map(Result::transpose).collect()
}

fn count(connection: &Connection, clause: &Clause) -> rusqlite::Result<u64> {
    let (counted, selection) = match standing(clause) {
        Some(selection) => ("ifnull(sum(a.articles), 0)", selection),
        None => ("count(*)", Selection::choose(connection, clause, "by_severity")?),
    };
    let sql = format!("SELECT {counted} FROM {}", selection.from);
    connection
        .prepare_cached(&sql)?
        .query_row(params(&selection.params()).as_slice(), |row| row.get::<_, i64>(0))
        .map(|count| count as u64)
}

fn tally(connection: &Connection, clause: &Clause) -> rusqlite::Result<Tally> {
    // Counted here where the store keeps no count: the engine would sort the articles to group them.
    let (counted, selection) = match standing(clause) {
        Some(selection) => ("a.articles", selection),
        None => ("1", Selection::choose(connection, clause, "by_severity")?),
    };
    let sql = format!("SELECT a.severity, a.state, {counted} FROM {}", selection.from);
    let mut statement = connection.prepare_cached(&sql)?;
    let bound = selection.params();
    let mut rows = statement.query(params(&bound).as_slice())?;
    let mut tally = Tally::default();
    while let Some(row) = rows.next()? {
        let (severity, state, count): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let count = count.unsigned_abs();
        tally.by_severity[severity.clamp(0, 3) as usize] += count;
        tally.by_state[state.clamp(0, 4) as usize] += count;
        tally.total += count;
    }
    Ok(tally)
}

pub(super) fn ids(connection: &Connection, clause: &Clause, limit: usize) -> rusqlite::Result<Vec<ArticleId>> {
    let mut selection = Selection::choose(connection, clause, "by_severity")?;
    selection.bind(
        " ORDER BY a.severity DESC, a.published DESC, a.id DESC LIMIT ?",
        [Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX))],
    );
    let sql = format!("SELECT a.id FROM {}", selection.from);
    let bound = selection.params();
    connection.prepare_cached(&sql)?.query_map(params(&bound).as_slice(), |row| row.get(0).map(ArticleId))?.collect()
}
