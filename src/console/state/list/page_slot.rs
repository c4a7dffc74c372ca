use std::collections::HashMap;

use crate::{
    store::{Cursor, PageIds},
    triage::{ArticleId, Row},
};

/// One page of the list. Which articles it has is known once it was read; their rows may be out of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct PageSlot {
    /// Where it begins.
    pub(super) after: Option<Cursor>,
    /// Its articles; none before it was read.
    pub(super) ids: Vec<ArticleId>,
    /// Their rows, each at its place; a row is missing when the article has left the list meanwhile.
    pub(super) rows: Option<Vec<Option<Row>>>,
    /// Whether one of them may be unreviewed.
    pub(super) open: bool,
    pub(super) asked: bool,
    /// A change was made to one of its rows, so that reading it again could lose rows that should stay dimmed.
    pub(super) touched: bool,
}

impl PageSlot {
    /// Makes one that is yet to be read.
    pub(super) fn at(after: Option<Cursor>) -> Self {
        Self { after, open: true, ..Self::default() }
    }

    /// Makes one whose rows are yet to be read.
    pub(super) fn outlined(stretch: PageIds) -> Self {
        Self { after: stretch.after, ids: stretch.ids, open: stretch.has_open, ..Self::default() }
    }

    pub(super) const fn is_unread(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn row(&self, at: usize) -> Option<&Row> {
        self.rows.as_ref()?.get(at)?.as_ref()
    }

    /// Takes in its rows. One that is read again keeps the articles that it had, so that no row changes its place.
    pub(super) fn accept(&mut self, rows: Vec<Row>) {
        self.asked = false;
        if self.is_unread() {
            self.ids = rows.iter().map(|row| row.id).collect();
            self.rows = Some(rows.into_iter().map(Some).collect());
        } else {
            let mut found: HashMap<ArticleId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
            self.rows = Some(self.ids.iter().map(|id| found.remove(id)).collect());
        }
    }

    /// Lets the rows go.
    pub(super) fn forget_rows(&mut self) {
        self.open = self.rows.iter().flatten().flatten().any(|row| row.standing.state.is_open());
        self.rows = None;
    }
}
