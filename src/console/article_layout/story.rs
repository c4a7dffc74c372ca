use super::{
    LayoutOptions, StyledText,
    head::{age, piece, role_of},
};
use crate::{
    console::theme::Role,
    text::{Safe, clip, width},
    triage::Row,
};

/// How many articles of a story are named; a key lists them all.
const MAX_ROWS: usize = 4;

/// Writes what else tells of the same as an article: one line each, the newest first.
pub(super) fn lines(story: &[Row], options: &LayoutOptions) -> Vec<StyledText> {
    if story.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![vec![piece(Role::Heading, "The same story elsewhere")]];
    lines.extend(story.iter().rev().take(MAX_ROWS).map(|row| line(row, options)));
    if story.len() > MAX_ROWS {
        lines.push(vec![piece(Role::Dim, format!("  and {} more", story.len() - MAX_ROWS))]);
    }
    lines
}

fn line(row: &Row, options: &LayoutOptions) -> StyledText {
    let ahead = [
        piece(role_of(row.severity), options.severity(row.severity)),
        piece(Role::Dim, format!("{:>3}", age(options.now, row.published))),
        piece(Role::Dim, clip(Safe::line(&row.source).as_str(), 16)),
    ];
    let mut line = Vec::new();
    let mut used = 0;
    for (text, role) in ahead {
        used += width(text.as_str()) + 1;
        line.extend([(text, role), piece(Role::Dim, " ")]);
    }
    let state = if options.plain { format!(", {}", row.standing.words()) } else { String::new() };
    let room = options.columns().saturating_sub(used + width(&state));
    line.push(piece(Role::Text, clip(Safe::line(&row.title).as_str(), room)));
    line.push(piece(Role::Dim, state));
    line
}
