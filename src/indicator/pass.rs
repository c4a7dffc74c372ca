use super::{
    Kind, Kinds,
    found::{Found, Note},
};
use crate::text::Span;

/// The state of one pass over a text, shared by the readers.
pub(super) struct Pass<'t> {
    pub(super) text: &'t str,
    pub(super) kinds: Kinds,
    /// What was found, in the order in which it was read.
    pub(super) found: Vec<Found>,
    /// The refanged text of the shape at hand.
    pub(super) clean: String,
    /// Whether the text is the path of a URL, where no further URL is looked for.
    pub(super) nested: bool,
    /// Backslashes before this byte belong to no path, as was seen from one of them.
    pub(super) no_path: usize,
    /// Nothing to the left of this byte is read again.
    pub(super) floor: usize,
}

impl<'t> Pass<'t> {
    /// Begins a pass that keeps the wanted kinds.
    pub(super) fn new(text: &'t str, kinds: Kinds) -> Self {
        Self {
            text,
            kinds,
            found: Vec::with_capacity(text.len() / 256),
            clean: String::with_capacity(256),
            nested: false,
            no_path: 0,
            floor: 0,
        }
    }

    /// Begins a pass over the path of a URL.
    pub(super) fn of_path(path: &'t str) -> Self {
        let (found, clean) = (Vec::new(), String::new());
        Self { text: path, kinds: Kinds::ALL, found, clean, nested: true, no_path: 0, floor: 0 }
    }

    /// Keeps a find, if its kind is wanted.
    pub(super) fn keep(&mut self, kind: Kind, span: (usize, usize), value: String, defanged: bool, note: Note) {
        if self.kinds.has(kind) {
            self.found.push(Found { kind, span: Span::new(span.0, span.1), value, defanged, note });
        }
    }
}
