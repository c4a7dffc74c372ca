//! Which lines are headings.

use crate::article::BlockKind;

/// A heading of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// How deep it stands: 1 to 6 for a heading with marks, then [`Heading::BARE`] and [`Heading::LABEL`].
    pub level: u8,
    /// Its words, without marks.
    pub words: &'a str,
}

/// A longer line without marks is no heading.
const MAX_BARE_BYTES: usize = 60;

impl<'a> Heading<'a> {
    /// The level of a short line that has nothing but its shortness to show that it is a heading.
    pub const BARE: u8 = 7;
    /// The level of a line that ends in a colon.
    pub const LABEL: u8 = 8;

    /// Reads a line that has no blanks at its ends; returns `None` if it is no heading.
    pub fn of(line: &'a str, kind: BlockKind) -> Option<Self> {
        if let Some(mark @ (b'#' | b'=')) = line.bytes().next() {
            let depth = line.bytes().take_while(|byte| *byte == mark).count();
            if depth <= 6 && line[depth..].starts_with(' ') {
                return Some(Self { level: depth as u8, words: line[depth..].trim() });
            }
        }
        let words = without_marks(line);
        if kind == BlockKind::Heading {
            return Some(Self { level: 2, words: words.trim_end_matches(':') });
        }
        if let Some(label) = words.strip_suffix(':') {
            return Some(Self { level: Self::LABEL, words: label.trim_matches(['*', '_', ' ']) });
        }
        // A line that is an indicator itself is no heading.
        let bare = words.len() <= MAX_BARE_BYTES
            && !words.ends_with([',', ';', '?', '!'])
            && memchr::memchr3(b'.', b'/', b'[', words.as_bytes()).is_none();
        (bare && kind != BlockKind::ListItem && kind != BlockKind::TableRow)
            .then_some(Self { level: Self::BARE, words })
    }
}

/// Takes the marks of emphasis and brackets from both ends of a line.
fn without_marks(line: &str) -> &str {
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'_' | b' ' | b'[' | b']');
    let start = line.bytes().take_while(is_mark).count();
    let end = line.len() - line[start..].bytes().rev().take_while(is_mark).count();
    &line[start..end]
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, Heading};

    #[test]
    fn marks_colons_and_shortness_make_headings() {
        for (line, kind, heading) in [
            ("## Hosts", BlockKind::Paragraph, Some((2, "Hosts"))),
            ("== Hosts", BlockKind::Paragraph, Some((2, "Hosts"))),
            ("Hosts:", BlockKind::Heading, Some((2, "Hosts"))),
            ("**Hosts:**", BlockKind::Paragraph, Some((Heading::LABEL, "Hosts"))),
            ("Hosts of the gang", BlockKind::Paragraph, Some((Heading::BARE, "Hosts of the gang"))),
            ("Hosts of the gang", BlockKind::ListItem, None),
            ("evil.example", BlockKind::Paragraph, None),
        ] {
            assert_eq!(Heading::of(line, kind).map(|heading| (heading.level, heading.words)), heading, "{line}");
        }
    }
}
