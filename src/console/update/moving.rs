use super::{article, list, refuse};
use crate::console::{
    action::Step,
    layout::{inside, listed},
    message::Effect,
    pane::Pane,
    state::{App, findings},
};
use ratatui::layout::{Position, Rect};

/// Moves by a step in the pane that has the focus.
pub(super) fn step(app: &mut App, step: Step, count: Option<usize>) -> Vec<Effect> {
    match app.focus {
        Pane::List => in_list(app, step, count),
        Pane::Article => in_article(app, step, count),
        pane => in_findings(app, pane, step, count),
    }
    Vec::new()
}

/// Gives where a step leads, in something with `length` lines of which `height` are shown.
pub(super) fn led(at: usize, step: Step, count: Option<usize>, length: usize, height: usize) -> usize {
    let times = count.unwrap_or(1);
    let by = |lines: usize| lines.max(1).saturating_mul(times);
    let last = length.saturating_sub(1);
    match step {
        Step::Down => at.saturating_add(times),
        Step::Up => at.saturating_sub(times),
        Step::HalfDown => at.saturating_add(by(height / 2)),
        Step::HalfUp => at.saturating_sub(by(height / 2)),
        Step::PageDown => at.saturating_add(by(height.saturating_sub(1))),
        Step::PageUp => at.saturating_sub(by(height.saturating_sub(1))),
        Step::Top => count.map_or(0, |count| count.saturating_sub(1)),
        Step::Bottom => count.map_or(last, |count| count.saturating_sub(1)),
    }
    .min(last)
}

fn in_list(app: &mut App, step: Step, count: Option<usize>) {
    if step == Step::Bottom && count.is_none() {
        app.list.go_to_end();
        return;
    }
    let total = usize::try_from(app.list.total()).unwrap_or(usize::MAX);
    let to = led(app.list.cursor, step, count, total, list::height(app));
    app.list.go(to);
}

fn in_article(app: &mut App, step: Step, count: Option<usize>) {
    let height = article::height(app);
    let Some(open) = &mut app.open else { return };
    let length = open.flow.lines.len();
    open.scroll = match step {
        // The last screen is the end: scrolling on would only show less.
        Step::Bottom if count.is_none() => length.saturating_sub(height),
        step => led(open.scroll, step, count, length, height).min(length.saturating_sub(height)),
    };
}

fn in_findings(app: &mut App, pane: Pane, step: Step, count: Option<usize>) {
    let height = app.panes().findings.map_or(1, |area| usize::from(listed(area).0.height));
    let Some(open) = &mut app.open else { return };
    let length = findings(open, pane).len();
    let cursor = open.cursor_mut(pane);
    cursor.at = led(cursor.at, step, count, length, height);
    if pane == Pane::Hunts {
        open.preview = 0;
    }
    article::show(app);
}

/// Gives the focus to a pane.
pub(super) fn focus(app: &mut App, pane: Pane) -> Vec<Effect> {
    app.focus = pane;
    if pane.is_finding() {
        app.tab = pane;
        article::show(app);
    }
    Vec::new()
}

/// Goes to the nearest article that is not reviewed.
pub(super) fn unreviewed(app: &mut App, forward: bool) -> Vec<Effect> {
    if app.list.go_to_unreviewed(forward) {
        return Vec::new();
    }
    refuse(app, if forward { "no more unreviewed articles below" } else { "no unreviewed articles above" })
}

/// Scrolls by the wheel in the pane that has the focus.
pub(super) fn wheel(app: &mut App, lines: i32) -> Vec<Effect> {
    let which = if lines < 0 { Step::Up } else { Step::Down };
    step(app, which, Some(lines.unsigned_abs() as usize))
}

/// Takes a click: the pane gets the focus, the line the cursor.
pub(super) fn click(app: &mut App, column: u16, row: u16) -> Vec<Effect> {
    if app.sheet.is_some() || app.prompt.is_some() {
        return Vec::new();
    }
    let panes = app.panes();
    let at = Position { x: column, y: row };
    let hit =
        |area: Option<Rect>| area.map(inside).filter(|area| area.contains(at)).map(|area| usize::from(row - area.y));
    if let Some(line) = hit(panes.list) {
        app.focus = Pane::List;
        let to = app.list.top + line;
        if to < app.list.len() {
            app.list.go(to);
        }
    } else if hit(panes.article).is_some() {
        app.focus = Pane::Article;
    } else if let Some(line) = hit(panes.findings) {
        let tab = app.tab;
        if let Some(open) = &mut app.open {
            let cursor = open.cursor_mut(tab);
            cursor.at = cursor.top + line;
        }
        return focus(app, tab);
    }
    Vec::new()
}
