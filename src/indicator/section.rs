//! Where a find stands: under a heading that announces indicators, in a table, in code, or in running text.

use super::{
    Place,
    topic::{self, Topic},
};
use crate::{
    article::{Block, BlockKind, Document},
    reading::Heading,
};

/// The surroundings of a find.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) place: Place,
    /// What the section lists, when it stands in one.
    pub(super) topic: Option<Topic>,
    /// Whether it stands in the page's furniture.
    pub(super) furniture: bool,
    /// Whether its section or its column holds fingerprints that are of no file.
    pub(super) fingerprint: bool,
}

/// A longer line announces nothing.
const MAX_HEADING_BYTES: usize = 100;

/// Walks down a document line by line; asked for ascending positions only.
pub(super) struct Sections<'d> {
    document: &'d Document,
    /// The block that the cursor is in or before.
    block: usize,
    /// Start of the line that is read next.
    next: usize,
    /// The first mark between cells, at or behind the start of a line that was asked for it.
    mark: usize,
    line: Line,
    open: Option<Open>,
    fence: Option<&'static str>,
}

/// A section of indicators that is open.
#[derive(Clone, Copy)]
struct Open {
    level: u8,
    topic: Topic,
}

/// What is known about the current line.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    kind: BlockKind,
    /// What sets off the cells, if it is a row of a table.
    cells: Option<char>,
    /// Which columns of the table hold fingerprints.
    fingerprints: u64,
}

impl<'d> Sections<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let line = Line { start: 0, kind: BlockKind::Paragraph, cells: None, fingerprints: 0 };
        Self { document, block: 0, next: 0, mark: 0, line, open: None, fence: None }
    }

    /// Tells what surrounds a byte; bytes are asked for in ascending order.
    pub(super) fn at(&mut self, byte: usize) -> Setting {
        while self.next <= byte && self.next < self.document.text.len() {
            self.read_line();
        }
        let topic = self.open.map(|open| open.topic);
        let bytes = self.document.text.as_bytes();
        let place = if topic.is_some() {
            Place::IndicatorSection
        } else if self.line.cells.is_some() {
            Place::Table
        } else if self.line.kind == BlockKind::Code || self.fence.is_some() || byte > 0 && bytes[byte - 1] == b'`' {
            Place::Code
        } else {
            Place::Prose
        };
        let fingerprint = topic == Some(Topic::Fingerprints) || self.in_fingerprint_column(byte);
        Setting { place, topic, furniture: self.line.kind == BlockKind::Furniture, fingerprint }
    }

    fn in_fingerprint_column(&self, byte: usize) -> bool {
        let (Some(separator), true) = (self.line.cells, self.line.fingerprints != 0) else { return false };
        let row = self.document.text.get(self.line.start..byte).unwrap_or_default();
        let column = row.matches(separator).count();
        column < 64 && self.line.fingerprints & (1 << column) != 0
    }

    fn read_line(&mut self) {
        let text = &self.document.text;
        let start = self.next;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        self.next = end + 1;
        if start == end {
            self.line = Line { start, kind: BlockKind::Paragraph, cells: None, fingerprints: 0 };
            return;
        }
        let kind = self.kind_at(start);
        let line = text[start..end].trim();
        self.read_row(start, kind, line);
        if line.is_empty()
            || self.is_fence(line)
            || self.fence.is_some()
            || kind == BlockKind::Code
            || self.line.cells.is_some()
        {
            return;
        }
        self.advance(line, kind);
    }

    /// Notes whether a line is a row of a table, and what the first row says of the columns.
    fn read_row(&mut self, start: usize, kind: BlockKind, line: &str) {
        let cells = self.separator(start, line).or((kind == BlockKind::TableRow).then_some('\t'));
        let fingerprints = match (cells, self.line.cells) {
            (Some(separator), None) => topic::fingerprint_columns(line, separator),
            (Some(_), Some(_)) => self.line.fingerprints,
            (None, _) => 0,
        };
        self.line = Line { start, kind, cells, fingerprints };
    }

    /// Returns what sets off the cells of a row of a table in Markdown or AsciiDoc, or with tabs.
    fn separator(&mut self, start: usize, line: &str) -> Option<char> {
        let bytes = self.document.text.as_bytes();
        if self.mark < start {
            self.mark = memchr::memchr2(b'|', b'\t', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        }
        if self.mark >= self.next {
            return None;
        }
        separator(line).or_else(|| (line.contains(" | ") && self.has_rows_around()).then_some('|'))
    }

    /// Returns `true` if the line before is a row of a table or the line behind looks like one: a row never stands
    /// alone.
    fn has_rows_around(&self) -> bool {
        let rest = self.document.text.get(self.next..).unwrap_or_default();
        self.line.cells.is_some() || rest.lines().next().is_some_and(|line| line.contains(" | "))
    }

    fn kind_at(&mut self, byte: usize) -> BlockKind {
        let blocks: &[Block] = &self.document.blocks;
        while blocks.get(self.block).is_some_and(|block| block.span.end <= byte) {
            self.block += 1;
        }
        match blocks.get(self.block) {
            Some(block) if block.span.start <= byte => block.kind,
            _ => BlockKind::Paragraph,
        }
    }

    fn is_fence(&mut self, line: &str) -> bool {
        let mark = if line.starts_with("```") {
            "```"
        } else if line == "----" {
            "----"
        } else {
            return false;
        };
        self.fence = match self.fence {
            Some(open) if open == mark => None,
            None => Some(mark),
            other => other,
        };
        true
    }

    /// Opens or closes the section by what a line says.
    fn advance(&mut self, line: &str, kind: BlockKind) {
        let found = if line.len() > MAX_HEADING_BYTES { None } else { Heading::of(line, kind) };
        let Some(heading) = found else {
            if self.open.is_some_and(|open| open.level >= Heading::BARE) && is_prose(line) {
                self.open = None;
            }
            return;
        };
        let level = heading.level;
        match (topic::announced(heading), self.open) {
            (Some(topic), open) => {
                let level = open.map_or(level, |open| open.level.min(level));
                self.open = Some(Open { level, topic });
            }
            (None, Some(open)) if level != Heading::BARE => {
                self.open = (level > open.level).then_some(Open { topic: Topic::Any, ..open });
            }
            _ => {}
        }
    }
}

/// Returns `true` if a line is running text: a sentence of several words.
fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ')']) && line.split_ascii_whitespace().take(9).count() >= 9
}

fn separator(line: &str) -> Option<char> {
    let first = memchr::memchr2(b'|', b'\t', line.as_bytes())?;
    if line.as_bytes()[first] == b'\t' {
        return Some('\t');
    }
    (first == 0 && line.len() > 1).then_some('|')
}
