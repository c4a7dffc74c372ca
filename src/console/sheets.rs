//! What stands on the sheets: help, feeds, log, changes and views, as lines that can be searched and drawn.

mod changes;
mod feeds;
mod help;
mod log;
mod matrix;
mod trend;
mod views;

pub use matrix::{TACTICS, first_tactic, under_cursor};
pub use trend::{TODAY, WINDOWS};
pub use views::pane as views_pane;

use super::{pane::Sheet, state::App, theme::Role};
use crate::triage::View;

/// A line of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetLine {
    /// What it says, in pieces with their roles.
    pub pieces: Vec<(Role, String)>,
    /// The list that it leads to.
    pub leads: Option<View>,
}

impl SheetLine {
    fn new(pieces: impl IntoIterator<Item = (Role, String)>) -> Self {
        Self { pieces: pieces.into_iter().collect(), leads: None }
    }

    fn leading(mut self, name: impl Into<String>, query: impl Into<String>) -> Self {
        self.leads = Some(View { name: name.into(), query: query.into() });
        self
    }

    fn has(&self, words: &str) -> bool {
        let text = self.pieces.iter().map(|(_, text)| text.as_str()).collect::<String>().to_lowercase();
        words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
    }
}

/// Writes the lines of the sheet that is open, without those that do not fit what is searched for.
pub fn lines(app: &App) -> Vec<SheetLine> {
    let Some(state) = &app.sheet else { return Vec::new() };
    let mut lines = match state.sheet {
        Sheet::Help => help::lines(app),
        Sheet::Feeds => feeds::lines(app),
        Sheet::Log => log::lines(app),
        Sheet::History => changes::lines(app),
        Sheet::Views => views::lines(app),
        Sheet::Matrix => matrix::lines(app),
        Sheet::Trend => trend::lines(app),
    };
    if !state.filter.text().is_empty() {
        lines.retain(|line| line.has(state.filter.text()));
    }
    lines
}

/// Says why a sheet has no line.
pub fn nothing(app: &App) -> &'static str {
    match app.sheet.as_ref().map(|state| (state.sheet, state.filter.text().is_empty())) {
        Some((_, false)) => " Nothing fits.",
        Some((Sheet::Feeds, _)) => " No feed has been asked yet.",
        Some((Sheet::Log, _)) => " Nothing has happened yet.",
        Some((Sheet::Matrix, _)) => " No technique in this list yet.",
        Some((Sheet::History, _)) => " Nothing has been changed yet.",
        _ => "",
    }
}
