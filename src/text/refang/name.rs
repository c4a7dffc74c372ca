//! Dotted names: labels and the separators between them, read in one pass.

use super::{dot, label};

/// The longest name that DNS allows, in bytes.
pub(crate) const MAX_NAME_BYTES: usize = 253;

/// The most labels between words: more are running text.
const MOST_WORDS: usize = 6;

/// A dotted name that was read; its refanged text was appended to the caller's buffer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name {
    /// One past its last byte.
    pub(crate) end: usize,
    /// How many labels it has.
    pub(crate) labels: usize,
    /// Whether any separator or character of it was written to make it harmless.
    pub(crate) defanged: bool,
    /// What stands for its dots, if anything odd does.
    pub(crate) dots: Dots,
    /// Whether it is longer than a name can be.
    pub(crate) too_long: bool,
    /// Where it ended before its last doubtful separator, should the whole make no sense.
    pub(crate) retreat: Option<Retreat>,
}

/// What stands for the dots of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dots {
    /// Dots, plain or defanged.
    Plain,
    /// Commas, at least once.
    Commas,
    /// Words between spaces, at least once.
    Words,
}

/// A shorter reading of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retreat {
    /// One past its last byte.
    pub(crate) end: usize,
    /// The length of its refanged text.
    pub(crate) len: usize,
    /// How many labels it has.
    pub(crate) labels: usize,
    /// Whether it is still defanged.
    pub(crate) defanged: bool,
}

/// Reads a name from its first label on.
///
/// A name that is too long is read to its end, so that nobody starts again inside it; only its head is kept.
pub(crate) fn read(text: &str, start: usize, email: bool, out: &mut String) -> Name {
    let from = out.len();
    let (mut name, mut next, mut label_at) = match plain(text, start, out) {
        Some((name, label)) => (name, name.end, from + label - start),
        None => first_label(text, start, out),
    };
    while next > start {
        let before = dot::Before {
            label: &out[label_at..],
            defanged: name.defanged,
            email,
            labels: name.labels,
            commas: name.dots == Dots::Commas,
        };
        let Some(found) = dot::separator(text, next, before) else { break };
        if found.form == dot::Form::Word && name.labels > MOST_WORDS {
            break;
        }
        let (kept, old) = (out.len(), name);
        out.truncate(kept - found.borrowed);
        let base = out.len();
        out.push('.');
        let read = label::forward(text, found.end, out);
        if read.solid == found.end {
            out.truncate(kept);
            break;
        }
        if found.borrowed == 0 && doubtful(text, found, old.end) {
            name.retreat = Some(Retreat { end: old.end, len: kept - from, labels: old.labels, defanged: old.defanged });
        }
        name.end = read.solid;
        name.labels += 1;
        name.defanged |= found.form.is_defanged() || read.hidden;
        match found.form {
            dot::Form::Comma => name.dots = Dots::Commas,
            dot::Form::Word => name.dots = Dots::Words,
            _ => {}
        }
        name.too_long |= out.len() - from > MAX_NAME_BYTES || out.len() - base - 1 > label::MAX_LABEL_BYTES;
        (next, label_at) = (read.end, base + 1);
        if name.too_long && out.len() - from > MAX_NAME_BYTES + label::MAX_LABEL_BYTES {
            // Keep one label: separators look at it, nothing else does.
            let last = out.split_off(label_at);
            out.truncate(from);
            out.push_str(&last[..floor_char(&last, label::MAX_LABEL_BYTES)]);
            label_at = from;
        }
    }
    if name.too_long {
        name.retreat = None;
    }
    name
}

/// Reads the labels between plain dots that most names begin with; returns the name so far and where its last label
/// starts.
///
/// `None`, and nothing appended, when a letter beyond ASCII stands in or right behind them, or when they are too long.
fn plain(text: &str, start: usize, out: &mut String) -> Option<(Name, usize)> {
    let bytes = text.as_bytes();
    let mut name = Name { end: start, labels: 1, defanged: false, dots: Dots::Plain, too_long: false, retreat: None };
    let (mut at, mut label) = (start, start);
    loop {
        while bytes.get(at).is_some_and(|byte| label::IN_LABEL[usize::from(*byte)])
            && !(bytes[at] == b'D' && at > label && label::is_glued_dot(bytes, at))
        {
            at += 1;
        }
        if bytes.get(at).is_some_and(|byte| *byte >= 0x80) || at - start > MAX_NAME_BYTES {
            return None;
        }
        name.too_long |= at - label > label::MAX_LABEL_BYTES;
        let dot = at > label && bytes.get(at) == Some(&b'.');
        if !dot || !bytes.get(at + 1).is_some_and(|byte| label::IN_LABEL[usize::from(*byte)]) {
            break;
        }
        if begins_sentence(bytes, at + 1, at) {
            name.retreat = Some(Retreat { end: at, len: at - start, labels: name.labels, defanged: false });
        }
        at += 1;
        label = at;
        name.labels += 1;
    }
    name.end = at;
    out.push_str(&text[start..at]);
    Some((name, label))
}

/// Reads the first label of a name; returns the name so far, where to go on, and where the label starts in the buffer.
fn first_label(text: &str, start: usize, out: &mut String) -> (Name, usize, usize) {
    let from = out.len();
    let first = label::forward(text, start, out);
    let name = Name {
        end: first.solid,
        labels: 1,
        defanged: first.hidden && first.solid > start,
        dots: Dots::Plain,
        too_long: first.solid - start > label::MAX_LABEL_BYTES,
        retreat: None,
    };
    (name, first.end, from)
}

/// Returns `true` if punctuation, and not an author, may have made a separator.
fn doubtful(text: &str, found: dot::Dot, label_end: usize) -> bool {
    match found.form {
        dot::Form::Half | dot::Form::Spaced | dot::Form::Word | dot::Form::Comma => true,
        dot::Form::Plain => begins_sentence(text.as_bytes(), found.end, label_end),
        dot::Form::Bracketed => false,
    }
}

/// Returns `true` if a sentence seems to start without a space (`evil.example.The next`): a capital after a small
/// letter.
fn begins_sentence(bytes: &[u8], at: usize, label_end: usize) -> bool {
    bytes[at].is_ascii_uppercase() && bytes.get(label_end.wrapping_sub(1)).is_some_and(u8::is_ascii_lowercase)
}

/// Returns the largest character boundary of `text` that is not above `at`.
pub(crate) fn floor_char(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
