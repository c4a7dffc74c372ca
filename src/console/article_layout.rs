//! An article laid out in lines for the width of its pane; every line knows which bytes of the text it shows.

mod head;
mod options;
mod story;
mod wrap;

pub use head::{age, ago, glyph, others};
pub use options::LayoutOptions;

use super::theme::Role;
use crate::{
    article::BlockKind,
    text::{Part, Safe, Span},
    triage::{Item, Row},
};

/// Pieces of a line that the console makes itself, each with its role.
pub type StyledText = Vec<(Safe, Role)>;

/// What a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineContent {
    /// A part of the title.
    Title(Span),
    /// A part of the body.
    Text(Span, BlockKind),
    /// Something that the console says of the article.
    StyledText(StyledText),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it shows.
    pub shows: LineContent,
    /// How far it is set in, in columns.
    pub indent: u16,
    /// Whether a list item begins with it.
    pub bullet: bool,
}

/// An article in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleLayout {
    /// The width it is laid out for.
    pub width: u16,
    /// The lines.
    pub lines: Vec<Line>,
}

impl ArticleLayout {
    /// Lays an article out, with the other articles of its story.
    pub fn new(item: &Item, story: &[Row], options: &LayoutOptions) -> Self {
        let mut lines = Vec::new();
        let title = Span::new(0, item.article.title.len());
        for span in wrap::wrap(&item.article.title, title, options.columns(), true) {
            lines.push(Line { shows: LineContent::Title(span), indent: 0, bullet: false });
        }
        lines.extend(head::lines(item, options).into_iter().map(made));
        lines.push(made(Vec::new()));
        if !story.is_empty() {
            lines.extend(story::lines(story, options).into_iter().map(made));
            lines.push(made(Vec::new()));
        }
        body(item, options.columns(), &mut lines);
        Self { width: options.width, lines }
    }

    /// Finds the line that shows a byte of a part of the article.
    pub fn line_of(&self, part: Part, byte: usize) -> Option<usize> {
        match part {
            Part::Title => {
                self.lines.iter().rposition(|line| matches!(line.shows, LineContent::Title(span) if span.start <= byte))
            }
            Part::Text => self
                .lines
                .iter()
                .rposition(|line| matches!(line.shows, LineContent::Text(span, _) if span.start <= byte)),
            Part::Field => None,
        }
    }
}

/// Breaks text into lines of at most `columns` columns.
pub fn broken(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    wrap::wrap(text, Span::new(0, text.len()), columns, true).into_iter().map(|span| &text[span.range()])
}

fn made(made: StyledText) -> Line {
    Line { shows: LineContent::StyledText(made), indent: 0, bullet: false }
}

fn body(item: &Item, columns: usize, lines: &mut Vec<Line>) {
    let document = &item.article.document;
    let mut before: Option<BlockKind> = None;
    for block in &document.blocks {
        if document.text.get(block.span.range()).is_none_or(|text| text.trim().is_empty()) {
            continue;
        }
        let close = matches!(block.kind, BlockKind::ListItem | BlockKind::TableRow | BlockKind::Furniture);
        if before.is_some_and(|before| before != BlockKind::Heading && !(close && before == block.kind)) {
            lines.push(made(Vec::new()));
        }
        before = Some(block.kind);
        let (first, indent) = match block.kind {
            BlockKind::ListItem if columns > 12 => (true, 2),
            BlockKind::Code if columns > 12 => (false, 2),
            _ => (false, 0),
        };
        let words = block.kind != BlockKind::Code;
        for (index, span) in wrap::wrap(&document.text, block.span, columns - indent, words).into_iter().enumerate() {
            lines.push(Line {
                shows: LineContent::Text(span, block.kind),
                indent: indent as u16,
                bullet: first && index == 0,
            });
        }
    }
    if before.is_none() {
        lines.push(made(vec![(Safe::line("The feed gives no text for this article; o opens it."), Role::Dim)]));
    }
}

#[cfg(test)]
mod tests;
