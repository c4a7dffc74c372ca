use jiff::Timestamp;

use super::{StyledText, broken, glyph};
use crate::{
    briefing::Severity,
    console::theme::Role,
    text::{Safe, width},
};

/// What an article is laid out on.
#[derive(Clone, Copy, Debug)]
pub struct LayoutOptions {
    /// The columns of the pane.
    pub width: u16,
    /// The time that ages are counted from.
    pub now: Timestamp,
    /// Whether nothing but words is drawn.
    pub plain: bool,
}

impl LayoutOptions {
    /// Returns the columns, one at the least.
    pub(super) fn columns(&self) -> usize {
        usize::from(self.width).max(1)
    }

    /// Writes a severity: its word, with its sign where signs are drawn.
    pub(super) fn severity(&self, severity: Severity) -> String {
        if self.plain { severity.word().to_owned() } else { format!("{} {}", glyph(severity), severity.word()) }
    }

    /// Sets pieces side by side, as many as fit into a line; a piece that is longer than a line is broken.
    pub(super) fn joined(&self, pieces: Vec<(Safe, Role)>) -> Vec<StyledText> {
        let between = if self.plain { ", " } else { " · " };
        let mut lines: Vec<StyledText> = Vec::new();
        let mut used = 0;
        for (text, role) in pieces {
            let wide = width(text.as_str());
            let room = used > 0 && used + width(between) + wide <= self.columns();
            if let Some(line) = lines.last_mut().filter(|_| room) {
                line.push((Safe::line(between), Role::Dim));
                line.push((text, role));
                used += width(between) + wide;
                continue;
            }
            let parts: Vec<&str> = broken(text.as_str(), self.columns()).collect();
            used = parts.last().map_or(0, |part| width(part));
            lines.extend(parts.into_iter().map(|part| vec![(Safe::line(part), role)]));
        }
        lines
    }
}
