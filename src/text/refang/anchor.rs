//! The bytes that can give a network shape away, and a scan for the next of them.

use super::dot::wide_dot;

/// Whether a byte can give a shape away: never, always, or only when no space follows it.
#[derive(Clone, Copy, PartialEq)]
enum Tells {
    Never,
    Always,
    BeforeText,
}

const TELLS: [Tells; 256] = {
    let mut table = [Tells::Never; 256];
    let (always, before_text) = (*b"@/[({<dD0123456789\\", *b".:_])},^%&");
    let mut i = 0;
    while i < always.len() {
        table[always[i] as usize] = Tells::Always;
        i += 1;
    }
    i = 0;
    while i < before_text.len() {
        table[before_text[i] as usize] = Tells::BeforeText;
        i += 1;
    }
    // First bytes of the full stops of other writings.
    table[0xe2] = Tells::BeforeText;
    table[0xe3] = Tells::BeforeText;
    table[0xef] = Tells::BeforeText;
    table
};

/// Finds the next byte at or after `from` that can give a shape away.
///
/// Eight bytes are looked at in one go, and only those that are no part of plain words are looked at one by one.
pub(crate) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let (runs, rest) = bytes.get(from..)?.as_chunks();
    let mut at = from;
    for run in runs {
        let mut marks = marks(u64::from_le_bytes(*run));
        while marks != 0 {
            let byte = at + (marks.trailing_zeros() / 8) as usize;
            if is_anchor(bytes, byte) {
                return Some(byte);
            }
            marks &= marks - 1;
        }
        at += run.len();
    }
    (at..at + rest.len()).find(|at| is_anchor(bytes, *at))
}

#[inline]
fn is_anchor(bytes: &[u8], at: usize) -> bool {
    match TELLS[usize::from(bytes[at])] {
        Tells::Never => false,
        Tells::BeforeText if bytes.get(at + 1).is_none_or(|next| *next <= b' ') => {
            // Control characters other than white space are text too.
            bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()) && is_telling(bytes, at)
        }
        _ => is_telling(bytes, at),
    }
}

/// Sets the highest bit of each of eight bytes that is neither a letter nor a space nor a control character, and of
/// each `d` that `o` follows. A `d` in the last byte is marked too, for what follows it is not known.
const fn marks(run: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    const LOW: u64 = 0x7f * ONES;
    // No sum below overflows its byte: both parts are at most 0x7f.
    let lower = (run | (0x20 * ONES)) & LOW;
    let from_a = lower + (0x80 - b'a' as u64) * ONES;
    let above_z = lower + (0x7f - b'z' as u64) * ONES;
    let above_space = (run & LOW) + (0x7f - b' ' as u64) * ONES;
    let dot = (lower ^ (b'd' as u64 * ONES)) | ((lower >> 8) ^ (b'o' as u64 * (ONES >> 8)));
    let no_dot = dot + LOW;
    ((!(from_a & !above_z) & above_space) | run | !no_dot) & HIGH
}

/// Tells by its neighbours whether a byte is worth reading around: most dots end sentences, most brackets open remarks.
#[inline]
fn is_telling(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    let after = bytes.get(at + 2).copied().unwrap_or(b' ');
    let before = if at > 0 { bytes[at - 1] } else { b' ' };
    match bytes[at] {
        b'0'..=b'9' | b'@' | b'/' | b'\\' => true,
        b'.' | b':' => !next.is_ascii_whitespace(),
        b'd' | b'D' => next | 0x20 == b'o' && after | 0x20 == b't',
        b',' => before.is_ascii_digit() && next.is_ascii_digit(),
        b'_' => next == b'_',
        b'^' => next == b'.',
        b'%' => next.is_ascii_alphanumeric(),
        b'&' => matches!(next, b'#' | b'p' | b'P'),
        b']' | b')' | b'}' => before.is_ascii_alphabetic() && next.is_ascii_alphanumeric(),
        b'[' | b'(' | b'{' | b'<' => match next | 0x20 {
            b'd' => after | 0x20 == b'o' || !after.is_ascii_alphanumeric(),
            b'a' => matches!(after | 0x20, b't' | b'r'),
            b'e' => after | 0x20 == b't',
            b'p' => after | 0x20 == b'u',
            _ => matches!(next, b'.' | b',' | b':' | b'@' | b' ' | b'[' | b'(' | b'{' | b']' | 0x80..),
        },
        _ => wide_dot(&bytes[at..]),
    }
}
