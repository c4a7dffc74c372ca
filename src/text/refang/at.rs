//! The forms that stand for the at sign: `@`, `[@]`, `[at]`, `(at)`, `<at>`, ` @ `, ` AT ` and their mixtures.

use super::{
    dot::{after_spaces, starts_with_ignoring_case},
    label,
};

/// An at sign between a user and a host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// One past the last byte of the user.
    pub(crate) user_end: usize,
    /// Where the host starts.
    pub(crate) host: usize,
    /// Whether it was written to make the address harmless.
    pub(crate) defanged: bool,
    /// Whether spaces stand around a plain sign, so that only a good host makes an address of it.
    pub(crate) spaced: bool,
    /// Whether the space stands only before the sign, as before the name of an account.
    pub(crate) left_only: bool,
}

const WORDS: &[&[u8]] = &[b"at", b"arroba", b"et"];

/// Reads a form that starts at a byte, spaces before it included.
pub(crate) fn forward(text: &str, at: usize) -> Option<At> {
    let bytes = text.as_bytes();
    let first = after_spaces(bytes, at);
    let (end, bracketed) = sign(bytes, first)?;
    let host = after_spaces(bytes, end);
    let spaced = !bracketed && (first > at || host > end);
    (label::starts(text, host) && !(spaced && first == at)).then_some(At {
        user_end: at,
        host,
        defanged: bracketed || spaced,
        spaced,
        left_only: host == end,
    })
}

/// Reads the sign itself, with or without brackets; tells where it ends and whether it has any.
fn sign(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    if bytes.get(at) == Some(&b'@') {
        return match bytes.get(at + 1) {
            Some(b']' | b')' | b'}') => Some((at + 2, true)),
            _ => Some((at + 1, false)),
        };
    }
    if !matches!(bytes.get(at), Some(b'[' | b'(' | b'{' | b'<')) {
        return None;
    }
    let inner = after_spaces(bytes, at + 1);
    let inner_end = if bytes.get(inner) == Some(&b'@') {
        inner + 1
    } else {
        inner + WORDS.iter().find(|word| starts_with_ignoring_case(bytes, inner, word))?.len()
    };
    let close = after_spaces(bytes, inner_end);
    matches!(bytes.get(close), Some(b']' | b')' | b'}' | b'>')).then_some((close + 1, true))
}

/// Reads a word that stands before a host: `user at `, `user AT `, `user/AT/`, `userat]`.
///
/// `worded` says that the dots of the host are words too: only then is a lower-case word trusted.
pub(crate) fn backward(text: &str, host: usize, floor: usize, worded: bool) -> Option<At> {
    let bytes = text.as_bytes();
    let left = &bytes[floor..host];
    let found = |len: usize| At { user_end: host - len, host, defanged: true, spaced: false, left_only: false };
    if left.len() > 3 && matches!(left[left.len() - 1], b']' | b')' | b'}') {
        let user = left[left.len() - 4];
        let word = left[left.len() - 3..left.len() - 1].eq_ignore_ascii_case(b"at");
        return (word && user.is_ascii_alphanumeric()).then(|| found(3));
    }
    if left.len() > 4 && left.ends_with(b"/AT/") {
        return Some(found(4));
    }
    if !worded {
        return None;
    }
    let trimmed = left.trim_ascii_end();
    let gap = left.len() - trimmed.len();
    let user = trimmed.strip_suffix(b"at").or_else(|| trimmed.strip_suffix(b"AT"))?;
    let kept = user.trim_ascii_end();
    let space = user.len() - kept.len();
    let word = &kept[kept.iter().rposition(|b| !b.is_ascii_alphanumeric()).map_or(0, |i| i + 1)..];
    let plausible = (1..=4).contains(&gap) && (1..=4).contains(&space) && !word.is_empty() && !is_prose(word);
    plausible.then(|| found(gap + 2 + space))
}

/// Returns `true` if a word before "at" is running text and no user: `hosted at evil dot example`.
fn is_prose(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 24] = [
        b"hosted",
        b"located",
        b"available",
        b"found",
        b"domain",
        b"server",
        b"servers",
        b"us",
        b"look",
        b"site",
        b"page",
        b"is",
        b"was",
        b"and",
        b"or",
        b"here",
        b"them",
        b"it",
        b"c2",
        b"registered",
        b"pointed",
        b"aimed",
        b"seen",
        b"website",
    ];
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Finds where the user part that ends at `end` starts.
pub(crate) fn user_start(text: &str, end: usize, floor: usize) -> usize {
    let bytes = text.as_bytes();
    let floor = floor.max(end.saturating_sub(64));
    let mut at = end;
    while at > floor && is_user(bytes[at - 1]) {
        at -= 1;
    }
    while at < end && matches!(bytes[at], b'.' | b'-' | b'\'' | b'*' | b'%') {
        at += 1;
    }
    at
}

/// Returns `true` if a byte may stand in the user part of an address.
pub(crate) const fn is_user(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-' | b'\'' | b'*' | b'$' | b'&')
}
