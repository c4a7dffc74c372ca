use super::OverlayLine;
use crate::{
    console::{state::App, theme::Role},
    triage::Tally,
};

/// How many columns the views take without their queries.
const WIDE_COLUMNS: u16 = 41;

/// Returns the columns of the pane that the views lie over, which is the list's where the article is to be seen too.
pub fn pane(app: &App) -> Option<u16> {
    let panes = app.panes();
    panes.list.filter(|list| !panes.single && list.width < app.size.0).map(|list| list.width)
}

pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let narrow = pane(app).unwrap_or(app.size.0) < WIDE_COLUMNS;
    app.views
        .iter()
        .map(|view| {
            let sign = if app.plain { ">" } else { "›" };
            let here = if view.name == app.narrow.view { sign } else { " " };
            let query = if view.query.is_empty() { "everything" } else { &view.query };
            let mut pieces = vec![(Role::Key, format!(" {here} {:<17.17}", view.name))];
            pieces.extend(counted(app.counts.get(&view.name)).into_iter().take(if narrow { 2 } else { 3 }));
            pieces.push((Role::Dim, format!(" {query}")));
            OverlayLine::new(pieces).leading(&view.name, &view.query)
        })
        .collect()
}

/// Writes how many there are, and how many of them are CRIT and HIGH, each in a column of its own.
fn counted(tally: Option<&Tally>) -> [(Role, String); 3] {
    let Some(tally) = tally else { return [21, 0, 0].map(|columns| (Role::Text, " ".repeat(columns))) };
    let [crit, high, ..] = tally.severities();
    let some = |count: u64, word: &str| if count > 0 { format!("{count:>6}{word}") } else { " ".repeat(7) };
    [(Role::Text, format!("{:>7}", tally.total)), (Role::Crit, some(crit, "C")), (Role::High, some(high, "H"))]
}
