use super::{moving::led, views};
use crate::{
    console::{
        action::{Action, Ask},
        effect::Effect,
        keymap::Key,
        overlays::{self, TACTICS, TODAY, WINDOWS},
        pane::Overlay,
        read::Read,
        state::{App, ListFilter, OverlayState},
    },
    query::parse,
    triage::View,
};
use crossterm::event::KeyCode;

/// How many columns the matrix has.
const COLUMNS: usize = TACTICS.len();

/// Opens an overlay, or closes it when it is open already.
pub(super) fn open(app: &mut App, overlay: Overlay) -> Vec<Effect> {
    if app.overlay.as_ref().is_some_and(|state| state.overlay == overlay) {
        app.overlay = None;
        return Vec::new();
    }
    app.overlay = Some(OverlayState::new(overlay));
    match overlay {
        Overlay::Feeds => vec![Effect::Read(Read::Feeds)],
        Overlay::History => vec![Effect::Read(Read::History)],
        Overlay::Views => count(app),
        Overlay::Matrix => app.list_filter().map(|query| Read::Techniques(query).into()).into_iter().collect(),
        Overlay::Trend => {
            let mut effects = today(app);
            effects.extend(app.list_filter().map(|query| Effect::Read(Read::Trend(query, app.now))));
            effects
        }
        Overlay::Help | Overlay::Log => Vec::new(),
    }
}

/// Counts every view.
fn count(app: &App) -> Vec<Effect> {
    let counted = app.views.iter().filter_map(|view| Some((view.name.clone(), parse(&view.query, app.now).ok()?)));
    vec![Effect::Read(Read::Counts(counted.collect()))]
}

/// Counts what was done today.
fn today(app: &App) -> Vec<Effect> {
    let counted = TODAY.iter().filter_map(|(name, query)| Some(((*name).to_owned(), parse(query, app.now).ok()?)));
    vec![Effect::Read(Read::Counts(counted.collect()))]
}

/// Does what was asked for on an overlay; none when no overlay is open, or when the action leads away from it.
pub(super) fn act(app: &mut App, action: Action, count: Option<usize>) -> Option<Vec<Effect>> {
    let height = height(app);
    let length = overlays::lines(app).len();
    let state = app.overlay.as_mut()?;
    match action {
        Action::Move(step) => state.cursor.at = led(state.cursor.at, step, count, length, height),
        Action::NextPane if matches!(state.overlay, Overlay::Matrix | Overlay::Trend) => state.column += 1,
        Action::PreviousPane if matches!(state.overlay, Overlay::Matrix | Overlay::Trend) => {
            state.column = state.column.saturating_sub(1);
        }
        Action::Ask(Ask::Search) if state.overlay != Overlay::Matrix => state.typing = true,
        Action::Back | Action::Quit => app.overlay = None,
        Action::Open => return Some(choose(app)),
        Action::Show(_) | Action::Redraw | Action::Suspend | Action::Fetch | Action::Undo | Action::Redo => {
            return None;
        }
        _ => {
            app.overlay = None;
            return None;
        }
    }
    Some(Vec::new())
}

/// Takes a click on a line: it gets the cursor, and leads to its list when it has it already.
pub(super) fn click(app: &mut App, row: u16) -> Vec<Effect> {
    let Some(state) = &mut app.overlay else { return Vec::new() };
    let to = state.cursor.top + usize::from(row.saturating_sub(2));
    if row >= 2 && to == state.cursor.at {
        return choose(app);
    }
    state.cursor.at = to;
    Vec::new()
}

/// Shows the list that the line under the cursor leads to.
fn choose(app: &mut App) -> Vec<Effect> {
    let Some(state) = &app.overlay else { return Vec::new() };
    let view = match overlays::under_cursor(app) {
        Some(id) => Some(View { name: format!("with {id}"), query: format!("t:{id}") }),
        None => overlays::lines(app).into_iter().nth(state.cursor.at).and_then(|line| line.leads),
    };
    let Some(view) = view else { return Vec::new() };
    app.overlay = None;
    views::enter(app, ListFilter::view(&view))
}

/// Takes a key into the search of an overlay; tells whether it did.
pub(super) fn typed(app: &mut App, key: Key) -> bool {
    let Some(state) = &mut app.overlay else { return false };
    match (key.code, key.typed()) {
        (_, Some(c)) => state.filter.insert(c.encode_utf8(&mut [0; 4]), false),
        (KeyCode::Backspace, _) if state.filter.backspace() => {}
        (KeyCode::Enter, _) => state.typing = false,
        (KeyCode::Esc, _) if !state.filter.text().is_empty() => state.filter.set(""),
        (KeyCode::Char('u'), _) if key.ctrl => state.filter.set(""),
        (KeyCode::Char('w'), _) if key.ctrl => state.filter.delete_word(),
        _ => return false,
    }
    state.cursor.at = 0;
    true
}

/// Moves the cursor of the matrix to the first tactic that has a technique.
pub(super) fn to_first_tactic(app: &mut App) {
    let column = overlays::first_tactic(app);
    if let Some(state) = app.overlay.as_mut().filter(|state| state.overlay == Overlay::Matrix) {
        state.column = column;
    }
}

/// Keeps the cursor of an overlay on the screen.
pub(super) fn settle(app: &mut App) {
    let height = height(app);
    let length = overlays::lines(app).len();
    if let Some(state) = &mut app.overlay {
        state.cursor.settle(length, height);
        if state.overlay == Overlay::Matrix && length > 1 {
            // The first line is the head.
            state.cursor.at = state.cursor.at.max(1);
        }
        let columns = if state.overlay == Overlay::Trend { WINDOWS.len() } else { COLUMNS };
        state.column = state.column.min(columns - 1);
    }
}

fn height(app: &App) -> usize {
    usize::from(app.size.1.saturating_sub(3)).max(1)
}
