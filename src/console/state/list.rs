mod jump;
mod page_slot;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

pub use jump::JumpTarget;
use page_slot::PageSlot;

use crate::{
    briefing::Severity,
    console::read::PAGE_ROWS,
    store::{Cursor, Page},
    triage::{ArticleId, Order, Row, Tally},
};

/// How many pages stay in memory; the rest is read again when the cursor comes by.
const MAX_PAGES_IN_MEMORY: usize = 32;

/// What the list lacks.
#[derive(Clone, Debug, PartialEq)]
pub enum PageRequest {
    /// A page, by its number and where it begins.
    Page(usize, Option<Cursor>),
    /// The pages from this one on, without their rows.
    Outline(usize, Option<Cursor>),
}

/// The list of articles: pages of rows, read as the cursor comes by.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct List {
    /// The number of the list; a reply to an older one is dropped.
    pub ticket: u64,
    /// How it is sorted.
    pub order: Order,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// Where a selection began.
    pub anchor: Option<usize>,
    /// Whether every article of the list is selected.
    pub all: bool,
    /// Where the cursor wants to go.
    pub goal: Option<JumpTarget>,
    /// How many articles there are of each severity.
    pub tally: Option<Tally>,
    /// Why it cannot be read.
    pub fault: Option<String>,
    /// How many articles came in since it was read.
    pub arrived: usize,
    /// Whether another process has changed something since the list was read.
    pub is_old: bool,
    /// Every page that is known; the last one is yet to be read while there is more.
    pages: Vec<PageSlot>,
    loaded: bool,
    outlining: bool,
}

impl List {
    /// Begins a new list that has nothing yet.
    #[must_use]
    pub fn renewed(&self, goal: Option<JumpTarget>) -> Self {
        Self { ticket: self.ticket + 1, order: self.order, goal, pages: vec![PageSlot::at(None)], ..Self::default() }
    }

    /// Returns `true` if the first page has come.
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Returns how many rows are known.
    pub fn len(&self) -> usize {
        self.pages.last().map_or(0, |last| (self.pages.len() - 1) * PAGE_ROWS + last.ids.len())
    }

    /// Returns `true` if no row is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns `true` if the last row is known.
    pub fn is_whole(&self) -> bool {
        self.pages.last().is_none_or(|slot| !slot.is_unread()) || (self.loaded && self.is_empty())
    }

    /// Returns how many rows there are in all, as far as one can tell.
    pub fn total(&self) -> u64 {
        let known = self.len() as u64;
        if self.is_whole() { known } else { self.tally.map_or(known, |tally| tally.total.max(known)) }
    }

    /// Returns a row, when it is in memory.
    pub fn row(&self, index: usize) -> Option<&Row> {
        self.pages.get(index / PAGE_ROWS)?.row(index % PAGE_ROWS)
    }

    /// Returns the row under the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.row(self.cursor)
    }

    /// Returns the group of the row under the cursor in a list by severity: the severity, the row's place in it, and
    /// how many it has.
    pub fn group(&self) -> Option<(Severity, u64, u64)> {
        let (row, tally) = (self.current().filter(|_| self.order == Order::Severity)?, self.tally?);
        let worse = Severity::ALL.into_iter().filter(|severity| *severity > row.severity);
        let worse: u64 = worse.map(|severity| tally.severity(severity)).sum();
        let of = tally.severity(row.severity);
        // Rows may have come or gone since they were counted.
        let place = (self.cursor as u64 + 1).checked_sub(worse).filter(|place| (1..=of).contains(place))?;
        Some((row.severity, place, of))
    }

    /// Returns `true` if the row under the cursor is being read.
    pub fn is_coming(&self) -> bool {
        self.pages.get(self.cursor / PAGE_ROWS).is_some_and(|slot| slot.rows.is_none() && slot.asked)
    }

    /// Returns the range of rows that is selected: the row under the cursor when none is.
    pub fn selection(&self) -> std::ops::RangeInclusive<usize> {
        let anchor = self.anchor.unwrap_or(self.cursor);
        anchor.min(self.cursor)..=anchor.max(self.cursor)
    }

    /// Returns the articles that are selected, also those whose rows are out of memory.
    pub fn selected(&self) -> Vec<ArticleId> {
        self.selection()
            .filter_map(|index| self.pages.get(index / PAGE_ROWS)?.ids.get(index % PAGE_ROWS).copied())
            .collect()
    }

    /// Takes in a page.
    pub fn accept(&mut self, index: usize, page: Page) {
        let last = index + 1 == self.pages.len();
        let Some(slot) = self.pages.get_mut(index) else { return };
        let mut rows = page.rows;
        rows.truncate(PAGE_ROWS);
        let fresh = slot.is_unread();
        slot.accept(rows);
        let length = slot.ids.len();
        self.loaded = true;
        self.fault = None;
        if last && index > 0 && length == 0 {
            // The page before ended just where the list ends.
            self.pages.pop();
        }
        if last && fresh && length == PAGE_ROWS && page.next.is_some() {
            self.pages.push(PageSlot::at(page.next));
        }
        self.pursue();
        self.evict();
    }

    /// Notes that something cannot be read.
    pub fn fail(&mut self, why: String) {
        self.pages.iter_mut().for_each(|slot| slot.asked = false);
        self.outlining = false;
        self.goal = None;
        self.loaded = true;
        self.fault = Some(why);
    }

    /// Chooses what to ask for, and notes that it is asked.
    pub fn ask(&mut self, height: usize) -> Vec<PageRequest> {
        if self.fault.is_some() {
            return Vec::new();
        }
        let last = self.pages.len().saturating_sub(1);
        let mut wanted = Vec::new();
        if self.wants_outline() {
            self.outlining = true;
            wanted.push(PageRequest::Outline(last, self.pages[last].after.clone()));
        }
        let first = self.top.saturating_sub(height) / PAGE_ROWS;
        let until = ((self.top + 2 * height) / PAGE_ROWS).min(last);
        // The last one first: it may be the one that the cursor is to go to.
        for index in self.goal_page().into_iter().chain((first..=until).rev()) {
            let outlining = self.outlining;
            let Some(slot) = self.pages.get_mut(index) else { continue };
            if slot.rows.is_none() && !slot.asked && !(outlining && slot.is_unread()) {
                slot.asked = true;
                wanted.push(PageRequest::Page(index, slot.after.clone()));
            }
        }
        wanted
    }

    /// Changes the rows of articles that are in memory.
    pub fn change(&mut self, articles: &[ArticleId], mut change: impl FnMut(&mut Row)) {
        let articles: HashSet<ArticleId> = articles.iter().copied().collect();
        for slot in &mut self.pages {
            for row in slot.rows.iter_mut().flatten().flatten().filter(|row| articles.contains(&row.id)) {
                change(row);
                slot.touched = true;
            }
        }
    }

    /// Returns the articles whose rows are in memory.
    pub fn held(&self) -> HashSet<ArticleId> {
        self.pages.iter().flat_map(|slot| slot.rows.iter().flatten().flatten()).map(|row| row.id).collect()
    }

    /// Returns `true` if the rows of all these articles are in memory.
    pub fn has_rows(&self, articles: &[ArticleId]) -> bool {
        let held = self.held();
        articles.iter().all(|id| held.contains(id))
    }

    /// Returns `true` if a row was changed since the list was read.
    pub fn is_touched(&self) -> bool {
        self.pages.iter().any(|slot| slot.touched)
    }

    /// Keeps the cursor on the screen.
    pub fn scroll(&mut self, height: usize) {
        self.cursor = self.cursor.min(self.len().saturating_sub(1));
        let height = height.max(1);
        let margin = 2.min(height.saturating_sub(1) / 2);
        self.top = self.top.min(self.cursor.saturating_sub(margin));
        self.top = self.top.max((self.cursor + margin + 1).saturating_sub(height));
        self.top = self.top.min(self.len().saturating_sub(height));
    }

    fn position(&self, id: ArticleId) -> Option<usize> {
        self.pages.iter().enumerate().find_map(|(page, slot)| {
            let place = slot.ids.iter().position(|known| *known == id)?;
            Some(page * PAGE_ROWS + place)
        })
    }

    fn evict(&mut self) {
        let here = self.cursor / PAGE_ROWS;
        while self.pages.iter().filter(|slot| slot.rows.is_some()).count() > MAX_PAGES_IN_MEMORY {
            let far = (0..self.pages.len())
                .filter(|index| self.pages[*index].rows.is_some() && !self.pages[*index].touched)
                .max_by_key(|index| index.abs_diff(here));
            match far.filter(|index| index.abs_diff(here) > 1) {
                Some(index) => self.pages[index].forget_rows(),
                None => return,
            }
        }
    }
}
