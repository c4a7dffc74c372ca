//! The section that a line stands in, as far as its heading tells what the text below is for.

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
pub(super) struct Sections {
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

/// A line that is no longer than this, in bytes, may be a heading.
const MAX_HEADING_BYTES: usize = 70;

impl Sections {
    /// Returns the section of a line. One that is no heading stands in that of the line before, except that prose ends
    /// a list of links.
    pub(super) fn enter(&mut self, line: &str, heading: bool) -> Section {
        let text = line.trim().trim_matches(|c: char| !c.is_alphanumeric());
        if text.is_empty() {
            return self.current;
        }
        let short = text.len() <= MAX_HEADING_BYTES && !line.trim_end().ends_with(['.', ',', ';', '?', '!']);
        if heading || short {
            let lower = text.to_lowercase();
            let bare = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
            if FURNITURE.iter().any(|known| begins(bare, known)) {
                self.current = Section::Furniture;
            } else if text.len() <= MAX_HEADING_BYTES && ADVICE.iter().any(|known| begins(bare, known)) {
                self.current = Section::Advice;
            } else if heading {
                self.current = Section::Body;
            }
        } else if self.current == Section::Furniture && is_prose(line) {
            self.current = Section::Body;
        }
        self.current
    }
}

fn begins(bare: &str, known: &str) -> bool {
    bare.starts_with(known) || bare == known.trim_end()
}

/// A line long enough, and ended like a sentence: the article goes on.
fn is_prose(line: &str) -> bool {
    line.len() > 160 && line.trim_end().ends_with(['.', '!', '?', ':'])
}
