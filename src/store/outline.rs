//! The outline of a list: its pages without their rows. One walk over the index of the order gives it, so that the last
//! row of 100,000 is as near as the next.

use rusqlite::Connection;

use super::{
    ArticleId, Cursor, Order, Store, StoreError, code,
    list::{Selection, index, params},
};
use crate::query::{Clause, Query};

/// A page of a list without its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins; none at the beginning of the list.
    pub after: Option<Cursor>,
    /// Its articles, in the order of the list.
    pub ids: Vec<ArticleId>,
    /// Whether one of them is not reviewed, dismissed or snoozed.
    pub open: bool,
}

impl Store {
    /// Returns the pages of `size` rows that a list has after a cursor, in its order; the last one may be shorter.
    pub async fn outline(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> Result<Vec<Stretch>, StoreError> {
        let clause = query.clause();
        self.read(move |connection| outline(connection, &clause, order, after, size.max(1))).await
    }
}

fn outline(
    connection: &Connection,
    clause: &Clause,
    order: Order,
    mut after: Option<Cursor>,
    size: usize,
) -> rusqlite::Result<Vec<Stretch>> {
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
    let mut outline: Vec<Stretch> = Vec::new();
    while let Some(row) = rows.next()? {
        let here = Cursor(row.get(0)?, row.get(1)?, row.get(2)?);
        let open = code::state(row.get(3)?).is_open();
        match outline.last_mut().filter(|stretch| stretch.ids.len() < size) {
            Some(stretch) => {
                stretch.ids.push(ArticleId(here.2));
                stretch.open |= open;
            }
            None => outline.push(Stretch { after: after.take(), ids: vec![ArticleId(here.2)], open }),
        }
        after = Some(here);
    }
    Ok(outline)
}
