use ratatui::{layout::Rect, style::Style};

use super::canvas::{Canvas, TextCursor, rows};
use crate::{
    briefing::Severity,
    console::{
        action::{Action, Ask, FilterBy},
        article_layout::{age, glyph, others},
        pane::{Overlay, Pane},
        state::App,
        theme::Role,
    },
    triage::{Counts, Row, State, Verdict},
};

/// From how many columns on a row has room for more than the title.
const ROOMY: u16 = 60;

/// Draws the articles.
pub(super) fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    if let Some(why) = &app.list.fault {
        paragraph(area, Role::Fault, &["The list cannot be read:".into(), why.clone()], canvas);
        return;
    }
    if app.list.is_loaded() && app.list.is_empty() {
        paragraph(area, Role::Dim, &why_empty(app), canvas);
        return;
    }
    let selection = app.list.anchor.map(|_| app.list.selection());
    for (line, index) in rows(area).zip(app.list.top..app.list.len()) {
        let Some(row) = app.list.row(index) else {
            canvas.line(line, Role::Dim, " …");
            continue;
        };
        let selected = app.list.all || selection.as_ref().is_some_and(|range| range.contains(&index));
        draw_row(app, row, selected, line, canvas);
        if selected {
            canvas.wash(line, Role::Selected);
        }
        if index == app.list.cursor {
            canvas.wash(line, if app.focus == Pane::List { Role::Cursor } else { Role::CursorAway });
        }
    }
}

/// Draws one row: severity, state, age, title, and as far as there is room for them how many other sources tell of it,
/// its source, and its counts. The title comes first: what would leave it less than a line's worth is left out.
fn draw_row(app: &App, row: &Row, selected: bool, line: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme();
    let done = matches!(row.standing.state, State::Reviewed | State::Dismissed | State::Snoozed);
    let dim = theme.style(Role::Dim);
    let wide = line.width;
    let mut at = canvas.start(line);
    let severity = if done { theme.style(Role::Done) } else { theme.severity(row.severity) };
    canvas.cell(&mut at, severity, &severity_label(app, row.severity, wide), if wide < ROOMY { 6 } else { 7 });
    state(app, row, &mut at, canvas);
    canvas.cell(&mut at, dim, &format!("{:>3}", age(app.now, row.published)), 4);
    // Read out, figures behind a title are noise; the article says them in words.
    if wide >= 76 && !app.plain {
        counts(row, &mut at, canvas);
    }
    if wide >= ROOMY {
        source(row, wide, &mut at, canvas);
    }
    if row.others > 0 {
        let others = if wide >= ROOMY || app.plain { others(row.others) } else { format!("+{}", row.others) };
        canvas.put_right(&mut at, Role::Key, &format!(" {others}"));
    }
    if app.plain && selected {
        canvas.put(&mut at, Role::Selected, "selected ");
    }
    if row.standing.starred {
        canvas.put(&mut at, Role::Star, if app.plain { "starred " } else { "★ " });
    }
    if row.demo {
        canvas.put(&mut at, Role::Demo, "demo ");
    }
    let title = match row.standing.state {
        _ if done => theme.style(Role::Done),
        State::New => theme.style(Role::New),
        _ => theme.style(Role::Text),
    };
    let columns = at.left();
    canvas.cell(&mut at, title, &row.title, columns);
}

fn source(row: &Row, wide: u16, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let columns = if wide >= 90 { 20 } else { 13 };
    let left = TextCursor { x: at.end.saturating_sub(columns), ..*at };
    at.end = left.x.max(at.x);
    let mut source = TextCursor { x: (left.x + 1).min(left.end), ..left };
    let columns = source.left();
    canvas.cell(&mut source, canvas.theme().style(Role::Dim), &row.source, columns);
}

fn counts(row: &Row, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let Counts { indicators, techniques, hunts } = row.counts;
    let text = format!(" {indicators:>3}i {techniques:>2}t {hunts:>2}h");
    canvas.put_right(at, Role::Dim, &text);
}

/// Draws where the article stands in triage: a letter, so that it reads the same without colour; in plain mode a word.
fn state(app: &App, row: &Row, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let (sign, role) = state_sign(row);
    let style = canvas.theme().style(role);
    let words = if row.reopened.is_some() { "changed" } else { row.standing.words() };
    if app.plain { canvas.cell(at, style, words, 13) } else { canvas.cell(at, style, sign, 2) }
}

fn severity_label(app: &App, severity: Severity, wide: u16) -> String {
    let between = if wide < ROOMY { "" } else { " " };
    if app.plain { severity.word().to_owned() } else { format!("{}{between}{}", glyph(severity), severity.word()) }
}

/// Returns the letter for where an article stands in triage.
const fn state_sign(row: &Row) -> (&'static str, Role) {
    match (row.standing.state, row.standing.verdict) {
        (State::New | State::Read, _) if row.reopened.is_some() => ("C", Role::Warning),
        (State::New, _) => ("N", Role::Key),
        (State::Read, _) => ("·", Role::Dim),
        (State::Reviewed, Some(Verdict::Escalated)) => ("E", Role::Warning),
        (State::Reviewed, Some(Verdict::NotRelevant)) => ("-", Role::Done),
        (State::Reviewed, _) => ("R", Role::Good),
        (State::Dismissed, _) => ("x", Role::Done),
        (State::Snoozed, _) => ("z", Role::Done),
    }
}

/// Says why there is nothing to see, and what to do about it.
fn why_empty(app: &App) -> Vec<String> {
    let key = |action| app.keymap.key_of(action);
    if app.narrow.is_narrowed() {
        let searched = !app.narrow.search.is_empty();
        let clear = key(Action::Filter(FilterBy::Clear));
        let hint = if searched {
            let (back, search) = (key(Action::Back), key(Action::Ask(Ask::Search)));
            format!("{back} clears the search, {clear} every filter too, {search} changes it.")
        } else {
            format!("{clear} takes the filters off.")
        };
        return vec![format!("No article matches {}.", app.narrow.words()), String::new(), hint];
    }
    let failing: Vec<_> = app.feeds.iter().filter(|feed| !feed.error.is_empty()).collect();
    if !failing.is_empty() && failing.len() == app.feeds.len() {
        let mut said = vec![format!("None of the {} feeds can be read:", failing.len())];
        said.extend(failing.iter().take(4).map(|feed| format!("  {}: {}", feed.name, feed.error)));
        said.push(format!("{} shows them all.", key(Action::Show(Overlay::Feeds))));
        return said;
    }
    if !app.narrow.base.is_empty() {
        return vec![
            format!("Nothing is left in {}.", app.narrow.view),
            String::new(),
            format!("{} shows other views.", key(Action::Show(Overlay::Views))),
        ];
    }
    if app.fetching.running.is_some() {
        return vec!["Nothing has been fetched yet; the feeds are being asked.".into()];
    }
    if app.offline {
        return vec!["Nothing has been fetched yet, and huntdeck is offline.".into()];
    }
    vec![format!("Nothing has been fetched yet. {} asks the feeds.", key(Action::Fetch))]
}

fn paragraph(area: Rect, role: Role, lines: &[String], canvas: &mut Canvas<'_>) {
    let style: Style = canvas.theme().style(role);
    let mut rows = rows(area).skip(1);
    for text in lines {
        let safe = crate::text::Safe::line(text);
        for part in crate::console::article_layout::broken(safe.as_str(), usize::from(area.width).saturating_sub(2)) {
            let Some(row) = rows.next() else { return };
            let mut at = canvas.start(Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row });
            canvas.put_styled(&mut at, style, part);
        }
    }
}
