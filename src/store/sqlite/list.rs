//! Lists: pages, counts and numbers of the articles that a query asks for.
//!
//! A list is read in one of two ways. Where one condition picks out few articles (a rare word, an indicator), those are
//! looked up and sorted. Otherwise the index of the order is walked and filtered until the page is full, which is why
//! a word that stands in every article costs no more than one that stands in a few.

use rusqlite::{Connection, OptionalExtension as _, ToSql};

use super::{
    Sqlite,
    code::{self, Bound},
    row,
    sql::{self, Clause, Part, Value},
};
use crate::{
    store::{Cursor, Page, StoreError},
    triage::{ArticleId, Filter, Order, Row, Tally},
};

/// Up to how many articles a condition counts as picking out few.
const MAX_FEW_ARTICLES: i64 = 3_000;

impl Sqlite {
    pub(in crate::store) async fn page(
        &self,
        filter: &Filter,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| page(connection, &clause, order, after.as_ref(), limit)).await
    }

    pub(in crate::store) async fn count(&self, filter: &Filter) -> Result<u64, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| count(connection, &clause)).await
    }

    pub(in crate::store) async fn tally(&self, filter: &Filter) -> Result<Tally, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| tally(connection, &clause)).await
    }

    pub(in crate::store) async fn rows(&self, articles: Vec<ArticleId>) -> Result<Vec<Row>, StoreError> {
        self.read(move |connection| rows(connection, &articles)).await
    }

    pub(in crate::store) async fn ids(&self, filter: &Filter, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| ids(connection, &clause, limit)).await
    }
}

impl Cursor {
    /// Returns where a page begins that follows a row.
    pub fn after(row: &Row, order: Order) -> Self {
        let first = match order {
            Order::Severity => code::severity_number(row.severity),
            Order::Date => 0,
            Order::Score => i64::from(row.score),
        };
        Self(first, row.published.as_second(), row.id.0)
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

/// Returns the same articles as the counts that the store keeps; `None` if the query asks for more than those know.
fn standing(clause: &Clause) -> Option<Selection> {
    if !clause.is_counted {
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
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})", part.sql, MAX_FEW_ARTICLES + 1);
        let bound: Vec<Bound<'_>> = part.values.iter().map(Bound).collect();
        let found: i64 = connection.prepare_cached(&sql)?.query_row(params(&bound).as_slice(), |row| row.get(0))?;
        if found <= MAX_FEW_ARTICLES && best.is_none_or(|(fewest, _)| found < fewest) {
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
    let sql = format!("SELECT {} FROM {}", row::columns(), selection.from);
    let bound = selection.params();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows: Vec<_> =
        statement.query_map(params(&bound).as_slice(), row::read)?.collect::<rusqlite::Result<_>>()?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| Cursor::after(row, order));
    Ok(Page { rows, next })
}

fn rows(connection: &Connection, articles: &[ArticleId]) -> rusqlite::Result<Vec<Row>> {
    let sql = format!("SELECT {} FROM article a WHERE a.id = ?", row::columns());
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
        tally.add(code::severity(severity), code::state(state), count.unsigned_abs());
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
