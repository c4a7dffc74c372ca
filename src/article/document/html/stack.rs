use super::element::Element;
use crate::article::BlockKind;

/// The deepest nesting that is followed. Deeper elements are read as inline text of the deepest one: real pages stay
/// under a hundred, and a page of 20,000 nested `div`s is an attack.
const MAX_DEPTH: usize = 256;

/// How far an end tag looks for its start, so that stray end tags cost nothing.
const MAX_OPEN_SEARCHED: usize = 64;

/// An open element.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) element: Element,
    pub(super) skipped: bool,
    pub(super) furniture: bool,
    /// Where the words of a link begin, and its address.
    pub(super) link: Option<(usize, String)>,
}

/// The open elements, innermost last, with counts of what the text is asked for all the time.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    too_deep: usize,
    skipped: usize,
    furniture: usize,
}

impl Stack {
    /// Opens an element.
    pub(super) fn push(&mut self, open: Open) {
        if self.open.len() == MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        self.skipped += usize::from(open.skipped);
        self.furniture += usize::from(open.furniture);
        self.open.push(open);
    }

    /// Closes the innermost open element of this kind with all that it still holds; nothing when there is none.
    pub(super) fn close(&mut self, element: Element) -> Vec<Open> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return Vec::new();
        }
        let found = self.open.iter().rev().take(MAX_OPEN_SEARCHED).position(|open| open.element == element);
        found.map_or_else(Vec::new, |up| self.pop(up + 1))
    }

    /// Closes what a start tag closes without saying so: a paragraph, an item, a row or a cell of the same list or
    /// table.
    pub(super) fn close_implied(&mut self, element: Element) -> Vec<Open> {
        let until = match element {
            Element::Item => Element::List,
            Element::Row | Element::Cell => Element::Table,
            _ if element.is_block() => {
                let paragraph = self.open.last().is_some_and(|open| open.element == Element::Paragraph);
                return if paragraph { self.pop(1) } else { Vec::new() };
            }
            _ => return Vec::new(),
        };
        let near = self.open.iter().rev().take(MAX_OPEN_SEARCHED).take_while(|open| open.element != until);
        match near.map(|open| open.element).position(|open| open == element) {
            Some(up) => self.pop(up + 1),
            None => Vec::new(),
        }
    }

    /// Closes everything.
    pub(super) fn close_all(&mut self) -> Vec<Open> {
        self.pop(self.open.len())
    }

    /// Returns `true` if an element of this kind is open.
    pub(super) fn has(&self, element: Element) -> bool {
        self.open.iter().rev().any(|open| open.element == element)
    }

    /// Returns `true` if the text here is never shown.
    pub(super) const fn is_skipping(&self) -> bool {
        self.skipped > 0
    }

    /// Says what kind of block text here belongs to.
    pub(super) fn current_kind(&self) -> BlockKind {
        if self.furniture > 0 {
            return BlockKind::Furniture;
        }
        self.open.iter().rev().find_map(|open| kind_of(open.element)).unwrap_or(BlockKind::Paragraph)
    }

    fn pop(&mut self, count: usize) -> Vec<Open> {
        let closed: Vec<Open> = self.open.drain(self.open.len() - count..).rev().collect();
        for open in &closed {
            self.skipped -= usize::from(open.skipped);
            self.furniture -= usize::from(open.furniture);
        }
        closed
    }
}

const fn kind_of(element: Element) -> Option<BlockKind> {
    match element {
        Element::Heading => Some(BlockKind::Heading),
        Element::Item => Some(BlockKind::ListItem),
        Element::Row => Some(BlockKind::TableRow),
        Element::Pre => Some(BlockKind::Code),
        _ => None,
    }
}
