use ratatui::layout::{Position, Rect};

use super::{act, moving, overlay};
use crate::console::{
    action::{Action, Step},
    effect::Effect,
    layout::inside,
    pane::Pane,
    state::App,
    tabs::tab_at,
};

/// Scrolls by the wheel what is under the pointer.
pub(super) fn wheel(app: &mut App, lines: i32, column: u16, row: u16) -> Vec<Effect> {
    let step = if lines < 0 { Step::Up } else { Step::Down };
    let count = Some(lines.unsigned_abs() as usize);
    if app.overlay.is_some() {
        return act::act(app, Action::Move(step), count);
    }
    let panes = app.panes();
    let over = |area: Option<Rect>| area.is_some_and(|area| area.contains(Position { x: column, y: row }));
    if over(panes.preview) {
        moving::in_preview(app, step, count);
    } else if over(panes.article) {
        moving::in_pane(app, Pane::Article, step, count);
    } else if over(panes.findings) {
        moving::in_pane(app, app.tab, step, count);
    } else if over(panes.list) {
        moving::in_pane(app, Pane::List, step, count);
    }
    Vec::new()
}

/// Takes a click: a tab is shown, a pane gets the focus, a line the cursor; a line that has it already is opened.
pub(super) fn click(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    if app.prompt.is_some() {
        return Vec::new();
    }
    if app.overlay.is_some() {
        return overlay::click(app, row);
    }
    let panes = app.panes();
    let at = Position { x: column, y: row };
    let heads = [(Pane::List, panes.list), (Pane::Article, panes.article), (app.tab, panes.findings)];
    let tab = heads.into_iter().filter_map(|(pane, area)| Some((pane, area?))).find_map(|(pane, area)| {
        (area.contains(at) && row == area.y).then(|| tab_at(app, pane, area, column)).flatten()
    });
    if let Some(tab) = tab {
        return moving::focus(app, tab);
    }
    let hit =
        |area: Option<Rect>| area.map(inside).filter(|area| area.contains(at)).map(|area| usize::from(row - area.y));
    if let Some(line) = hit(panes.list) {
        return in_list(app, line);
    }
    if hit(panes.article).is_some() {
        return moving::focus(app, Pane::Article);
    }
    hit(panes.findings).map(|line| in_findings(app, line)).unwrap_or_default()
}

fn in_list(app: &mut App, line: usize) -> Vec<Effect> {
    let to = app.list.top + line;
    if to == app.list.cursor && app.focus == Pane::List {
        return act::act(app, Action::Open, None);
    }
    if to < app.list.len() {
        app.list.go(to);
    }
    moving::focus(app, Pane::List)
}

fn in_findings(app: &mut App, line: usize) -> Vec<Effect> {
    let tab = app.tab;
    let Some(open) = &mut app.open else { return Vec::new() };
    let cursor = open.cursor_mut(tab);
    let to = cursor.top + line;
    if to == cursor.at && app.focus == tab {
        return act::act(app, Action::Open, None);
    }
    cursor.at = to;
    moving::focus(app, tab)
}
