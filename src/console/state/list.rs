use std::collections::HashSet;

use super::super::library::Tally;
use crate::store::{ArticleId, Cursor, Order, Page, Row, State};

/// How many rows a page has.
pub const PAGE: usize = 100;

/// How many pages stay in memory; the rest is read again when the cursor comes by.
const KEPT: usize = 32;

/// Where the cursor wants to go, beyond what is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To a row.
    Row(usize),
    /// To the last row.
    End,
    /// To the next row that is not reviewed.
    Unreviewed,
    /// To an article, after the list was read again.
    Article(ArticleId, usize),
}

/// One page of the list; its rows may be out of memory.
#[derive(Clone, Debug, Default)]
struct Leaf {
    after: Option<Cursor>,
    rows: Option<Vec<Row>>,
    length: usize,
    asked: bool,
    /// A change was made to one of its rows, so that reading it again could lose rows that should stay dimmed.
    touched: bool,
}

/// The list of articles: pages of rows, read as the cursor comes by.
#[derive(Clone, Debug, Default)]
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
    pub goal: Option<Goal>,
    /// How many articles there are of each severity.
    pub tally: Option<Tally>,
    /// Why it can not be read.
    pub fault: Option<String>,
    /// How many articles came in since it was read.
    pub arrived: usize,
    pages: Vec<Leaf>,
    loaded: bool,
}

impl List {
    /// Begins a new list that has nothing yet.
    #[must_use]
    pub fn renewed(&self, goal: Option<Goal>) -> Self {
        Self { ticket: self.ticket + 1, order: self.order, goal, pages: vec![Leaf::default()], ..Self::default() }
    }

    /// Tells whether the first page has come.
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Gives how many rows are known.
    pub fn len(&self) -> usize {
        self.pages.iter().map(|leaf| leaf.length).sum()
    }

    /// Tells whether no row is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Tells whether the last row is known.
    pub fn is_whole(&self) -> bool {
        self.pages.last().is_none_or(|leaf| leaf.length > 0) || (self.loaded && self.is_empty())
    }

    /// Gives how many rows there are in all, as far as one can tell.
    pub fn total(&self) -> u64 {
        let known = self.len() as u64;
        if self.is_whole() { known } else { self.tally.map_or(known, |tally| tally.total().max(known)) }
    }

    /// Gives a row, when it is in memory.
    pub fn row(&self, index: usize) -> Option<&Row> {
        self.pages.get(index / PAGE)?.rows.as_ref()?.get(index % PAGE)
    }

    /// Gives the row under the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.row(self.cursor)
    }

    /// Gives the range of rows that is selected: the row under the cursor when none is.
    pub fn selection(&self) -> std::ops::RangeInclusive<usize> {
        let anchor = self.anchor.unwrap_or(self.cursor);
        anchor.min(self.cursor)..=anchor.max(self.cursor)
    }

    /// Gives the articles that are selected and in memory.
    pub fn selected(&self) -> Vec<ArticleId> {
        self.selection().filter_map(|index| self.row(index)).map(|row| row.id).collect()
    }

    /// Takes in a page.
    pub fn accept(&mut self, index: usize, page: Page) {
        let last = index + 1 == self.pages.len();
        let Some(leaf) = self.pages.get_mut(index) else { return };
        // A page that is read again may have lost rows; the length it had is kept, so that no row changes its place.
        let mut rows = page.rows;
        rows.truncate(PAGE);
        if last {
            leaf.length = rows.len();
        }
        leaf.rows = Some(rows);
        leaf.asked = false;
        let full = leaf.length == PAGE;
        self.loaded = true;
        self.fault = None;
        if last && index > 0 && leaf.length == 0 {
            // The page before ended just where the list ends.
            self.pages.pop();
        }
        if last && full && page.next.is_some() {
            self.pages.push(Leaf { after: page.next, ..Leaf::default() });
        }
        self.pursue();
        self.evict();
    }

    /// Notes that a page can not be read.
    pub fn fail(&mut self, index: usize, why: String) {
        if let Some(leaf) = self.pages.get_mut(index) {
            leaf.asked = false;
        }
        self.goal = None;
        self.loaded = true;
        self.fault = Some(why);
    }

    /// Chooses the pages to ask for, with where they begin, and notes that they are asked.
    pub fn ask(&mut self, height: usize) -> Vec<(usize, Option<Cursor>)> {
        if self.fault.is_some() {
            return Vec::new();
        }
        let last = self.pages.len().saturating_sub(1);
        let first = self.top.saturating_sub(height) / PAGE;
        let until = if self.goal.is_some() { last } else { (self.top + 2 * height) / PAGE };
        let mut asked = Vec::new();
        for index in (first..=until.min(last)).rev() {
            // On the way to a goal only the page at the end matters, and the pages around the cursor.
            let far = index != last && index > (self.top + 2 * height) / PAGE;
            let Some(leaf) = self.pages.get_mut(index) else { continue };
            if leaf.rows.is_none() && !leaf.asked && !far {
                leaf.asked = true;
                asked.push((index, leaf.after.clone()));
            }
        }
        asked
    }

    /// Moves the cursor to a row, or as near as is known; what is beyond is the goal.
    pub fn go(&mut self, index: usize) {
        let known = self.len();
        self.goal = (index >= known && !self.is_whole()).then_some(Goal::Row(index));
        self.cursor = index.min(known.saturating_sub(1));
    }

    /// Moves the cursor to the last row.
    pub fn go_to_end(&mut self) {
        self.cursor = self.len().saturating_sub(1);
        self.goal = (!self.is_whole()).then_some(Goal::End);
    }

    /// Moves the cursor to the nearest row that is not reviewed; tells whether there may be one.
    pub fn go_to_unreviewed(&mut self, forward: bool) -> bool {
        let open = |row: &Row| matches!(row.state, State::New | State::Read);
        let found = if forward {
            (self.cursor + 1..self.len()).find(|index| self.row(*index).is_some_and(open))
        } else {
            (0..self.cursor).rev().find(|index| self.row(*index).is_some_and(open))
        };
        if let Some(index) = found {
            self.cursor = index;
            self.goal = None;
            return true;
        }
        let further = forward && !self.is_whole();
        self.goal = further.then_some(Goal::Unreviewed);
        further
    }

    /// Changes the rows of articles that are in memory.
    pub fn change(&mut self, articles: &[ArticleId], mut change: impl FnMut(&mut Row)) {
        let articles: HashSet<ArticleId> = articles.iter().copied().collect();
        for leaf in &mut self.pages {
            for row in leaf.rows.iter_mut().flatten().filter(|row| articles.contains(&row.id)) {
                change(row);
                leaf.touched = true;
            }
        }
    }

    /// Tells whether an article is among the rows in memory.
    pub fn has(&self, id: ArticleId) -> bool {
        self.position(id).is_some()
    }

    /// Tells whether a row was changed since the list was read.
    pub fn is_touched(&self) -> bool {
        self.pages.iter().any(|leaf| leaf.touched)
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
        self.pages.iter().enumerate().find_map(|(page, leaf)| {
            let place = leaf.rows.as_ref()?.iter().position(|row| row.id == id)?;
            Some(page * PAGE + place)
        })
    }

    /// Follows the goal as far as the rows reach.
    fn pursue(&mut self) {
        match self.goal {
            Some(Goal::Row(index)) => self.go(index),
            Some(Goal::End) => self.go_to_end(),
            Some(Goal::Unreviewed) => {
                self.go_to_unreviewed(true);
            }
            // The article may have left the list; the cursor then stays at the height where it was.
            Some(Goal::Article(id, index)) => {
                self.goal = None;
                self.cursor = self.position(id).unwrap_or_else(|| index.min(self.len().saturating_sub(1)));
            }
            None => {}
        }
    }

    fn evict(&mut self) {
        let here = self.cursor / PAGE;
        while self.pages.iter().filter(|leaf| leaf.rows.is_some()).count() > KEPT {
            let far = (0..self.pages.len())
                .filter(|index| self.pages[*index].rows.is_some() && !self.pages[*index].touched)
                .max_by_key(|index| index.abs_diff(here));
            match far.filter(|index| index.abs_diff(here) > 1) {
                Some(index) => self.pages[index].rows = None,
                None => return,
            }
        }
    }
}
