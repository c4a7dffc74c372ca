//! One pass over a text that finds everything that looks like an indicator.
//!
//! The pass jumps from one telling byte to the next (a digit, a dot, a colon, a bracket…), reads outward from it, and
//! goes on behind what it read. Nothing is read twice from the left, and every read outward has a bound, so the time
//! is linear in the text, whatever the text.
//!
//! This is the dispatcher above the readers; what they share is the [`Pass`]. One reader calls back: that of URLs asks
//! for the numbers in a path, in a pass of its own that looks for no URL, so that it goes one level deep.

use super::{Kind, Kinds, address, artefact, email, found::Found, hash, host, link, number, pass::Pass, path, wallet};
use crate::text::refang::{
    anchor, colon, dot, label,
    shape::{self, Form, Shape},
};

/// Finds everything of the wanted kinds.
pub(super) fn scan(text: &str, kinds: Kinds) -> Vec<Found> {
    let mut pass = Pass::new(text, kinds);
    pass.run();
    if kinds.has_any(&[Kind::UserAgent, Kind::Mutex, Kind::Package]) {
        artefact::read(&mut pass);
    }
    pass.found
}

impl Pass<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(anchor) = anchor::next(bytes, at) {
            at = self.step(anchor).max(anchor + 1);
        }
    }

    /// Reads around one telling byte; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let byte = bytes[at];
        self.clean.clear();
        if byte.is_ascii_digit() {
            return self.token(at);
        }
        if byte == b'.'
            && let Some(end) = hopeless(bytes, word_start(bytes, at, self.floor), at)
        {
            return self.consume(Some(end), end);
        }
        let consumed = self.path(at, byte).or_else(|| self.groups(at, byte)).or_else(|| {
            let shape = shape::around(self.text, at, self.floor, &mut self.clean)?;
            Some(self.shape(shape))
        });
        self.consume(consumed, at)
    }

    /// Takes what was consumed out of what may be read again to the left.
    fn consume(&mut self, consumed: Option<usize>, at: usize) -> usize {
        if let Some(end) = consumed {
            self.floor = self.floor.max(end);
        }
        consumed.unwrap_or(at)
    }

    fn path(&mut self, at: usize, byte: u8) -> Option<usize> {
        if matches!(byte, b'\\' | b'%' | b'/' | b':') { path::read(self, at, self.floor) } else { None }
    }

    /// Reads the word around a digit (numbers of every kind, hashes, addresses); returns where to go on.
    fn token(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let opens = at == self.floor || bytes[at - 1] < 0x80 && !label::IN_LABEL[usize::from(bytes[at - 1])];
        let start = if opens { at } else { label::backward(self.text, at + 1, self.floor) };
        let mut end = at + 1;
        while bytes.get(end).is_some_and(|byte| label::IN_LABEL[usize::from(*byte)]) {
            end += 1;
        }
        if end - start >= 26 && self.kinds.has_any(&[Kind::Bitcoin, Kind::Monero]) {
            wallet::read(self, start, end);
        }
        let read = if end - start >= 32 { hash::read(self, start, end) } else { None };
        if let Some(consumed) = read.or_else(|| number::read(self, start, end)) {
            return self.consume(Some(consumed), end);
        }
        if end - start <= 5
            && matches!(bytes.get(end), Some(b':' | b'[' | b'('))
            && let Some(consumed) = self.groups_from(start)
        {
            return self.consume(Some(consumed), end);
        }
        if !continues(bytes, end) {
            return end;
        }
        if let Some(end) = hopeless(bytes, start, end) {
            return self.consume(Some(end), end);
        }
        self.clean.clear();
        let shape = shape::dotted(self.text, start, self.floor, &mut self.clean);
        let consumed = shape.map(|shape| self.shape(shape).max(end));
        self.consume(consumed, end)
    }

    /// Reads groups between colons from the first of their colons.
    fn groups(&mut self, at: usize, byte: u8) -> Option<usize> {
        if !matches!(byte, b':' | b'[' | b'(') {
            return None;
        }
        colon::colon(self.text.as_bytes(), at)?;
        let start = label::backward(self.text, at, self.floor);
        if at - start > 4 {
            return None;
        }
        self.groups_from(start)
    }

    fn groups_from(&mut self, start: usize) -> Option<usize> {
        self.clean.clear();
        let groups = colon::read(self.text, start, &mut self.clean);
        let end = address::groups(self, start, groups);
        self.clean.clear();
        end
    }

    /// Judges a shape by what it reads like; returns the end of what was consumed.
    pub(super) fn shape(&mut self, shape: Shape) -> usize {
        match shape.form {
            Form::Name => host::read(self, shape),
            Form::Email => email::read(self, shape),
            Form::Url => link::read(self, shape),
        }
    }
}

/// Returns `true` if something after a word can make a dotted name or an address of it.
fn continues(bytes: &[u8], end: usize) -> bool {
    let next = bytes.get(end + 1).copied().unwrap_or(b' ');
    match bytes.get(end) {
        Some(b' ' | b'\t') => {
            let gap = bytes[end..].iter().take(5).take_while(|b| matches!(b, b' ' | b'\t')).count();
            match bytes.get(end + gap) {
                Some(b'.' | b'[' | b'(' | b'{' | b'<' | b'@') => true,
                Some(b'D') => dot::starts_with_ignoring_case(bytes, end + gap, b"dot"),
                _ => false,
            }
        }
        Some(b'.') => !next.is_ascii_whitespace(),
        Some(b',') => next.is_ascii_digit(),
        Some(b']' | b')' | b'}') => next.is_ascii_alphanumeric() || matches!(next, b'.' | b']' | b'['),
        Some(b'@' | b'[' | b'(' | b'{' | b'<' | b'\\' | b'^' | b'%' | b'&' | b'+' | b'*' | b'$' | b'\'' | 0x80..) => {
            true
        }
        _ => false,
    }
}

/// Finds where the plain word that ends at a byte starts, within reach.
fn word_start(bytes: &[u8], end: usize, floor: usize) -> usize {
    let floor = floor.max(end.saturating_sub(label::MAX_LABEL_BYTES));
    let mut start = end;
    while start > floor && label::IN_LABEL[usize::from(bytes[start - 1])] {
        start -= 1;
    }
    start
}

/// Reads a plain dotted name whose last part can be neither a top-level domain nor a file extension (`e.g`,
/// `10.0.19041`); gives its end.
///
/// `None` says only that the grammar has to look. This is a short cut: most dots inside words are of this kind.
fn hopeless(bytes: &[u8], start: usize, first_end: usize) -> Option<usize> {
    let (mut end, mut label, mut labels) = (first_end, start, 1);
    while labels < 4 && end > label && bytes.get(end) == Some(&b'.') {
        let next = end + 1 + bytes[end + 1..].iter().take(label::MAX_LABEL_BYTES).take_while(|b| in_label(**b)).count();
        if next == end + 1 {
            break;
        }
        if bytes[end + 1].is_ascii_uppercase() && bytes[end - 1].is_ascii_lowercase() {
            // A sentence may start here, and a name end.
            return None;
        }
        (label, end, labels) = (end + 1, next, labels + 1);
    }
    let last = &bytes[label..end];
    let short = last.len() == 1 && !matches!(last[0] | 0x20, b'c' | b'h');
    let hopeless = (2..4).contains(&labels)
        && (short || !last.iter().any(u8::is_ascii_alphabetic))
        && is_plain_left(bytes, start)
        && is_plain_right(bytes, end)
        && !bytes[start..end].contains(&b'D');
    hopeless.then_some(end)
}

/// Returns `true` if what stands before a word is no part of its name.
fn is_plain_left(bytes: &[u8], start: usize) -> bool {
    start == 0 || bytes[start - 1] < 0x80 && !matches!(bytes[start - 1], b']' | b')' | b'}' | b'/')
}

/// Returns `true` if what stands behind a name is no part of it.
fn is_plain_right(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        Some(b'.') => {
            let after = bytes.get(end + 2).copied().unwrap_or(b' ');
            matches!(bytes.get(end + 1), Some(b' ' | b'\n')) && (after.is_ascii_alphanumeric() || after == b'\n')
        }
        Some(byte) if in_label(*byte) => false,
        _ => !continues(bytes, end),
    }
}

const fn in_label(byte: u8) -> bool {
    label::IN_LABEL[byte as usize]
}

/// Finds hashes, addresses and numbers in the path of a URL.
pub(super) fn numbers(path: &str) -> Vec<Found> {
    let mut pass = Pass::of_path(path);
    let bytes = path.as_bytes();
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit).map(|offset| at + offset) {
        let end = pass.token(digit).max(digit + 1);
        pass.floor = end;
        at = end;
    }
    pass.found
}
