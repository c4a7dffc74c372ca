//! The lists of the desk's fake: every article, in the order in which it was put there.

use super::Desk;
use crate::{
    console::state::PAGE,
    store::{Cursor, Page, PageIds},
    triage::{Order, Row},
};

impl Desk {
    pub(super) fn listed(&self) -> Vec<Row> {
        let query = self.app.narrow.query();
        let open = query.split(' ').any(|word| word == "unreviewed");
        self.items
            .iter()
            .map(|item| item.row.clone())
            .filter(|row| !open || row.standing.state.is_open())
            .filter(|row| row.title.contains(self.app.narrow.search.trim_end_matches('*')))
            .collect()
    }

    pub(super) fn page(&self, order: Order, after: Option<&Cursor>) -> Page {
        let mut rows = self.listed_after(order, after);
        let next = rows.get(PAGE - 1).filter(|_| rows.len() > PAGE).map(|row| Cursor::after(row, order));
        rows.truncate(PAGE);
        Page { rows, next }
    }

    pub(super) fn outline(&self, order: Order, after: Option<&Cursor>) -> Vec<PageIds> {
        let rows = self.listed_after(order, after);
        let mut after = after.cloned();
        let pages = rows.chunks(PAGE).map(|page| {
            let open = page.iter().any(|row| row.standing.state.is_open());
            let next = page.last().map(|row| Cursor::after(row, order));
            PageIds {
                after: std::mem::replace(&mut after, next),
                ids: page.iter().map(|row| row.id).collect(),
                has_open: open,
            }
        });
        pages.collect()
    }

    fn listed_after(&self, order: Order, after: Option<&Cursor>) -> Vec<Row> {
        let mut rows = self.listed();
        let before = after.and_then(|after| rows.iter().position(|row| Cursor::after(row, order) == *after));
        rows.drain(..before.map_or(0, |before| before + 1));
        rows
    }
}
