use ratatui::layout::Rect;

use super::{
    pen::{Pen, rows},
    query::{Piece, pieces},
};
use crate::{
    console::{
        action::{Action, Step},
        flow::broken,
        layout::reading,
        state::{App, Card},
        theme::Role,
        update::in_words,
    },
    hunt::Dialect,
    text::{Safe, expand_tabs},
};

/// Draws the query of the hunt under the cursor, with the tabs of the dialects.
pub(super) fn draw(app: &App, area: Rect, pen: &mut Pen<'_>) {
    let head = Rect { height: area.height.min(1), ..area };
    pen.rule(head);
    let mut at = pen.start(head);
    for dialect in Dialect::ALL {
        let role = if dialect == app.dialect { Role::Title } else { Role::Dim };
        let name = if area.width >= 40 { dialect.label() } else { dialect.name() };
        pen.tab(&mut at, role, dialect == app.dialect, name);
    }
    let set = in_words(app);
    if app.parameters == app.defaults {
        pen.put_right(&mut at, Role::Dim, &format!(" {set} "));
    }
    let Some(open) = &app.open else { return };
    let area = reading(area);
    let Some(card) = open.card() else {
        if open.cards.is_none() && !open.item.briefing.hunts.is_empty() {
            pen.line(Rect { height: area.height.min(1), ..area }, Role::Dim, " …");
        }
        return;
    };
    let lines = shown(app, card, area.width);
    let height = usize::from(area.height);
    // Another query or pane may be shorter than the one that was scrolled.
    let first = open.preview.min(lines.len().saturating_sub(height));
    let more = lines.len().saturating_sub(first + height);
    for (index, (row, line)) in rows(area).zip(lines.into_iter().skip(first)).enumerate() {
        let mut at = pen.start(row);
        if more > 0 && index + 1 == height {
            let key = app.keymap.key_of(Action::Move(Step::HalfDown));
            pen.put(&mut at, Role::Key, &format!("… {} more lines, {key} shows them", more + 1));
            continue;
        }
        for (role, text) in line {
            pen.put(&mut at, role, &text);
        }
    }
}

/// Returns how far the preview can be scrolled.
pub(in crate::console) fn furthest(app: &App) -> usize {
    let card = app.open.as_ref().and_then(|open| open.card());
    let Some((area, card)) = app.panes().preview.map(reading).zip(card) else { return 0 };
    shown(app, card, area.width).len().saturating_sub(usize::from(area.height))
}

/// Writes what the preview shows: what is set otherwise than usual, and the query with its remarks.
fn shown(app: &App, card: &Card, width: u16) -> Vec<Line> {
    let mut shown = Vec::new();
    if app.parameters != app.defaults {
        remark(Role::Key, &in_words(app), usize::from(width), &mut shown);
    }
    shown.extend(lines(card, app.dialect, usize::from(width)));
    shown
}

type Line = Vec<(Role, String)>;

/// Writes the query and below it what one should know before pasting it.
pub(super) fn lines(card: &Card, dialect: Dialect, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    match card.query(dialect) {
        Ok(query) => {
            for line in query.text.lines() {
                coloured(dialect, line, width, &mut lines);
            }
            lines.push(Vec::new());
            for note in &query.notes {
                remark(Role::Warning, note, width, &mut lines);
            }
        }
        Err(why) => remark(Role::Warning, why, width, &mut lines),
    }
    remark(Role::Dim, &format!("{} · {} · {}", card.id, card.confidence.label(), card.phase), width, &mut lines);
    if !card.telemetry.is_empty() {
        remark(Role::Dim, &format!("Needs: {}", card.telemetry.join(", ")), width, &mut lines);
    }
    if !card.false_positives.is_empty() {
        remark(Role::Dim, &format!("Also matches: {}", card.false_positives.join("; ")), width, &mut lines);
    }
    lines
}

fn remark(role: Role, text: &str, width: usize, lines: &mut Vec<Line>) {
    let safe = Safe::line(text);
    lines.extend(broken(safe.as_str(), width).map(|part| vec![(role, part.to_owned())]));
}

/// Colours one line of a query and breaks it where the pane ends.
fn coloured(dialect: Dialect, line: &str, width: usize, lines: &mut Vec<Line>) {
    let tabs = expand_tabs(line);
    let safe = Safe::line(&tabs);
    let line = safe.as_str();
    let found = pieces(dialect, line);
    let mut start = 0;
    for part in broken(line, width) {
        // The white space at a break is left out of the part, so each part is looked for behind the last one.
        start += line[start..].find(part).unwrap_or(0);
        let end = start + part.len();
        let cut = |piece: &Piece| {
            let text = line.get(piece.start.max(start)..piece.end.min(end))?;
            (!text.is_empty()).then(|| (piece.role, text.to_owned()))
        };
        lines.push(found.iter().filter_map(cut).collect());
        start = end;
    }
}
