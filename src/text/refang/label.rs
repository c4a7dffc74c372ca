//! Labels: the runs of letters, digits, hyphens and underscores that names are made of.

/// The longest label that DNS allows, in bytes.
pub(crate) const MAX_LABEL_BYTES: usize = 63;

/// How far back the start of a label is looked for, in bytes.
const MAX_LOOK_BACK_BYTES: usize = 4 * MAX_LABEL_BYTES;

/// Which bytes may stand in a label: letters, digits, hyphen, underscore.
pub(crate) const IN_LABEL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        byte += 1;
    }
    table
};

/// A label that was read.
pub(crate) struct Label {
    /// One past its last byte, invisible characters included.
    pub(crate) end: usize,
    /// One past its last visible byte.
    pub(crate) solid: usize,
    /// Whether invisible characters stood in it or after it.
    pub(crate) hidden: bool,
}

/// Which writing a label is in: running text of East Asia has no spaces, so a change of writing ends a label.
#[derive(Clone, Copy, PartialEq)]
enum Writing {
    Unknown,
    Latin,
    Ideographic,
}

/// Reads a label forward and appends it, without its invisible characters.
pub(crate) fn forward(text: &str, start: usize, out: &mut String) -> Label {
    let bytes = text.as_bytes();
    let (mut at, mut copied, mut solid, mut hidden) = (start, start, start, false);
    let mut writing = Writing::Unknown;
    while let Some(&byte) = bytes.get(at) {
        if IN_LABEL[usize::from(byte)] {
            if writing == Writing::Ideographic || (byte == b'D' && at > start && is_glued_dot(bytes, at)) {
                break;
            }
            writing = Writing::Latin;
            at += 1;
            solid = at;
            continue;
        }
        if byte < 0x80 {
            break;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if is_invisible(c) {
            out.push_str(&text[copied..at]);
            at += c.len_utf8();
            copied = at;
            hidden = true;
        } else if c.is_alphanumeric() {
            let own = if is_ideographic(c) { Writing::Ideographic } else { Writing::Latin };
            if writing != Writing::Unknown && writing != own {
                break;
            }
            writing = own;
            at += c.len_utf8();
            solid = at;
        } else {
            break;
        }
    }
    out.push_str(&text[copied..at]);
    Label { end: at, solid, hidden }
}

/// Finds where the label that ends at `end` starts, no further left than `floor`.
///
/// It looks back over a few hundred bytes at most: a longer label is no label, and its reader sees that it is too long.
pub(crate) fn backward(text: &str, end: usize, floor: usize) -> usize {
    let bytes = text.as_bytes();
    let floor = floor.max(text.floor_char_boundary(end.saturating_sub(MAX_LOOK_BACK_BYTES)));
    let mut at = end;
    let mut writing = Writing::Unknown;
    while at > floor {
        let byte = bytes[at - 1];
        if IN_LABEL[usize::from(byte)] {
            if writing == Writing::Ideographic {
                break;
            }
            writing = Writing::Latin;
            at -= 1;
            continue;
        }
        if byte < 0x80 {
            break;
        }
        let Some(c) = text[floor..at].chars().next_back() else { break };
        if !is_invisible(c) {
            let own = if is_ideographic(c) { Writing::Ideographic } else { Writing::Latin };
            if !c.is_alphanumeric() || (writing != Writing::Unknown && writing != own) {
                break;
            }
            writing = own;
        }
        at -= c.len_utf8();
    }
    skip_invisible(text, at, end)
}

/// Steps over invisible characters.
pub(crate) fn skip_invisible(text: &str, mut at: usize, end: usize) -> usize {
    while at < end && text.as_bytes()[at] >= 0x80 {
        match text[at..].chars().next() {
            Some(c) if is_invisible(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

/// Returns `true` if a label may start at a byte.
pub(crate) fn starts(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(&byte) if byte < 0x80 => IN_LABEL[usize::from(byte)],
        Some(_) => text[at..].chars().next().is_some_and(char::is_alphanumeric),
        None => false,
    }
}

/// Returns `true` if a character shows nothing and can hide inside a name.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

const fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns `true` if `DOT` at a byte stands glued between lower-case letters, as in `barDOTcom`.
pub(super) fn is_glued_dot(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(b"DOT")
        && !bytes[at - 1].is_ascii_uppercase()
        && bytes[at - 1].is_ascii_alphanumeric()
        && bytes.get(at + 3).is_some_and(|next| next.is_ascii_lowercase() || matches!(next, b']' | b')' | b'}'))
}
