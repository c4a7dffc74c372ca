use super::OverlayLine;
use crate::console::{
    action::{Entry, Place, TABLE},
    state::App,
    theme::Role,
};

pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let mut lines = Vec::new();
    let mut section = "";
    for entry in TABLE.iter() {
        if entry.action.section() != section {
            section = entry.action.section();
            lines.extend((!lines.is_empty()).then(OverlayLine::default));
            lines.push(OverlayLine::new([(Role::Title, format!(" {section}"))]));
        }
        lines.push(line(app, entry));
    }
    lines
}

fn line(app: &App, entry: &Entry) -> OverlayLine {
    let keys = app.keymap.keys_of(entry.action).collect::<Vec<_>>().join(", ");
    let place = match entry.place {
        Place::Everywhere => String::new(),
        place => format!(" ({})", place.title().to_lowercase()),
    };
    let about = format!("{}{place}", entry.about);
    // The names stand in a column of their own where there is room for one.
    let room = usize::from(app.size.0).saturating_sub(52).min(84);
    OverlayLine::new([
        (Role::Key, format!(" {keys:<24} ")),
        (Role::Text, format!("{about:<room$}")),
        (Role::Dim, format!("  {}", entry.name)),
    ])
}
