//! The query of the hunt under the cursor, laid out for its pane: coloured, broken where the pane ends, and with what one
//! should know before pasting it.

mod query;

use query::{Piece, pieces};

use super::{
    article_layout::broken,
    layout::reading,
    state::{App, Card, parameters_in_words},
    theme::Role,
};
use crate::{
    hunt::Dialect,
    text::{Safe, expand_tabs},
};

/// Returns how many lines the preview can be scrolled.
pub fn max_scroll(app: &App) -> usize {
    let card = app.open.as_ref().and_then(|open| open.card());
    let Some((area, card)) = app.panes().preview.map(reading).zip(card) else { return 0 };
    shown(app, card, area.width).len().saturating_sub(usize::from(area.height))
}

/// Returns what the preview shows: what is set otherwise than usual, and the query with its remarks.
pub fn shown(app: &App, card: &Card, width: u16) -> Vec<Line> {
    let mut shown = Vec::new();
    if app.parameters != app.defaults {
        remark(Role::Key, &parameters_in_words(&app.parameters), usize::from(width), &mut shown);
    }
    shown.extend(lines(card, app.dialect, usize::from(width)));
    shown
}

/// A line: its parts, each with its role.
pub type Line = Vec<(Role, String)>;

/// Writes the query and below it what one should know before pasting it.
fn lines(card: &Card, dialect: Dialect, width: usize) -> Vec<Line> {
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
