use super::SheetLine;
use crate::console::{state::App, theme::Role};

pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    app.views
        .iter()
        .map(|view| {
            let here = if view.name == app.narrow.view { "›" } else { " " };
            SheetLine::new([
                (Role::Key, format!(" {here} {:<20} ", view.name)),
                (Role::Dim, if view.query.is_empty() { "everything".into() } else { view.query.clone() }),
            ])
        })
        .collect()
}
