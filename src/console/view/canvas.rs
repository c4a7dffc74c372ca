use ratatui::{buffer::Buffer, layout::Rect, style::Style};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    console::{
        state::App,
        theme::{Role, Theme},
    },
    text::{Safe, clip, expand_tabs, width},
};

/// The most bytes of one grapheme: more is a heap of marks on one letter, which floods the terminal.
const MAX_CELL_BYTES: usize = 32;

/// A place in one line that text is put at.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextCursor {
    pub x: u16,
    pub y: u16,
    pub end: u16,
}

impl TextCursor {
    pub(super) const fn left(self) -> usize {
        self.end.saturating_sub(self.x) as usize
    }
}

/// Draws text: the one way to the screen, so that nothing unsafe passes.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    plain: bool,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(app: &'a App, buffer: &'a mut Buffer) -> Self {
        Self { buffer, theme: &app.theme, plain: app.plain }
    }

    /// Begins at the left of an area's first line; an area without room gives a place without room.
    pub(super) fn start(&self, area: Rect) -> TextCursor {
        let area = area.intersection(self.buffer.area);
        TextCursor { x: area.x, y: area.y, end: if area.height == 0 { area.x } else { area.right() } }
    }

    /// Puts text, as much as there is room for, and moves on.
    pub(super) fn put(&mut self, at: &mut TextCursor, role: Role, text: &str) {
        self.put_styled(at, self.theme.style(role), text);
    }

    /// Puts text over the style that is there already.
    pub(super) fn put_over(&mut self, at: &mut TextCursor, role: Role, text: &str) {
        self.put_styled(at, self.theme.overlay(role), text);
    }

    /// Puts text in a style.
    pub(super) fn put_styled(&mut self, at: &mut TextCursor, style: Style, text: &str) {
        if at.left() == 0 {
            return;
        }
        let tabs = expand_tabs(text);
        let safe = Safe::line(&tabs);
        let shown = Self::readable(safe.as_str());
        let (x, _) = self.buffer.set_stringn(at.x, at.y, shown, at.left(), style);
        at.x = x.max(at.x);
    }

    /// Puts text cut to a number of columns, and fills them up.
    pub(super) fn cell(&mut self, at: &mut TextCursor, style: Style, text: &str, columns: usize) {
        let columns = columns.min(at.left());
        let end = at.x + columns as u16;
        let safe = Safe::line(text);
        let mut part = TextCursor { end, ..*at };
        self.put_styled(&mut part, style, &clip(safe.as_str(), columns));
        at.x = end;
    }

    /// Puts text at the right end of a line, if there is room for all of it.
    pub(super) fn put_right(&mut self, at: &mut TextCursor, role: Role, text: &str) {
        let wide = width(Safe::line(text).as_str());
        if wide > 0 && wide <= at.left() {
            let mut right = TextCursor { x: at.end - wide as u16, ..*at };
            self.put(&mut right, role, text);
            at.end -= wide as u16;
        }
    }

    /// Puts one line of text, cut to the area.
    pub(super) fn line(&mut self, area: Rect, role: Role, text: &str) {
        let mut at = self.start(area);
        let columns = at.left();
        self.cell(&mut at, self.theme.style(role), text, columns);
    }

    /// Puts the name of a tab; where nothing but words is drawn, the one on top stands in brackets.
    pub(super) fn tab(&mut self, at: &mut TextCursor, role: Role, on_top: bool, name: &str) {
        let name = if self.plain && on_top { format!("[{name}]") } else { format!(" {name} ") };
        self.put(at, role, &name);
    }

    /// Returns an area a role's style, without touching its text.
    pub(super) fn wash(&mut self, area: Rect, role: Role) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, self.theme.overlay(role));
    }

    /// Empties an area for something that lies over the panes.
    pub(super) fn clear(&mut self, area: Rect, role: Role) {
        let style = self.theme.style(role);
        let blank = " ".repeat(area.width.into());
        for area in area.intersection(self.buffer.area).rows() {
            self.buffer.set_stringn(area.x, area.y, &blank, area.width.into(), Style::reset().patch(style));
        }
    }

    /// Draws a horizontal line, where lines are drawn.
    pub(super) fn rule(&mut self, area: Rect) {
        if !self.plain {
            let mut at = self.start(area);
            let line = "─".repeat(at.left());
            self.put(&mut at, Role::Rule, &line);
        }
    }

    /// Draws a vertical line, where lines are drawn.
    pub(super) fn column(&mut self, area: Rect) {
        if !self.plain {
            for row in area.intersection(self.buffer.area).rows() {
                let mut at = self.start(row);
                self.put(&mut at, Role::Rule, "│");
            }
        }
    }

    /// Returns the column behind the last one.
    pub(super) const fn right(&self) -> u16 {
        self.buffer.area.x + self.buffer.area.width
    }

    pub(super) const fn theme(&self) -> &'a Theme {
        self.theme
    }

    fn readable(text: &str) -> std::borrow::Cow<'_, str> {
        if text.len() <= MAX_CELL_BYTES
            || text.is_ascii()
            || text.graphemes(true).all(|grapheme| grapheme.len() <= MAX_CELL_BYTES)
        {
            return text.into();
        }
        text.graphemes(true)
            .map(|grapheme| if grapheme.len() > MAX_CELL_BYTES { "\u{fffd}" } else { grapheme })
            .collect()
    }
}

/// Returns the rows of an area, from the top.
pub(super) fn rows(area: Rect) -> impl Iterator<Item = Rect> {
    area.rows()
}
