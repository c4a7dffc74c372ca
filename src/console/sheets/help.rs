use super::SheetLine;
use crate::console::{
    action::{Place, TABLE},
    state::App,
    theme::Role,
};

pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    TABLE
        .iter()
        .map(|entry| {
            let keys = app.keymap.keys_of(entry.action).collect::<Vec<_>>().join(", ");
            let place = match entry.place {
                Place::Everywhere => String::new(),
                place => format!(" ({})", place.title().to_lowercase()),
            };
            SheetLine::new([
                (Role::Key, format!(" {keys:<22} ")),
                (Role::Text, format!("{}{place}", entry.about)),
                (Role::Dim, format!("  {}", entry.name)),
            ])
        })
        .collect()
}
