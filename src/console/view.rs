//! The views: each draws a part of the state into an area, changes nothing, and is asked by nobody but the loop.

mod article;
mod bars;
mod canvas;
mod chooser;
mod findings;
mod hints;
mod hunt;
mod list;
mod overlay;
mod prompt;

use canvas::Canvas;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{
    layout::{MIN_SIZE, inside, reading},
    pane::Pane,
    state::App,
    tabs::tabs,
    theme::Role,
};

/// Draws the whole screen; returns the place of the terminal's cursor, when something is being written.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let screen = Rect::new(0, 0, app.size.0, app.size.1).intersection(buffer.area);
    buffer.set_style(screen, app.theme.style(Role::Text));
    let mut canvas = Canvas::new(app, buffer);
    if screen.width < MIN_SIZE.0 || screen.height < MIN_SIZE.1 {
        notice(&mut canvas, screen);
        return None;
    }
    let panes = app.panes();
    bars::head(app, panes.head, &mut canvas);
    if let Some(area) = panes.list {
        head(app, Pane::List, area, &mut canvas);
        list::draw(app, inside(area), &mut canvas);
    }
    if let Some(area) = panes.article {
        head(app, Pane::Article, area, &mut canvas);
        article::draw(app, reading(area), &mut canvas);
    }
    if let Some(area) = panes.findings {
        head(app, app.tab, area, &mut canvas);
        findings::draw(app, app.tab, area, &mut canvas);
    }
    if let Some(area) = panes.preview {
        hunt::draw(app, area, &mut canvas);
    }
    rules(app, &mut canvas);
    bars::foot(app, panes.foot, &mut canvas);
    let body = Rect { y: 1, height: screen.height.saturating_sub(2), ..screen };
    if app.overlay.is_some() {
        overlay::draw(app, body, &mut canvas);
    }
    if !app.keys.is_empty() {
        chooser::draw(app, body, &mut canvas);
    }
    let position = prompt::draw(app, body, panes.foot, &mut canvas);
    position.or_else(|| overlay::typing(app, body)).or_else(|| app.plain.then(|| here(app, body)))
}

/// Returns the place of what the keys are about, where a screen reader begins to read.
fn here(app: &App, body: Rect) -> Position {
    let panes = app.panes();
    let line = |area: Rect, at: usize, top: usize| Position { x: area.x, y: area.y + at.saturating_sub(top) as u16 };
    let place = match (&app.overlay, app.focus) {
        (Some(state), _) => Some(line(inside(body), state.cursor.at, state.cursor.top)),
        (None, Pane::List) => panes.list.map(|area| line(inside(area), app.list.cursor, app.list.top)),
        (None, Pane::Article) => panes.article.map(|area| line(reading(area), 0, 0)),
        (None, pane) => panes.findings.zip(app.open.as_ref()).map(|(area, open)| {
            let cursor = open.cursor(pane);
            line(inside(area), cursor.at, cursor.top)
        }),
    };
    let place = place.unwrap_or(Position { x: body.x, y: body.y });
    Position { x: place.x, y: place.y.min(body.bottom().saturating_sub(1)) }
}

fn notice(canvas: &mut Canvas<'_>, screen: Rect) {
    let (columns, rows) = MIN_SIZE;
    canvas.line(
        Rect { height: screen.height.min(1), ..screen },
        Role::Text,
        &format!("too small: needs {columns}×{rows}"),
    );
}

/// Draws the head of a pane: its tab, and the tabs beside it where it stands for them too.
fn head(app: &App, pane: Pane, area: Rect, canvas: &mut Canvas<'_>) {
    let mut at = canvas.start(Rect { height: 1, ..area });
    canvas.rule(Rect { height: 1, ..area });
    let tabs = tabs(app, pane, area);
    if tabs.is_empty() {
        canvas.put(&mut at, Role::Dim, " Evidence ");
    }
    for tab in tabs {
        let role = match () {
            () if tab.pane == app.focus => Role::Focus,
            () if tab.pane == pane => Role::Title,
            () => Role::Dim,
        };
        canvas.tab(&mut at, role, tab.pane == pane, &tab.title);
    }
    if let (Pane::List, Some((severity, place, of))) = (pane, app.list.group()) {
        canvas.put_right(&mut at, Role::Dim, &format!(" {} {place}/{of} ", severity.word()));
    }
}

/// Draws the lines between the columns.
fn rules(app: &App, canvas: &mut Canvas<'_>) {
    let panes = app.panes();
    let edges = [panes.article, panes.findings];
    for area in edges.into_iter().flatten().filter(|area| area.x > 0) {
        let column = Rect { x: area.x - 1, width: 1, ..area };
        canvas.column(column);
    }
    if let Some(area) = panes.preview.filter(|area| area.x > 0) {
        canvas.column(Rect { x: area.x - 1, width: 1, ..area });
    }
}
