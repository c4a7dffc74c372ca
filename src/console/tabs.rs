//! The tabs at the head of a pane: which there are, and what they say. Drawing and clicking agree on it.

use ratatui::layout::Rect;

use super::{pane::Pane, state::App};
use crate::text::width;

/// A tab: the pane that it leads to, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The pane.
    pub pane: Pane,
    /// Its name, with how many findings it has.
    pub title: String,
}

/// Returns the tabs at the head of a pane; none where it stands below another pane that has them already.
pub fn tabs(app: &App, pane: Pane, area: Rect) -> Vec<Tab> {
    let panes = app.panes();
    let stacked = panes.single || app.size.0 < 120;
    if pane == Pane::Article && stacked && panes.findings.is_some() {
        return Vec::new();
    }
    let tabs: &[Pane] = match pane {
        _ if panes.single => &Pane::ALL,
        Pane::List => &[Pane::List],
        Pane::Article if stacked => &Pane::ALL[1..],
        Pane::Article => &[Pane::Article],
        _ if stacked => &Pane::ALL[1..],
        _ => &Pane::FINDINGS,
    };
    let long = tabs.len() == 1 || area.width >= 62;
    let counted = area.width >= 46 || tabs.len() < Pane::ALL.len();
    tabs.iter().map(|pane| Tab { pane: *pane, title: title(app, *pane, long, counted) }).collect()
}

/// Finds the pane whose tab is at a column of a head.
pub fn tab_at(app: &App, pane: Pane, area: Rect, column: u16) -> Option<Pane> {
    let mut end = usize::from(area.x);
    tabs(app, pane, area).into_iter().find_map(|tab| {
        end += width(&tab.title) + 2;
        (usize::from(column) < end).then_some(tab.pane)
    })
}

fn title(app: &App, pane: Pane, long: bool, counted: bool) -> String {
    let open = app.open.as_ref().filter(|_| counted);
    let count = open.and_then(|open| match pane {
        Pane::Indicators => Some(open.item.row.counts.indicators as usize),
        Pane::Techniques => Some(open.item.briefing.techniques.len()),
        Pane::Hunts => Some(open.item.briefing.hunts.len()),
        _ => None,
    });
    let title = match pane {
        Pane::List if !counted => "List",
        Pane::Indicators if !long => "IOCs",
        Pane::Techniques if !long => "TTPs",
        pane => pane.title(),
    };
    count.map_or_else(|| title.to_owned(), |count| format!("{title} {count}"))
}
