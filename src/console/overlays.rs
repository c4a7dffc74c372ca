//! What stands on the overlays: help, feeds, log, changes and views, as lines that can be searched and drawn.

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

use super::{pane::Overlay, state::App, theme::Role};
use crate::triage::View;

/// A line of an overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlayLine {
    /// What it says, in pieces with their roles.
    pub pieces: Vec<(Role, String)>,
    /// The list that it leads to.
    pub leads: Option<View>,
}

impl OverlayLine {
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

/// Writes the lines of the overlay that is open, without those that do not fit what is searched for.
pub fn lines(app: &App) -> Vec<OverlayLine> {
    let Some(state) = &app.overlay else { return Vec::new() };
    let mut lines = match state.overlay {
        Overlay::Help => help::lines(app),
        Overlay::Feeds => feeds::lines(app),
        Overlay::Log => log::lines(app),
        Overlay::History => changes::lines(app),
        Overlay::Views => views::lines(app),
        Overlay::Matrix => matrix::lines(app),
        Overlay::Trend => trend::lines(app),
    };
    if !state.filter.text().is_empty() {
        lines.retain(|line| line.has(state.filter.text()));
    }
    lines
}

/// Says why an overlay has no line.
pub fn nothing(app: &App) -> &'static str {
    match app.overlay.as_ref().map(|state| (state.overlay, state.filter.text().is_empty())) {
        Some((_, false)) => " Nothing fits.",
        Some((Overlay::Feeds, _)) => " No feed has been asked yet.",
        Some((Overlay::Log, _)) => " Nothing has happened yet.",
        Some((Overlay::Matrix, _)) => " No technique in this list yet.",
        Some((Overlay::History, _)) => " Nothing has been changed yet.",
        _ => "",
    }
}
