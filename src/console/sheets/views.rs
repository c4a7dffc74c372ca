use super::SheetLine;
use crate::console::{state::App, theme::Role};

pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    app.views
        .iter()
        .map(|view| {
            let here = if view.name == app.narrow.view { "›" } else { " " };
            SheetLine::new([
                (Role::Key, format!(" {here} {:<20} ", view.name)),
                (Role::Text, counted(app, &view.name)),
                (Role::Dim, if view.query.is_empty() { "everything".into() } else { view.query.clone() }),
            ])
        })
        .collect()
}

fn counted(app: &App, name: &str) -> String {
    let Some(tally) = app.counts.get(name) else { return " ".repeat(22) };
    let [crit, high, ..] = tally.severities;
    format!(
        "{:>7} {:<14}",
        tally.total(),
        if crit + high > 0 { format!("({crit} C, {high} H)") } else { String::new() }
    )
}
