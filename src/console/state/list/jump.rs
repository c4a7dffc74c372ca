//! Where the cursor wants to go beyond what is in memory, and how it gets there.

use super::{List, page_slot::PageSlot};
use crate::console::read::PAGE_ROWS;
use crate::{store::PageIds, triage::ArticleId};

/// Where the cursor wants to go, beyond what is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JumpTarget {
    /// To a row.
    Row(usize),
    /// To the last row.
    End,
    /// To the nearest row that is not reviewed, forward or backward.
    Unreviewed(bool),
    /// To an article, after the list was read again.
    Article {
        /// Which.
        id: ArticleId,
        /// The row where it was: the cursor goes there when the article has left the list.
        index: usize,
        /// Whether the whole list is searched for it, or the first page alone.
        far: bool,
    },
}

/// Where the nearest row is that is not reviewed.
enum Nearest {
    Row(usize),
    /// In a page whose rows are out of memory.
    Page(usize),
    /// Where nothing is known yet.
    Beyond,
    Nowhere,
}

impl List {
    /// Moves the cursor to a row, or to the last one; what is not known yet is the goal.
    pub fn go(&mut self, index: usize) {
        if index < self.len() || self.is_whole() {
            self.cursor = index.min(self.len().saturating_sub(1));
            self.goal = None;
        } else {
            self.goal = Some(JumpTarget::Row(index));
        }
    }

    /// Moves the cursor to the last row.
    pub fn go_to_end(&mut self) {
        if self.is_whole() {
            self.go(usize::MAX);
        } else {
            self.goal = Some(JumpTarget::End);
        }
    }

    /// Moves the cursor to the nearest row that is not reviewed; tells whether there may be one.
    pub fn go_to_unreviewed(&mut self, forward: bool) -> bool {
        self.goal = None;
        match self.nearest(forward) {
            Nearest::Row(index) => self.cursor = index,
            Nearest::Page(_) | Nearest::Beyond => self.goal = Some(JumpTarget::Unreviewed(forward)),
            Nearest::Nowhere => return false,
        }
        true
    }

    /// Returns the row from which the next step goes: where the cursor is, or is on its way to.
    pub fn heading(&self) -> usize {
        match self.goal {
            Some(JumpTarget::Row(index)) => index,
            _ => self.cursor,
        }
    }

    /// Takes in the pages from one on.
    pub fn accept_outline(&mut self, from: usize, outline: Vec<PageIds>) {
        self.outlining = false;
        if from + 1 == self.pages.len() && self.pages[from].is_unread() {
            self.pages.pop();
            self.pages.extend(outline.into_iter().map(PageSlot::outlined));
        }
        self.pursue();
    }

    /// Returns `true` if the goal lies where nothing is known yet, beyond the page that comes next anyway.
    pub(super) fn wants_outline(&self) -> bool {
        let unread = self.pages.last().is_some_and(|last| last.is_unread() && !last.asked);
        if !unread || !self.loaded || self.outlining {
            return false;
        }
        match self.goal {
            Some(JumpTarget::Row(index)) => index / PAGE_ROWS >= self.pages.len(),
            Some(JumpTarget::End) => true,
            Some(JumpTarget::Unreviewed(forward)) => matches!(self.nearest(forward), Nearest::Beyond),
            Some(JumpTarget::Article { far, .. }) => far,
            None => false,
        }
    }

    /// Returns the page on the way to the goal whose rows are needed.
    pub(super) fn goal_page(&self) -> Option<usize> {
        match self.goal {
            Some(JumpTarget::Row(index)) => Some(index / PAGE_ROWS),
            Some(JumpTarget::Unreviewed(forward)) => match self.nearest(forward) {
                Nearest::Page(index) => Some(index),
                _ => None,
            },
            _ => None,
        }
    }

    /// Follows the goal as far as is known.
    pub(super) fn pursue(&mut self) {
        match self.goal {
            Some(JumpTarget::Row(index)) => self.go(index),
            Some(JumpTarget::End) => self.go_to_end(),
            Some(JumpTarget::Unreviewed(forward)) => {
                self.go_to_unreviewed(forward);
            }
            Some(JumpTarget::Article { id, index, far }) => match self.position(id) {
                Some(index) => self.go(index),
                None if far && !self.is_whole() => {}
                // It has left the list, or stands further down: the cursor stays at the height where it was.
                None => self.go(index.min(self.len().saturating_sub(1))),
            },
            None => {}
        }
    }

    fn nearest(&self, forward: bool) -> Nearest {
        let here = self.cursor / PAGE_ROWS;
        let pages = 0..self.pages.len();
        if forward {
            self.nearest_in(pages.skip(here), true)
        } else {
            self.nearest_in(pages.take(here + 1).rev(), false)
        }
    }

    fn nearest_in(&self, mut pages: impl Iterator<Item = usize>, forward: bool) -> Nearest {
        pages
            .find_map(|page| {
                let slot = &self.pages[page];
                let Some(rows) = &slot.rows else {
                    let there = if slot.is_unread() { Nearest::Beyond } else { Nearest::Page(page) };
                    return slot.open.then_some(there);
                };
                let indexes = rows
                    .iter()
                    .enumerate()
                    .filter(|(_, row)| row.as_ref().is_some_and(|row| row.standing.state.is_open()));
                let mut indexes = indexes.map(|(at, _)| page * PAGE_ROWS + at);
                let found = if forward {
                    indexes.find(|index| *index > self.cursor)
                } else {
                    indexes.rfind(|index| *index < self.cursor)
                };
                found.map(Nearest::Row)
            })
            .unwrap_or(Nearest::Nowhere)
    }
}
