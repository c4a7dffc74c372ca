mod html;
mod plain;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// The cleaned text of an article, and how it was laid out.
///
/// Every span of every finding points into `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The text: blocks end in `\n`, headings and paragraphs are set off by an empty line, and the cells of a table row
    /// are set off by a tab. Plain text is kept byte for byte. Not yet safe to draw.
    pub text: String,
    /// The blocks in the order of the text; they do not overlap.
    pub blocks: Vec<Block>,
    /// The links in the order of the text.
    pub links: Vec<Link>,
}

/// One block of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the text, without its line end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A row of a table, its cells set off by tabs.
    TableRow,
    /// Preformatted text or code.
    Code,
    /// Navigation, related articles, author boxes, footers, forms: shown, never evidence.
    Furniture,
}

/// A link of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where the linked words stand in the text.
    pub span: Span,
    /// The address, as written.
    pub target: String,
}

impl Document {
    /// Cleans HTML, whole or a fragment. Linear in the input, whatever the input.
    pub fn from_html(html: &str) -> Self {
        html::clean(html)
    }

    /// Takes plain text or Markdown byte for byte and finds its blocks.
    pub fn from_plain(text: &str) -> Self {
        plain::read(text)
    }

    /// Returns the block that a byte of the text lies in.
    pub fn block_at(&self, byte: usize) -> Option<Block> {
        let after = self.blocks.partition_point(|block| block.span.start <= byte);
        self.blocks[..after].last().copied().filter(|block| byte < block.span.end)
    }

    /// Returns the nearest heading above a byte of the text.
    pub fn heading_above(&self, byte: usize) -> Option<&str> {
        let after = self.blocks.partition_point(|block| block.span.start <= byte);
        let heading = self.blocks[..after].iter().rev().find(|block| block.kind == BlockKind::Heading)?;
        Some(&self.text[heading.span.range()])
    }

    /// Returns the blocks that may hold evidence, each with its text.
    pub fn readable(&self) -> impl Iterator<Item = (Block, &str)> {
        self.blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Furniture)
            .map(|block| (*block, &self.text[block.span.range()]))
    }
}
