//! Plain text and Markdown: kept byte for byte, and read for its blocks and links only.

use super::{Block, BlockKind, Document, Link};
use crate::text::Span;

/// The longest address of a Markdown link.
const LONGEST_TARGET: usize = 2_048;

/// Finds the blocks of a text, line by line.
pub(super) fn read(text: &str) -> Document {
    let mut reader = Reader { text, blocks: Vec::new(), open: None, fenced: false };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        reader.line(start, line.trim_end_matches(['\n', '\r']));
        start += line.len();
    }
    reader.end_block();
    let links = reader.blocks.iter().flat_map(|block| links(text, block)).collect();
    Document { text: text.to_owned(), blocks: reader.blocks, links }
}

struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    open: Option<Block>,
    fenced: bool,
}

impl Reader<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let span = Span::new(start, start + line.len());
        if is_fence(line) {
            self.end_block();
            self.fenced = !self.fenced;
        } else if self.fenced {
            self.extend(span, BlockKind::Code);
        } else if line.trim().is_empty() {
            self.end_block();
        } else if is_underline(line) && self.open.is_some_and(|block| self.is_one_line(block)) {
            // A line of `=` or `-` makes the single line above it a heading.
            if let Some(block) = &mut self.open {
                block.kind = BlockKind::Heading;
            }
            self.end_block();
        } else {
            match kind_of(line) {
                BlockKind::Paragraph if self.open.is_some_and(|block| block.kind == BlockKind::ListItem) => {
                    self.extend(span, BlockKind::ListItem);
                }
                BlockKind::Paragraph => self.extend(span, BlockKind::Paragraph),
                kind => {
                    self.end_block();
                    self.extend(span, kind);
                }
            }
        }
    }

    fn extend(&mut self, span: Span, kind: BlockKind) {
        match &mut self.open {
            Some(block) if block.kind == kind => block.span.end = span.end,
            _ => {
                self.end_block();
                self.open = Some(Block { span, kind });
            }
        }
    }

    fn end_block(&mut self) {
        if let Some(block) = self.open.take() {
            self.blocks.push(block);
        }
    }

    fn is_one_line(&self, block: Block) -> bool {
        block.kind == BlockKind::Paragraph && !self.text[block.span.range()].contains('\n')
    }
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

/// Says what a line is that begins outside code.
fn kind_of(line: &str) -> BlockKind {
    let trimmed = line.trim_start();
    if is_heading(trimmed) {
        BlockKind::Heading
    } else if trimmed.starts_with('|') || line.trim_end().matches('\t').count() >= 2 {
        BlockKind::TableRow
    } else if is_item(trimmed) {
        BlockKind::ListItem
    } else {
        BlockKind::Paragraph
    }
}

/// A Markdown heading (`## x`) or an AsciiDoc one (`== x`).
fn is_heading(line: &str) -> bool {
    ['#', '='].iter().any(|mark| {
        let rest = line.trim_start_matches(*mark);
        let marks = line.len() - rest.len();
        (1..=6).contains(&marks) && rest.starts_with(' ') && !rest.trim().is_empty()
    })
}

fn is_item(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '*', '+', '•', '·', '‣', '◦', '▪']) {
        return rest.starts_with([' ', '\t']);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Finds Markdown links, `[words](address)`.
fn links(text: &str, block: &Block) -> Vec<Link> {
    let body = &text[block.span.range()];
    let mut links = Vec::new();
    for (middle, _) in body.match_indices("](") {
        let after = &body[middle + 2..];
        let Some(end) = after.bytes().take(LONGEST_TARGET).position(|b| matches!(b, b')' | b' ' | b'\n')) else {
            continue;
        };
        // Bracket to bracket: nothing looks further back than the one before it, so the whole stays linear.
        let Some(open) = body[..middle].rfind(['[', ']']).filter(|at| body[*at..].starts_with('[')) else { continue };
        let start = block.span.start;
        links.push(Link { span: Span::new(start + open + 1, start + middle), target: after[..end].to_owned() });
    }
    links
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::read;
    use crate::article::BlockKind::{Code, Heading, ListItem, Paragraph, TableRow};

    #[test]
    fn the_text_is_kept_byte_for_byte_and_its_blocks_are_found() {
        let text = "# Title\r\nOne \ntwo\n\n- a\n  more\n- b\n\n| x | y |\n```\n# code\n\n```\nUnder\n-----\nend";
        let document = read(text);
        assert_eq!(document.text, text);
        let blocks: Vec<_> = document.blocks.iter().map(|block| (block.kind, &text[block.span.range()])).collect();
        let expected = [
            (Heading, "# Title"),
            (Paragraph, "One \ntwo"),
            (ListItem, "- a\n  more"),
            (ListItem, "- b"),
            (TableRow, "| x | y |"),
            (Code, "# code\n"),
            (Heading, "Under"),
            (Paragraph, "end"),
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_markdown_link_has_its_words_and_its_address() {
        let document = read("see [the report](https://a.example/x) and [odd](no end");
        let link = &document.links[0];
        assert_eq!((&document.text[link.span.range()], link.target.as_str()), ("the report", "https://a.example/x"));
    }

    proptest! {
        #[test]
        fn any_text_gives_ordered_blocks_on_character_boundaries(text in any::<String>()) {
            let document = read(&text);
            let mut end = 0;
            for block in &document.blocks {
                assert!(block.span.start >= end);
                end = block.span.end;
                let _ = &text[block.span.range()];
            }
        }
    }
}
