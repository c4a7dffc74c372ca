use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, TextCursor, rows};
use crate::{
    console::{
        state::{App, Candidate, Prompt, PromptKind},
        theme::Role,
    },
    text::{Safe, clip, defang, width},
};

/// Draws the line, or the note, that is being written; returns the place of the cursor.
pub(super) fn draw(app: &App, body: Rect, foot: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    let prompt = app.prompt.as_ref()?;
    if matches!(prompt.kind, PromptKind::Note(_)) {
        return Some(note(prompt, body, foot, canvas));
    }
    let fault_shown = prompt.fault.as_ref().filter(|_| !prompt.unfinished);
    let above = u16::from(fault_shown.is_some()).min(body.height);
    candidates(app, prompt, Rect { height: body.height - above, ..body }, canvas);
    let label = match &prompt.kind {
        PromptKind::Search { .. } => "/".to_owned(),
        PromptKind::Command => ":".to_owned(),
        PromptKind::Pivot(_) => "articles with: ".to_owned(),
        PromptKind::Prefix => "index or macro: ".to_owned(),
        PromptKind::Rule { value, allow, .. } => {
            let value = defang(value);
            let value = clip(&value, usize::from(foot.width) / 2);
            format!("{value} {} an indicator, because: ", if *allow { "always is" } else { "never is" })
        }
        PromptKind::Tag(_) | PromptKind::Note(_) => "tag: ".to_owned(),
    };
    canvas.clear(foot, Role::Text);
    let mut at = canvas.start(foot);
    canvas.put(&mut at, Role::Key, &label);
    let start = at;
    let skipped = put_field(prompt, &mut at, canvas);
    if let Some((message, span)) = fault_shown {
        let before = prompt.field.text().get(..span.start).unwrap_or(prompt.field.text());
        let column = width(before).saturating_sub(skipped);
        fault(app.plain, message, start, column, body, canvas);
    }
    let cursor = start.x.saturating_add((width(prompt.field.before()) - skipped) as u16);
    Some(Position { x: cursor.min(foot.right().saturating_sub(1)), y: foot.y })
}

/// Puts the text of a field so that the cursor is in sight; returns how many columns at its start are not.
fn put_field(prompt: &Prompt, at: &mut TextCursor, canvas: &mut Canvas<'_>) -> usize {
    let room = at.left().saturating_sub(1);
    let mut before = prompt.field.before();
    let mut skipped = 0;
    while width(before) > room {
        let mut chars = before.chars();
        let first = chars.next().map_or(0, |c| width(c.encode_utf8(&mut [0; 4])));
        skipped += first;
        before = chars.as_str();
    }
    let behind = &prompt.field.text()[prompt.field.before().len()..];
    canvas.put(at, Role::Text, before);
    canvas.put(at, Role::Text, behind);
    // Wide graphemes may be counted apart from their parts; the cursor must not leave the line for that.
    skipped.min(width(prompt.field.before()))
}

/// Draws a caret under nothing but above the place: the line of the prompt is the lowest there is.
fn fault(plain: bool, message: &str, start: TextCursor, column: usize, body: Rect, canvas: &mut Canvas<'_>) {
    let area = Rect { y: body.bottom().saturating_sub(1), height: body.height.min(1), ..body };
    canvas.clear(area, Role::Text);
    let mut at = canvas.start(area);
    let lead = usize::from(start.x.saturating_sub(area.x)) + column;
    let text = if plain { format!("Fault at column {}: {message}", column + 1) } else { format!("▼ {message}") };
    let lead = lead.min(at.left().saturating_sub(width(&text)));
    canvas.put(&mut at, Role::Text, &" ".repeat(lead));
    let columns = at.left();
    canvas.cell(&mut at, canvas.theme().style(Role::Fault), &text, columns);
}

fn candidates(app: &App, prompt: &Prompt, body: Rect, canvas: &mut Canvas<'_>) {
    let most = (prompt.candidates.len() as u16).min(body.height.saturating_sub(1)).min(12);
    let area = Rect { y: body.bottom() - most, height: most, ..body };
    let first = (prompt.chosen + 1).saturating_sub(usize::from(most));
    canvas.clear(area, Role::Bar);
    for (row, (index, candidate)) in rows(area).zip(prompt.candidates.iter().enumerate().skip(first)) {
        let mut at = canvas.start(row);
        let sign = if app.plain && index == prompt.chosen { ">" } else { " " };
        match candidate {
            Candidate::Action(entry) => {
                let keys = app.keymap.keys_of(entry.action).collect::<Vec<_>>().join(", ");
                canvas.put_over(&mut at, Role::Key, &format!("{sign}{:<24}", entry.name));
                canvas.put_right(&mut at, Role::Bar, &format!(" {keys} "));
                let columns = at.left();
                // A few letters of what it does say nothing.
                let about = if columns >= 16 { entry.about } else { "" };
                canvas.cell(&mut at, canvas.theme().style(Role::Bar), about, columns);
            }
            Candidate::Word(word, about) => {
                canvas.put_over(&mut at, Role::Key, &format!("{sign}{word:<24}"));
                canvas.put(&mut at, Role::Bar, about);
            }
        }
        if index == prompt.chosen {
            canvas.wash(row, Role::Cursor);
        }
    }
}

/// Draws the note with its own lines.
fn note(prompt: &Prompt, body: Rect, foot: Rect, canvas: &mut Canvas<'_>) -> Position {
    let height = (body.height / 2).clamp(3, 14).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    canvas.clear(area, Role::Text);
    let head = Rect { height: 1.min(area.height), ..area };
    canvas.rule(head);
    canvas.put(&mut canvas.start(head), Role::Focus, " Note ");
    canvas.clear(foot, Role::Text);
    canvas.line(foot, Role::Dim, " enter new line · esc or ctrl-s keeps it · ctrl-c drops what was written");
    let before = Safe::text(prompt.field.before());
    let line = before.as_str().matches('\n').count();
    let column = width(before.as_str().rsplit('\n').next().unwrap_or(""));
    let room = usize::from(area.height.saturating_sub(1));
    let top = (line + 1).saturating_sub(room);
    let across = (column + 2).saturating_sub(usize::from(area.width));
    for (row, text) in rows(area).skip(1).zip(prompt.field.text().split('\n').skip(top)) {
        let mut at = canvas.start(Rect { x: row.x + 1, width: row.width - 1, ..row });
        let shown: String = text.chars().skip(across).collect();
        canvas.put(&mut at, Role::Text, &shown);
    }
    let x = area.x + 1 + (column - across.min(column)) as u16;
    let y = area.y + 1 + (line - top) as u16;
    Position { x: x.min(area.right().saturating_sub(1)), y: y.min(area.bottom().saturating_sub(1)) }
}
