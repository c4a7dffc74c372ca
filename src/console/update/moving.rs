use super::{article, list};
use crate::console::{
    action::Step,
    effect::Effect,
    layout::{inside, listed},
    pane::Pane,
    preview::max_scroll,
    state::{App, findings},
};

/// Moves by a step in the pane that has the focus.
pub(super) fn step(app: &mut App, step: Step, count: Option<usize>) -> Vec<Effect> {
    in_pane(app, app.focus, step, count);
    Vec::new()
}

/// Moves by a step in a pane.
pub(super) fn in_pane(app: &mut App, pane: Pane, step: Step, count: Option<usize>) {
    match pane {
        Pane::List => in_list(app, step, count),
        Pane::Article => in_article(app, step, count),
        pane => in_findings(app, pane, step, count),
    }
}

/// Scrolls the query of the hunt under the cursor; tells whether there is more of it than its pane shows.
pub(super) fn in_preview(app: &mut App, step: Step, count: Option<usize>) -> bool {
    let furthest = max_scroll(app);
    let height = app.panes().preview.map_or(1, |area| usize::from(inside(area).height));
    if let Some(open) = app.open.as_mut().filter(|_| furthest > 0) {
        open.preview = led(open.preview, step, count, furthest + 1, height);
    }
    furthest > 0
}

/// Returns where a step leads, in something with `length` lines of which `height` are shown.
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
    let to = led(app.list.heading(), step, count, total, list::height(app));
    app.list.go(to);
}

fn in_article(app: &mut App, step: Step, count: Option<usize>) {
    let height = article::height(app);
    let Some(open) = &mut app.open else { return };
    let length = open.layout.lines.len();
    open.scroll = match step {
        // The last screen is the end: scrolling on would only show less.
        Step::Bottom if count.is_none() => length.saturating_sub(height),
        step => led(open.scroll, step, count, length, height).min(length.saturating_sub(height)),
    };
}

fn in_findings(app: &mut App, pane: Pane, step: Step, count: Option<usize>) {
    let pages = matches!(step, Step::HalfDown | Step::HalfUp | Step::PageDown | Step::PageUp);
    if pane == Pane::Hunts && pages && in_preview(app, step, count) {
        return;
    }
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

/// Returns the focus to a pane.
pub(super) fn focus(app: &mut App, pane: Pane) -> Vec<Effect> {
    app.focus = pane;
    app.finding = None;
    if pane.is_finding() {
        app.tab = pane;
        article::show(app);
    }
    Vec::new()
}

/// Returns the focused pane the whole screen, or takes it back.
pub(super) fn zoom(app: &mut App) -> Vec<Effect> {
    app.zoomed = !app.zoomed;
    Vec::new()
}

/// Goes to the nearest article that is not reviewed.
pub(super) fn unreviewed(app: &mut App, forward: bool) -> Vec<Effect> {
    if app.list.go_to_unreviewed(forward) {
        return Vec::new();
    }
    none_unreviewed(app, forward)
}

/// Says that there is no article to be reviewed that way.
pub(super) fn none_unreviewed(app: &mut App, forward: bool) -> Vec<Effect> {
    app.refuse(if forward { "no more unreviewed articles below" } else { "no unreviewed articles above" })
}
