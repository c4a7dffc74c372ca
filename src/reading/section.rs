//! The section that a line stands in, as far as its heading tells what the text below is for.

use super::heading::Heading;
use crate::article::BlockKind;

/// What a section is for, by its heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// The article itself.
    #[default]
    Body,
    /// Advice to the reader: what should be done.
    Advice,
    /// Related articles, author boxes, products, references: no part of the article.
    Furniture,
}

/// Follows the headings of an article.
#[derive(Debug, Default)]
pub(super) struct SectionReader {
    current: Section,
}

/// Headings that open advice, in lower case; a heading that begins with one counts.
const ADVICE: [&str; 30] = [
    "recommend",
    "mitigation",
    "mitigating",
    "remediation",
    "how to protect",
    "how to prevent",
    "how to defend",
    "how to stay",
    "how can",
    "prevention",
    "protecting",
    "protect ",
    "best practice",
    "what you can do",
    "what should",
    "what can",
    "hardening",
    "security recommendations",
    "defensive",
    "defending",
    "how organizations",
    "guidance",
    "solution",
    "workaround",
    "advice",
    "takeaways for",
    "protection",
    "safeguard",
    "tips",
    "actions to take",
];

/// Headings that open what is no part of the article, in lower case.
const FURNITURE: [&str; 32] = [
    "related ",
    "read more",
    "more from",
    "more stories",
    "further reading",
    "recommended for you",
    "recommended reading",
    "you may also",
    "you might also",
    "latest ",
    "popular ",
    "trending",
    "most read",
    "about the author",
    "about author",
    "about us",
    "subscribe",
    "newsletter",
    "share this",
    "follow us",
    "contact us",
    "references",
    "sign up",
    "comments",
    "leave a reply",
    "leave a comment",
    "get started",
    "request a demo",
    "book a demo",
    "explore more",
    "editors' picks",
    "also read",
];

/// A longer heading opens no advice: it is a sentence about it.
const MAX_ADVICE_BYTES: usize = 70;

impl SectionReader {
    /// Returns the section of a line. One that is no heading stands in that of the line before, except that prose ends
    /// a list of links.
    pub(super) fn enter(&mut self, line: &str, kind: BlockKind) -> Section {
        let line = line.trim();
        match Heading::of(line, kind) {
            Some(heading) => match opened(heading.words) {
                Some(section) => self.current = section,
                None if heading.level < Heading::BARE => self.current = Section::Body,
                None => {}
            },
            None if self.current == Section::Furniture && is_prose(line) => self.current = Section::Body,
            None => {}
        }
        self.current
    }
}

/// Returns the section that a heading opens by its words.
fn opened(words: &str) -> Option<Section> {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = words.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let begins = |known: &&str| bare.starts_with(known) || bare == known.trim_end();
    if FURNITURE.iter().any(&begins) {
        Some(Section::Furniture)
    } else if words.len() <= MAX_ADVICE_BYTES && ADVICE.iter().any(begins) {
        Some(Section::Advice)
    } else {
        None
    }
}

/// A line long enough, and ended like a sentence: the article goes on.
fn is_prose(line: &str) -> bool {
    line.len() > 160 && line.ends_with(['.', '!', '?', ':'])
}
