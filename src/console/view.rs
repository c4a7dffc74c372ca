//! The views: each draws a part of the state into an area, changes nothing, and is asked by nobody but the loop.

mod article;
mod bars;
mod chooser;
mod findings;
mod hints;
mod hunt;
mod list;
mod pen;
mod prompt;
mod sheet;

use pen::Pen;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{
    layout::{LEAST, inside, reading},
    pane::Pane,
    state::App,
    tabs::tabs,
    theme::Role,
};

/// Draws the whole screen; returns the place of the terminal's cursor, when something is being written.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let screen = Rect::new(0, 0, app.size.0, app.size.1).intersection(buffer.area);
    buffer.set_style(screen, app.theme.style(Role::Text));
    let mut pen = Pen::new(app, buffer);
    if screen.width < LEAST.0 || screen.height < LEAST.1 {
        notice(&mut pen, screen);
        return None;
    }
    let panes = app.panes();
    bars::head(app, panes.head, &mut pen);
    if let Some(area) = panes.list {
        head(app, Pane::List, area, &mut pen);
        list::draw(app, inside(area), &mut pen);
    }
    if let Some(area) = panes.article {
        head(app, Pane::Article, area, &mut pen);
        article::draw(app, reading(area), &mut pen);
    }
    if let Some(area) = panes.findings {
        head(app, app.tab, area, &mut pen);
        findings::draw(app, app.tab, area, &mut pen);
    }
    if let Some(area) = panes.preview {
        hunt::draw(app, area, &mut pen);
    }
    rules(app, &mut pen);
    bars::foot(app, panes.foot, &mut pen);
    let body = Rect { y: 1, height: screen.height.saturating_sub(2), ..screen };
    if app.sheet.is_some() {
        sheet::draw(app, body, &mut pen);
    }
    if !app.keys.is_empty() {
        chooser::draw(app, body, &mut pen);
    }
    let position = prompt::draw(app, body, panes.foot, &mut pen);
    position.or_else(|| sheet::typing(app, body)).or_else(|| app.plain.then(|| here(app, body)))
}

/// Returns the place of what the keys are about, where a screen reader begins to read.
fn here(app: &App, body: Rect) -> Position {
    let panes = app.panes();
    let line = |area: Rect, at: usize, top: usize| Position { x: area.x, y: area.y + at.saturating_sub(top) as u16 };
    let place = match (&app.sheet, app.focus) {
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

fn notice(pen: &mut Pen<'_>, screen: Rect) {
    let (columns, rows) = LEAST;
    pen.line(
        Rect { height: screen.height.min(1), ..screen },
        Role::Text,
        &format!("too small: needs {columns}×{rows}"),
    );
}

/// Draws the head of a pane: its tab, and the tabs beside it where it stands for them too.
fn head(app: &App, pane: Pane, area: Rect, pen: &mut Pen<'_>) {
    let mut at = pen.start(Rect { height: 1, ..area });
    pen.rule(Rect { height: 1, ..area });
    let tabs = tabs(app, pane, area);
    if tabs.is_empty() {
        pen.put(&mut at, Role::Dim, " Evidence ");
    }
    for tab in tabs {
        let role = match () {
            () if tab.pane == app.focus => Role::Focus,
            () if tab.pane == pane => Role::Title,
            () => Role::Dim,
        };
        pen.tab(&mut at, role, tab.pane == pane, &tab.title);
    }
    if let (Pane::List, Some((severity, place, of))) = (pane, app.list.group()) {
        pen.put_right(&mut at, Role::Dim, &format!(" {} {place}/{of} ", severity.word()));
    }
}

/// Draws the lines between the columns.
fn rules(app: &App, pen: &mut Pen<'_>) {
    let panes = app.panes();
    let edges = [panes.article, panes.findings];
    for area in edges.into_iter().flatten().filter(|area| area.x > 0) {
        let column = Rect { x: area.x - 1, width: 1, ..area };
        pen.column(column);
    }
    if let Some(area) = panes.preview.filter(|area| area.x > 0) {
        pen.column(Rect { x: area.x - 1, width: 1, ..area });
    }
}
