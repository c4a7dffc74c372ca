//! Where a find stands: under a heading that announces indicators, in a table, in code, or in running text.

use super::Place;
use crate::article::{Block, BlockKind, Document};

/// What a section of indicators lists, as far as its heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Anything.
    Any,
    /// Hosts, addresses, URLs.
    Network,
    /// Files and hashes.
    Files,
}

/// The surroundings of a find.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) place: Place,
    /// What the section lists, when it stands in one.
    pub(super) topic: Option<Topic>,
    /// Whether it stands in the page's furniture.
    pub(super) furniture: bool,
}

/// Walks down a document line by line; asked for ascending positions only.
pub(super) struct Sections<'d> {
    document: &'d Document,
    /// The block that the cursor is in or before.
    block: usize,
    /// Start of the line that is read next.
    next: usize,
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
    kind: BlockKind,
    table: bool,
}

/// The level of a line that ends in a colon, and of a bare line.
const LABEL: u8 = 8;
const BARE: u8 = 7;

impl<'d> Sections<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let line = Line { kind: BlockKind::Paragraph, table: false };
        Self { document, block: 0, next: 0, line, open: None, fence: None }
    }

    /// Tells what surrounds a byte; bytes are asked for in ascending order.
    pub(super) fn at(&mut self, byte: usize) -> Setting {
        while self.next <= byte && self.next < self.document.text.len() {
            self.read_line();
        }
        let topic = self.open.map(|open| open.topic);
        let place = if topic.is_some() {
            Place::IndicatorSection
        } else if self.line.table {
            Place::Table
        } else if self.line.kind == BlockKind::Code
            || self.fence.is_some()
            || in_backticks(self.document.text.as_bytes(), byte)
        {
            Place::Code
        } else {
            Place::Prose
        };
        Setting { place, topic, furniture: self.line.kind == BlockKind::Furniture }
    }

    fn read_line(&mut self) {
        let text = &self.document.text;
        let start = self.next;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        self.next = end + 1;
        let kind = self.kind_at(start);
        let line = text[start..end].trim();
        self.line = Line { kind, table: kind == BlockKind::TableRow || is_row(line) };
        if line.is_empty() {
            return;
        }
        if self.is_fence(line) {
            return;
        }
        if self.fence.is_some() || kind == BlockKind::Code {
            return;
        }
        self.advance(line, kind);
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
        } else if line.len() == 4 && line == "----" {
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
        if line.len() > 100 {
            if self.open.is_some_and(|open| open.level >= BARE) && is_prose(line) {
                self.open = None;
            }
            return;
        }
        let Some((level, words)) = heading(line, kind) else {
            if self.open.is_some_and(|open| open.level >= BARE) && is_prose(line) {
                self.open = None;
            }
            return;
        };
        match announced(words, level) {
            Some(topic) => {
                let level = self.open.map_or(level, |open| open.level.min(level));
                self.open = Some(Open { level, topic });
            }
            None if level == BARE => {}
            None => {
                if let Some(open) = self.open {
                    self.open = (level > open.level).then_some(Open { topic: Topic::Any, ..open });
                }
            }
        }
    }
}

/// Reads a heading: its level and its words.
fn heading(line: &str, kind: BlockKind) -> Option<(u8, &str)> {
    for mark in ['#', '='] {
        let depth = line.bytes().take_while(|b| char::from(*b) == mark).count();
        if (1..=6).contains(&depth) && line[depth..].starts_with(' ') {
            return Some((depth as u8, line[depth..].trim()));
        }
    }
    let words = line.trim_matches(['*', '_', ' ', '[', ']']);
    if kind == BlockKind::Heading {
        return Some((2, words.trim_end_matches(':')));
    }
    if let Some(label) = words.strip_suffix(':') {
        return Some((LABEL, label.trim_matches(['*', '_', ' '])));
    }
    (words.len() <= 60 && kind != BlockKind::ListItem && kind != BlockKind::TableRow).then_some((BARE, words))
}

/// Words that headings of indicator sections are made of, and what they list.
const VOCABULARY: &[(&str, Topic)] = &[
    ("ioc", Topic::Any),
    ("iocs", Topic::Any),
    ("indicator", Topic::Any),
    ("indicators", Topic::Any),
    ("observables", Topic::Any),
    ("hash", Topic::Files),
    ("hashes", Topic::Files),
    ("md5", Topic::Files),
    ("sha1", Topic::Files),
    ("sha-1", Topic::Files),
    ("sha256", Topic::Files),
    ("sha-256", Topic::Files),
    ("sha512", Topic::Files),
    ("file", Topic::Files),
    ("files", Topic::Files),
    ("sample", Topic::Files),
    ("samples", Topic::Files),
    ("filename", Topic::Files),
    ("filenames", Topic::Files),
    ("binaries", Topic::Files),
    ("payloads", Topic::Files),
    ("domain", Topic::Network),
    ("domains", Topic::Network),
    ("ip", Topic::Network),
    ("ips", Topic::Network),
    ("ipv4", Topic::Network),
    ("ipv6", Topic::Network),
    ("address", Topic::Network),
    ("addresses", Topic::Network),
    ("url", Topic::Network),
    ("urls", Topic::Network),
    ("c2", Topic::Network),
    ("c2s", Topic::Network),
    ("c&c", Topic::Network),
    ("cnc", Topic::Network),
    ("c&cs", Topic::Network),
    ("network", Topic::Network),
    ("server", Topic::Network),
    ("servers", Topic::Network),
    ("hosts", Topic::Network),
    ("hostnames", Topic::Network),
    ("infrastructure", Topic::Network),
    ("email", Topic::Network),
    ("emails", Topic::Network),
    ("e-mail", Topic::Network),
    ("host-based", Topic::Files),
    ("network-based", Topic::Network),
    ("fqdn", Topic::Network),
    ("fqdns", Topic::Network),
    ("onion", Topic::Network),
    ("nameservers", Topic::Network),
    ("wallets", Topic::Any),
];
const FILLERS: &[&str] = &[
    "of",
    "compromise",
    "compromises",
    "and",
    "the",
    "for",
    "list",
    "names",
    "name",
    "malicious",
    "related",
    "known",
    "associated",
    "type",
    "types",
    "attacker",
    "command",
    "control",
    "(iocs)",
    "(ioc)",
    "observed",
    "additional",
];

/// Tells whether the words of a heading announce indicators, and which.
fn announced(words: &str, level: u8) -> Option<Topic> {
    let (mut topic, mut strong, mut others, mut count) = (None, false, 0, 0);
    for word in words
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | ':' | '(' | ')'))
        .filter(|word| !word.is_empty())
    {
        count += 1;
        let word = word.trim_matches(['.', '-', '–', '—', '*', '_', '`', '"']);
        if word.is_empty() {
            continue;
        }
        if let Some((_, found)) = VOCABULARY.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
            topic = Some(match topic {
                None | Some(Topic::Any) => *found,
                Some(old) if *found == Topic::Any || old == *found => old,
                Some(_) => Topic::Any,
            });
            strong |= *found == Topic::Any;
        } else if !FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) {
            others += 1;
        }
    }
    let fits = if strong {
        count <= 12 && (level < BARE || others <= 4)
    } else {
        others == 0 || others == 1 && level != BARE && count <= 4
    };
    topic.filter(|_| fits)
}

/// Tells whether a line is running text: a sentence of several words.
fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', ')']) && line.split_ascii_whitespace().take(9).count() >= 9
}

/// Tells whether a line is a row of a table in Markdown or AsciiDoc, or has cells between tabs.
fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.len() > 1 || line.contains(" | ") || line.contains('\t')
}

/// Tells whether a backtick stands right before a byte.
fn in_backticks(bytes: &[u8], byte: usize) -> bool {
    byte > 0 && bytes[byte - 1] == b'`'
}
