use crate::{
    article::{Block, BlockKind, Document, Link},
    text::Span,
};

/// Writes the text of a document: words set off by single spaces, blocks by line ends.
#[derive(Debug, Default)]
pub(super) struct Writer {
    document: Document,
    /// Where the block that is being written begins.
    block: Option<usize>,
    kind: Option<BlockKind>,
    space: bool,
}

impl Writer {
    /// Makes one with room for a text of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        let document = Document { text: String::with_capacity(bytes), ..Document::default() };
        Self { document, ..Self::default() }
    }

    /// Says what kind of block the next text belongs to; another kind than before begins another block.
    pub(super) fn kind(&mut self, kind: BlockKind) {
        if self.block.is_some() && self.kind != Some(kind) {
            self.end_block();
        }
        if self.block.is_none() {
            self.kind = Some(kind);
        }
    }

    /// Writes words; white space of any length is one space.
    pub(super) fn words(&mut self, text: &str) {
        if text.starts_with(is_space) {
            self.space = true;
        }
        for run in runs(text) {
            self.begin();
            self.document.text.push_str(run);
            self.space = true;
        }
        self.space = if text.ends_with(is_space) { self.space } else { text.is_empty() && self.space };
    }

    /// Writes preformatted text as it is.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = if self.block.is_none() { text.trim_start_matches(['\n', '\r']) } else { text };
        if text.trim().is_empty() && self.block.is_none() {
            return;
        }
        self.space = false;
        self.begin();
        self.document.text.push_str(text);
    }

    /// Sets off what follows by a space.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    /// Ends a line inside a block.
    pub(super) fn line_break(&mut self) {
        if self.block.is_some() {
            self.trim_end();
            self.document.text.push('\n');
            self.space = false;
        }
    }

    /// Begins another cell of a table row.
    pub(super) fn cell(&mut self) {
        if self.block.is_some() {
            self.trim_end();
            self.document.text.push('\t');
            self.space = false;
        }
    }

    /// Ends the block that is being written.
    pub(super) fn end_block(&mut self) {
        self.space = false;
        let Some(start) = self.block.take() else { return };
        self.trim_end();
        let end = self.document.text.len();
        if end > start {
            let kind = self.judge(&self.document.text[start..end]);
            self.document.blocks.push(Block { span: Span::new(start, end), kind });
        }
        self.document.text.push('\n');
    }

    /// Says where the words of a link begin.
    pub(super) fn link_start(&self) -> usize {
        self.document.text.len()
    }

    /// Writes down a link whose words began at `start`; one without words points at where it stands.
    pub(super) fn link(&mut self, start: usize, target: String) {
        let end = self.document.text.len();
        let start = start.min(end);
        let words = &self.document.text[start..end];
        let start = start + (words.len() - words.trim_start().len());
        let span = Span::new(start, start + self.document.text[start..end].trim_end().len());
        self.document.links.push(Link { span, target });
    }

    /// Returns the document.
    pub(super) fn finish(mut self) -> Document {
        self.end_block();
        self.document
    }

    fn begin(&mut self) {
        if self.block.is_some() {
            if self.space && !self.document.text.ends_with(['\n', '\t', ' ']) {
                self.document.text.push(' ');
            }
        } else {
            let close = matches!(self.kind, Some(BlockKind::ListItem | BlockKind::TableRow));
            let like_before = self.document.blocks.last().map(|block| block.kind) == self.kind;
            if !(self.document.text.is_empty() || close && like_before) {
                self.document.text.push('\n');
            }
            self.block = Some(self.document.text.len());
        }
        self.space = false;
    }

    fn trim_end(&mut self) {
        let keep = self.document.text.trim_end_matches([' ', '\n', '\r']).len();
        let keep = keep.max(self.block.unwrap_or(keep));
        self.document.text.truncate(keep);
    }

    /// Returns the kind of the finished block; some furniture is known only by its words.
    fn judge(&self, text: &str) -> BlockKind {
        // WordPress closes every feed item with this sentence.
        if text.starts_with("The post ") && text.contains(" appeared first on ") {
            return BlockKind::Furniture;
        }
        self.kind.unwrap_or(BlockKind::Paragraph)
    }
}

/// Returns the words of a text; those that single spaces set off together, for that is how they are written.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(length @ 1..) = bytes.get(at).map(|_| space_len(bytes, at)) {
            at += length;
        }
        let start = at;
        at += even(&bytes[at..]);
        while bytes.get(at).is_some_and(|byte| !may_be_space(*byte) || !ends_run(bytes, at)) {
            at += 1;
        }
        (start < at).then(|| &text[start..at])
    })
}

/// How many bytes are looked at in one go.
const STRETCH: usize = 32;

/// Returns how many bytes at the beginning have surely no white space but single spaces; without a branch for each
/// byte, because where words end cannot be foreseen.
fn even(bytes: &[u8]) -> usize {
    let ends = |(byte, next): (&u8, &u8)| may_be_space(*byte) & ((*byte != b' ') | may_be_space(*next));
    let is_even = |at: &usize| {
        let pairs = bytes[*at..*at + STRETCH].iter().zip(&bytes[*at + 1..]);
        !pairs.map(ends).fold(false, |one, other| one | other)
    };
    let starts = (0..bytes.len().saturating_sub(STRETCH)).step_by(STRETCH);
    starts.take_while(is_even).count() * STRETCH
}

/// Returns `true` if a byte may be the first of white space; most are not, and are passed over at once.
const fn may_be_space(byte: u8) -> bool {
    byte <= b' ' || byte == 0xc2
}

/// Returns `true` if white space stands at a byte that is more than a single space between words.
fn ends_run(bytes: &[u8], at: usize) -> bool {
    match space_len(bytes, at) {
        0 => false,
        1 if bytes[at] == b' ' => bytes.get(at + 1).is_none_or(|_| space_len(bytes, at + 1) > 0),
        _ => true,
    }
}

/// Returns how many bytes of white space stand at a byte, as [`is_space`] has it.
fn space_len(bytes: &[u8], at: usize) -> usize {
    match bytes[at..] {
        [b' ' | b'\n' | b'\t' | b'\r' | 0x0c, ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        _ => 0,
    }
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{Writer, is_space};

    proptest! {
        #[test]
        fn white_space_of_any_length_is_one_space(text in "([a-z]{1,12}|[é\u{a0}«]| {1,2}|[\n\t\u{c}x]){0,60}") {
            let mut writer = Writer::default();
            writer.words(&text);
            let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
            let document = writer.finish();
            prop_assert_eq!(document.text.trim_end(), words.join(" "));
        }
    }
}
