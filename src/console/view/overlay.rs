use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, rows};
use crate::{
    console::{
        layout::inside,
        overlays,
        pane::Overlay,
        state::{App, OverlayState},
        theme::Role,
    },
    text::width,
};

/// Draws the overlay that lies over the panes.
pub(super) fn draw(app: &App, body: Rect, canvas: &mut Canvas<'_>) {
    let Some(state) = &app.overlay else { return };
    let body = area(app, state, body);
    canvas.clear(body, Role::Text);
    let head = Rect { height: body.height.min(1), ..body };
    canvas.rule(head);
    let mut at = canvas.start(head);
    canvas.put(&mut at, Role::Focus, &format!(" {} ", state.overlay.title()));
    canvas.put(&mut at, Role::Text, " ");
    let lines = overlays::lines(app);
    if state.typing || !state.filter.text().is_empty() {
        canvas.put(&mut at, Role::Key, "/");
        canvas.put(&mut at, Role::Text, state.filter.text());
        canvas.put(&mut at, Role::Text, " ");
    }
    canvas.put_right(&mut at, Role::Dim, " esc closes ");
    let area = inside(body);
    if lines.is_empty() {
        canvas.line(Rect { height: area.height.min(1), ..area }, Role::Dim, overlays::nothing(app));
    }
    for (row, (index, line)) in rows(area).zip(lines.iter().enumerate().skip(state.cursor.top)) {
        let mut at = canvas.start(row);
        for (role, text) in &line.pieces {
            canvas.put(&mut at, *role, text);
        }
        if index == state.cursor.at && state.overlay != Overlay::Matrix {
            canvas.wash(row, Role::Cursor);
        }
    }
    if body.right() < canvas.right() {
        edge(app, state, body, canvas);
    }
}

/// Returns where an overlay lies: over everything, but the views at the side of the article, where there is room for both.
fn area(app: &App, state: &OverlayState, body: Rect) -> Rect {
    let aside = overlays::views_pane(app).filter(|_| state.overlay == Overlay::Views);
    Rect { width: aside.unwrap_or(body.width), ..body }
}

/// Draws the line at the side of an overlay that does not lie over everything, and the query of its view.
fn edge(app: &App, state: &OverlayState, body: Rect, canvas: &mut Canvas<'_>) {
    canvas.column(Rect { x: body.right(), width: 1, ..body });
    let lines = overlays::lines(app);
    let query = lines.get(state.cursor.at).and_then(|line| line.pieces.last());
    if let Some((role, query)) = query.filter(|_| usize::from(body.height) > lines.len() + 3) {
        canvas.line(Rect { y: body.y + lines.len() as u16 + 2, height: 1, ..body }, *role, query);
    }
}

/// Returns the place of the cursor while the overlay is searched.
pub(super) fn typing(app: &App, body: Rect) -> Option<Position> {
    let state = app.overlay.as_ref().filter(|state| state.typing)?;
    let x = width(state.overlay.title()) + 4 + width(state.filter.before());
    Some(Position { x: (x as u16).min(body.right().saturating_sub(1)), y: body.y })
}
