use super::{Block, BlockKind, Document};
use crate::text::Span;

pub(super) fn read(text: &str) -> Document {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    Document { text: text.to_owned(), blocks: vec![block], links: Vec::new() }
}
