use ratatui::layout::{Position, Rect};

use super::pen::{Pen, rows};
use crate::{
    console::{layout::inside, sheets, state::App, theme::Role},
    text::width,
};

/// Draws the sheet that lies over the panes.
pub(super) fn draw(app: &App, body: Rect, pen: &mut Pen<'_>) {
    let Some(state) = &app.sheet else { return };
    pen.clear(body, Role::Text);
    let head = Rect { height: body.height.min(1), ..body };
    pen.rule(head);
    let mut at = pen.start(head);
    pen.put(&mut at, Role::Focus, &format!(" {} ", state.sheet.title()));
    pen.put(&mut at, Role::Text, " ");
    let lines = sheets::lines(app);
    if state.typing || !state.filter.text().is_empty() {
        pen.put(&mut at, Role::Key, "/");
        pen.put(&mut at, Role::Text, state.filter.text());
        pen.put(&mut at, Role::Text, " ");
    }
    pen.put_right(&mut at, Role::Dim, " esc closes ");
    let area = inside(body);
    if lines.is_empty() {
        pen.line(Rect { height: area.height.min(1), ..area }, Role::Dim, sheets::nothing(app));
    }
    for (row, (index, line)) in rows(area).zip(lines.iter().enumerate().skip(state.cursor.top)) {
        let mut at = pen.start(row);
        for (role, text) in &line.pieces {
            pen.put(&mut at, *role, text);
        }
        if index == state.cursor.at {
            pen.wash(row, Role::Cursor);
        }
    }
}

/// Gives the place of the cursor while the sheet is searched.
pub(super) fn typing(app: &App, body: Rect) -> Option<Position> {
    let state = app.sheet.as_ref().filter(|state| state.typing)?;
    let x = width(state.sheet.title()) + 4 + width(state.filter.before());
    Some(Position { x: (x as u16).min(body.right().saturating_sub(1)), y: body.y })
}
