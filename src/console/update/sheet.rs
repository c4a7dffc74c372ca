use super::{moving::led, views};
use crate::{
    console::{
        action::{Action, Ask},
        effect::Effect,
        keymap::Key,
        pane::Sheet,
        read::Read,
        sheets::{self, TACTICS, TODAY, WINDOWS},
        state::{App, ListFilter, SheetState},
    },
    query::parse,
    triage::View,
};
use crossterm::event::KeyCode;

/// How many columns the matrix has.
const COLUMNS: usize = TACTICS.len();

/// Opens a sheet, or closes it when it is open already.
pub(super) fn open(app: &mut App, sheet: Sheet) -> Vec<Effect> {
    if app.sheet.as_ref().is_some_and(|state| state.sheet == sheet) {
        app.sheet = None;
        return Vec::new();
    }
    app.sheet = Some(SheetState::new(sheet));
    match sheet {
        Sheet::Feeds => vec![Effect::Read(Read::Feeds)],
        Sheet::History => vec![Effect::Read(Read::History)],
        Sheet::Views => count(app),
        Sheet::Matrix => app.list_filter().map(|query| Read::Techniques(query).into()).into_iter().collect(),
        Sheet::Trend => {
            let mut effects = today(app);
            effects.extend(app.list_filter().map(|query| Effect::Read(Read::Trend(query, app.now))));
            effects
        }
        Sheet::Help | Sheet::Log => Vec::new(),
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

/// Does what was asked for on a sheet; none when no sheet is open, or when the action leads away from it.
pub(super) fn act(app: &mut App, action: Action, count: Option<usize>) -> Option<Vec<Effect>> {
    let height = height(app);
    let length = sheets::lines(app).len();
    let state = app.sheet.as_mut()?;
    match action {
        Action::Move(step) => state.cursor.at = led(state.cursor.at, step, count, length, height),
        Action::NextPane if matches!(state.sheet, Sheet::Matrix | Sheet::Trend) => state.column += 1,
        Action::PreviousPane if matches!(state.sheet, Sheet::Matrix | Sheet::Trend) => {
            state.column = state.column.saturating_sub(1);
        }
        Action::Ask(Ask::Search) if state.sheet != Sheet::Matrix => state.typing = true,
        Action::Back | Action::Quit => app.sheet = None,
        Action::Open => return Some(choose(app)),
        Action::Show(_) | Action::Redraw | Action::Suspend | Action::Fetch | Action::Undo | Action::Redo => {
            return None;
        }
        _ => {
            app.sheet = None;
            return None;
        }
    }
    Some(Vec::new())
}

/// Takes a click on a line: it gets the cursor, and leads to its list when it has it already.
pub(super) fn click(app: &mut App, row: u16) -> Vec<Effect> {
    let Some(state) = &mut app.sheet else { return Vec::new() };
    let to = state.cursor.top + usize::from(row.saturating_sub(2));
    if row >= 2 && to == state.cursor.at {
        return choose(app);
    }
    state.cursor.at = to;
    Vec::new()
}

/// Shows the list that the line under the cursor leads to.
fn choose(app: &mut App) -> Vec<Effect> {
    let Some(state) = &app.sheet else { return Vec::new() };
    let view = match sheets::under_cursor(app) {
        Some(id) => Some(View { name: format!("with {id}"), query: format!("t:{id}") }),
        None => sheets::lines(app).into_iter().nth(state.cursor.at).and_then(|line| line.leads),
    };
    let Some(view) = view else { return Vec::new() };
    app.sheet = None;
    views::enter(app, ListFilter::view(&view))
}

/// Takes a key into the search of a sheet; tells whether it did.
pub(super) fn typed(app: &mut App, key: Key) -> bool {
    let Some(state) = &mut app.sheet else { return false };
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
    let column = sheets::first_tactic(app);
    if let Some(state) = app.sheet.as_mut().filter(|state| state.sheet == Sheet::Matrix) {
        state.column = column;
    }
}

/// Keeps the cursor of a sheet on the screen.
pub(super) fn settle(app: &mut App) {
    let height = height(app);
    let length = sheets::lines(app).len();
    if let Some(state) = &mut app.sheet {
        state.cursor.settle(length, height);
        if state.sheet == Sheet::Matrix && length > 1 {
            // The first line is the head.
            state.cursor.at = state.cursor.at.max(1);
        }
        let columns = if state.sheet == Sheet::Trend { WINDOWS.len() } else { COLUMNS };
        state.column = state.column.min(columns - 1);
    }
}

fn height(app: &App) -> usize {
    usize::from(app.size.1.saturating_sub(3)).max(1)
}
