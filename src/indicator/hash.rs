//! File hashes: runs of hexadecimal digits of the right length, whole or wrapped over a line.

use super::{Kind, found::Note, pass::Pass};
use crate::text::refang::label;

/// Returns the hash that a number of hexadecimal digits can be.
pub(super) const fn kind_of(digits: usize) -> Option<Kind> {
    match digits {
        32 => Some(Kind::Md5),
        40 => Some(Kind::Sha1),
        64 => Some(Kind::Sha256),
        128 => Some(Kind::Sha512),
        _ => None,
    }
}

/// Reads the hashes in a word; returns the end of a hash that goes on in the next line.
pub(super) fn read(pass: &mut Pass<'_>, start: usize, end: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let mut at = start;
    let mut consumed = None;
    while at < end {
        let first = at;
        while at < end && bytes[at].is_ascii_hexdigit() {
            at += 1;
        }
        let digits = at - first;
        if let Some(kind) = kind_of(digits) {
            keep(pass, kind, first, at);
        } else if digits >= 8 && at == end {
            consumed = wrapped(pass, first, at);
        }
        while at < end && !bytes[at].is_ascii_hexdigit() {
            at += 1;
        }
    }
    consumed
}

fn keep(pass: &mut Pass<'_>, kind: Kind, first: usize, end: usize) {
    let digits = &pass.text[first..end];
    let bytes = digits.as_bytes();
    let before = &pass.text.as_bytes()[..first];
    let note = if before.ends_with(b"0x") || before.ends_with(b"0X") {
        Note::Rejected("a number after 0x: an address or a transaction, not a file hash")
    } else if bytes.windows(2).all(|pair| pair[0] == pair[1]) {
        Note::Rejected("one digit repeated: a placeholder")
    } else if is_counting(bytes) {
        Note::Rejected("digits in counting order: a placeholder")
    } else {
        Note::Open
    };
    let value = digits.to_ascii_lowercase();
    pass.keep(kind, (first, end), value, false, note);
}

/// Returns `true` if digits only count up, as in `1234567890123456…`.
fn is_counting(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_digit) && digits.windows(2).all(|pair| (pair[0] - b'0' + 1) % 10 == pair[1] - b'0')
}

/// Reads a hash that is wrapped over a line end.
fn wrapped(pass: &mut Pass<'_>, first: usize, end: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let digits = end - first;
    if first > 0 && label::IN_LABEL[usize::from(bytes[first - 1])] {
        return None;
    }
    let mut next = end;
    next += usize::from(bytes.get(next) == Some(&b'\r'));
    (bytes.get(next) == Some(&b'\n')).then_some(())?;
    next += 1;
    let line = next;
    while next < line + 16 && matches!(bytes.get(next), Some(b' ' | b'\t')) {
        next += 1;
    }
    let rest = bytes[next..].iter().take(128).take_while(|b| b.is_ascii_hexdigit()).count();
    let stop = next + rest;
    let kind = kind_of(digits + rest)?;
    if rest < 8 || kind_of(rest).is_some() || bytes.get(stop).is_some_and(|b| label::IN_LABEL[usize::from(*b)]) {
        return None;
    }
    let mut value = String::with_capacity(digits + rest);
    value.push_str(&pass.text[first..end]);
    value.push_str(&pass.text[next..stop]);
    value.make_ascii_lowercase();
    pass.keep(kind, (first, stop), value, false, Note::Open);
    Some(stop)
}
