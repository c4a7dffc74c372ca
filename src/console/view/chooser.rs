use ratatui::layout::Rect;

use super::canvas::{Canvas, rows};
use crate::{
    console::{keymap::Key, state::App, theme::Role},
    text::width,
};

/// Draws what may follow the keys of a sequence that has begun.
pub(super) fn draw(app: &App, body: Rect, canvas: &mut Canvas<'_>) {
    let following: Vec<_> = app.keymap.following(app.place(), &app.keys).collect();
    let pressed = app.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
    let longest = following.iter().map(|(_, entry)| width(entry.about)).max().unwrap_or(0) + 8;
    let columns = (usize::from(body.width) / longest.max(1)).clamp(1, 2);
    let lines = following.len().div_ceil(columns);
    let height = (lines as u16 + 1).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    canvas.clear(area, Role::Text);
    let head = Rect { height: area.height.min(1), ..area };
    canvas.rule(head);
    let mut at = canvas.start(head);
    canvas.put(&mut at, Role::Focus, &format!(" {pressed} … "));
    let column = area.width / columns as u16;
    for (index, (key, entry)) in following.iter().enumerate() {
        let Some(row) = rows(area).nth(1 + index % lines.max(1)) else { continue };
        let x = row.x + column * (index / lines.max(1)) as u16;
        let mut at = canvas.start(Rect { x, width: column.min(row.right().saturating_sub(x)), ..row });
        canvas.put(&mut at, Role::Key, &format!(" {:<3} ", key.to_string()));
        canvas.put(&mut at, Role::Text, entry.about);
    }
}
