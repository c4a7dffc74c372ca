//! The outline of a list: its pages without their rows. One walk over the index of the order gives it, so that the last
//! row of 100,000 is as near as the next.

use rusqlite::Connection;

use super::{
    Sqlite, code,
    list::{Selection, index, params},
    sql::{self, Clause},
};
use crate::{
    store::{Cursor, PageIds, StoreError},
    triage::{ArticleId, Filter, Order},
};

impl Sqlite {
    pub(in crate::store) async fn outline(
        &self,
        filter: &Filter,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> Result<Vec<PageIds>, StoreError> {
        let clause = sql::clause(filter);
        self.read(move |connection| outline(connection, &clause, order, after, size.max(1))).await
    }
}

fn outline(
    connection: &Connection,
    clause: &Clause,
    order: Order,
    mut after: Option<Cursor>,
    size: usize,
) -> rusqlite::Result<Vec<PageIds>> {
    let mut selection = Selection::choose(connection, clause, index(order))?;
    selection.in_order(order, after.as_ref());
    let first = match order {
        Order::Severity => "a.severity",
        Order::Date => "0",
        Order::Score => "a.score",
    };
    let sql = format!("SELECT {first}, a.published, a.id, a.state FROM {}", selection.from);
    let mut statement = connection.prepare_cached(&sql)?;
    let bound = selection.params();
    let mut rows = statement.query(params(&bound).as_slice())?;
    let mut outline: Vec<PageIds> = Vec::new();
    while let Some(row) = rows.next()? {
        let here = Cursor(row.get(0)?, row.get(1)?, row.get(2)?);
        let open = code::state(row.get(3)?).is_open();
        match outline.last_mut().filter(|page| page.ids.len() < size) {
            Some(page) => {
                page.ids.push(ArticleId(here.2));
                page.has_open |= open;
            }
            None => outline.push(PageIds { after: after.take(), ids: vec![ArticleId(here.2)], has_open: open }),
        }
        after = Some(here);
    }
    Ok(outline)
}
