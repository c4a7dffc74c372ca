//! The bytes that can give a network shape away, and a scan for the next of them.

use super::dot::wide_dot;

/// Which bytes can give a shape away.
const ANCHOR: [bool; 256] = {
    let mut table = [false; 256];
    let marks = *b".@:/_[({<])}dD,0123456789\\^%&";
    let mut i = 0;
    while i < marks.len() {
        table[marks[i] as usize] = true;
        i += 1;
    }
    // First bytes of the full stops of other writings.
    table[0xe2] = true;
    table[0xe3] = true;
    table[0xef] = true;
    table
};

/// Finds the next byte at or after `from` that can give a shape away.
pub(crate) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| ANCHOR[usize::from(*byte)])?;
        if is_telling(bytes, at) {
            return Some(at);
        }
        at += 1;
    }
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
