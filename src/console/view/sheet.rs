use ratatui::layout::{Position, Rect};

use super::pen::{Pen, rows};
use crate::{
    console::{
        layout::inside,
        pane::Sheet,
        sheets,
        state::{App, SheetState},
        theme::Role,
    },
    text::width,
};

/// Draws the sheet that lies over the panes.
pub(super) fn draw(app: &App, body: Rect, pen: &mut Pen<'_>) {
    let Some(state) = &app.sheet else { return };
    let body = area(app, state, body);
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
        if index == state.cursor.at && state.sheet != Sheet::Matrix {
            pen.wash(row, Role::Cursor);
        }
    }
    if body.right() < pen.right() {
        edge(app, state, body, pen);
    }
}

/// Returns where a sheet lies: over everything, but the views at the side of the article, where there is room for both.
fn area(app: &App, state: &SheetState, body: Rect) -> Rect {
    let aside = sheets::views_pane(app).filter(|_| state.sheet == Sheet::Views);
    Rect { width: aside.unwrap_or(body.width), ..body }
}

/// Draws the line at the side of a sheet that does not lie over everything, and the query of its view.
fn edge(app: &App, state: &SheetState, body: Rect, pen: &mut Pen<'_>) {
    pen.column(Rect { x: body.right(), width: 1, ..body });
    let lines = sheets::lines(app);
    let query = lines.get(state.cursor.at).and_then(|line| line.pieces.last());
    if let Some((role, query)) = query.filter(|_| usize::from(body.height) > lines.len() + 3) {
        pen.line(Rect { y: body.y + lines.len() as u16 + 2, height: 1, ..body }, *role, query);
    }
}

/// Returns the place of the cursor while the sheet is searched.
pub(super) fn typing(app: &App, body: Rect) -> Option<Position> {
    let state = app.sheet.as_ref().filter(|state| state.typing)?;
    let x = width(state.sheet.title()) + 4 + width(state.filter.before());
    Some(Position { x: (x as u16).min(body.right().saturating_sub(1)), y: body.y })
}
