use super::{article, ask, copying, marks, moving, overlay, parameters, rule, views};
use crate::{
    console::{
        action::{Action, Ask, FilterBy},
        effect::Effect,
        pane::Pane,
        state::{App, Tone},
    },
    hunt::Dialect,
    triage::Order,
};

/// Does what was asked for.
pub(super) fn act(app: &mut App, action: Action, count: Option<usize>) -> Vec<Effect> {
    if let Some(effects) = overlay::act(app, action, count) {
        return effects;
    }
    if copying::must_wait(app, action) {
        app.waiting = Some(action);
        return Vec::new();
    }
    perform(app, action, count)
}

fn perform(app: &mut App, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Move(step) => moving::step(app, step, count),
        Action::Go(pane) => moving::focus(app, pane),
        Action::NextPane => moving::focus(app, app.focus.turned(1)),
        Action::PreviousPane => moving::focus(app, app.focus.turned(Pane::ALL.len() - 1)),
        Action::Open => article::open(app),
        Action::Back => back(app),
        Action::Zoom => moving::zoom(app),
        Action::NextEvidence => article::next_evidence(app),
        Action::NextUnreviewed => moving::unreviewed(app, true),
        Action::PreviousUnreviewed => moving::unreviewed(app, false),
        Action::Mark(mark) => marks::mark(app, mark),
        Action::Undo => vec![Effect::Undo(app.now)],
        Action::Redo => vec![Effect::Redo(app.now)],
        Action::Visual | Action::SelectAll => select(app, action == Action::SelectAll),
        Action::Choose => article::choose(app),
        Action::Unrule => rule::unrule(app),
        Action::Filter(filter) => narrow(app, filter),
        Action::Sort(order) => sort(app, order),
        Action::Pivot => views::pivot(app),
        Action::Story => views::story(app),
        Action::Return => views::back(app),
        Action::Ask(ask) => ask_for(app, ask),
        Action::Show(which) => overlay::open(app, which),
        Action::Copy(what) => copying::copy(app, what),
        Action::Browse => copying::browse(app),
        Action::Siem(siem) => copying::siem(app, siem),
        Action::NextDialect => next_dialect(app),
        Action::MoreHunts => article::more_hunts(app),
        Action::Tune(tune) => parameters::tune(app, tune, count),
        Action::Refresh | Action::Fetch | Action::Redraw | Action::Suspend | Action::Quit => outside(app, action),
    }
}

/// Starts or ends a selection of rows, or selects every article of the list or none.
fn select(app: &mut App, all: bool) -> Vec<Effect> {
    let (here, selecting) = (app.list.cursor, app.list.anchor.is_some());
    app.list.anchor = (!all && !selecting).then_some(here);
    app.list.all = all && !app.list.all;
    Vec::new()
}

/// Does what reaches beyond what is on the screen.
fn outside(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Refresh => app.reload_here(),
        Action::Fetch if app.offline => app.refuse("huntdeck is offline: nothing is fetched"),
        Action::Fetch => {
            app.say(Tone::Plain, "asking the feeds");
            vec![Effect::Fetch]
        }
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        _ => {
            app.done = true;
            Vec::new()
        }
    }
}

/// Leaves what is open, the innermost first.
fn back(app: &mut App) -> Vec<Effect> {
    if app.list.anchor.is_some() || app.list.all {
        app.list.anchor = None;
        app.list.all = false;
    } else if app.zoomed && app.focus != Pane::List {
        app.zoomed = false;
    } else if app.focus.is_finding() {
        return moving::focus(app, Pane::Article);
    } else if app.focus == Pane::Article {
        return moving::focus(app, app.finding.unwrap_or(Pane::List));
    } else if !app.narrow.search.is_empty() {
        app.narrow.search.clear();
        return app.reload_here();
    } else if !app.before.is_empty() {
        return views::back(app);
    }
    Vec::new()
}

fn narrow(app: &mut App, filter: FilterBy) -> Vec<Effect> {
    match filter {
        FilterBy::Severity(severity) => app.narrow.severity = severity,
        FilterBy::State(state) => app.narrow.state = Some(state),
        FilterBy::Demo => app.narrow.hide_demo = !app.narrow.hide_demo,
        FilterBy::Clear => app.narrow.clear(),
    }
    app.reload_here()
}

fn sort(app: &mut App, order: Order) -> Vec<Effect> {
    app.list.order = order;
    app.reload_here()
}

fn ask_for(app: &mut App, ask: Ask) -> Vec<Effect> {
    match ask {
        Ask::Search => ask::search(app),
        Ask::Command => ask::command(app),
        Ask::Tag => ask::tag(app),
        Ask::Note => ask::note(app),
        Ask::Prefix => ask::prefix(app),
        Ask::Rule(allow) => rule::ask(app, allow),
    }
}

fn next_dialect(app: &mut App) -> Vec<Effect> {
    let at = Dialect::ALL.iter().position(|dialect| *dialect == app.dialect).unwrap_or(0);
    app.dialect = Dialect::ALL[(at + 1) % Dialect::ALL.len()];
    if let Some(open) = &mut app.open {
        open.preview = 0;
    }
    Vec::new()
}
