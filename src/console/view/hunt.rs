use ratatui::layout::Rect;

use super::canvas::{Canvas, rows};
use crate::{
    console::{
        action::{Action, Step},
        layout::reading,
        preview,
        state::{App, parameters_in_words},
        theme::Role,
    },
    hunt::Dialect,
};

/// Draws the query of the hunt under the cursor, with the tabs of the dialects.
pub(super) fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let head = Rect { height: area.height.min(1), ..area };
    canvas.rule(head);
    let mut at = canvas.start(head);
    for dialect in Dialect::ALL {
        let role = if dialect == app.dialect { Role::Title } else { Role::Dim };
        let name = if area.width >= 40 { dialect.label() } else { dialect.name() };
        canvas.tab(&mut at, role, dialect == app.dialect, name);
    }
    let set = parameters_in_words(&app.parameters);
    if app.parameters == app.defaults {
        canvas.put_right(&mut at, Role::Dim, &format!(" {set} "));
    }
    let Some(open) = &app.open else { return };
    let area = reading(area);
    let Some(card) = open.card() else {
        if open.cards.is_none() && !open.item.briefing.hunts.is_empty() {
            canvas.line(Rect { height: area.height.min(1), ..area }, Role::Dim, " …");
        }
        return;
    };
    let lines = preview::shown(app, card, area.width);
    let height = usize::from(area.height);
    // Another query or pane may be shorter than the one that was scrolled.
    let first = open.preview.min(lines.len().saturating_sub(height));
    let more = lines.len().saturating_sub(first + height);
    for (index, (row, line)) in rows(area).zip(lines.into_iter().skip(first)).enumerate() {
        let mut at = canvas.start(row);
        if more > 0 && index + 1 == height {
            let key = app.keymap.key_of(Action::Move(Step::HalfDown));
            canvas.put(&mut at, Role::Key, &format!("… {} more lines, {key} shows them", more + 1));
            continue;
        }
        for (role, text) in line {
            canvas.put(&mut at, role, &text);
        }
    }
}
