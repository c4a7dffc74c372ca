//! The stems of English words: a few endings are cut, so that inflections meet.

use super::form::Traits;
use crate::text::{fnv, fnv_on};

/// The stem of every number.
pub const NUMBER: u64 = fnv(b"0");
/// The stem of every long hexadecimal or otherwise unspeakable word, of every printed technique id, and of the scheme
/// that an address begins with.
pub const OPAQUE: u64 = fnv(b"0x");

/// Longer words are not spelled out.
const MAX_BYTES: usize = 40;

/// Returns the hash of the stem of a word.
pub(super) fn of(word: &str, hash: u64, traits: Traits) -> u64 {
    let letters = word.as_bytes();
    if letters.len() > MAX_BYTES || traits.has(Traits::SCHEME) || is_hex(letters) || is_technique_id(letters) {
        OPAQUE
    } else if letters.iter().all(|byte| byte.is_ascii_digit() || *byte == b',') {
        NUMBER
    } else if letters.iter().all(u8::is_ascii_alphabetic) {
        let mut lower = [0; MAX_BYTES];
        let lower = &mut lower[..letters.len()];
        lower.copy_from_slice(letters);
        lower.make_ascii_lowercase();
        cut(lower)
    } else {
        hash
    }
}

/// Cuts the ending of a word in lower case, and hashes what is left.
fn cut(word: &[u8]) -> u64 {
    let ending = match word {
        // Else a rate would be a RAT.
        b"rate" | b"rates" => return fnv(b"rate"),
        [.., b'i', b'n', b'g'] if word.len() > 5 => 3,
        [.., _, b'e', b'd' | b's'] if word.len() > 4 => 2,
        [.., b's' | b'u' | b'i', b's'] => 0,
        [.., b's'] if word.len() > 3 => 1,
        _ => 0,
    };
    let rest = &word[..word.len() - ending];
    // A silent `e`.
    let rest = rest.strip_suffix(b"e").filter(|shorter| shorter.len() > 2).unwrap_or(rest);
    match rest {
        [stem @ .., b'y'] if stem.len() > 2 => fnv_on(fnv(stem), b"i"),
        // One of two letters alike.
        [stem @ .., last] if rest.len() > 4 && stem.ends_with(&[*last]) && !b"lse".contains(last) => fnv(stem),
        _ => fnv(rest),
    }
}

/// Returns `true` if a word is a long hexadecimal number.
fn is_hex(word: &[u8]) -> bool {
    word.len() >= 16 && word.iter().all(u8::is_ascii_hexdigit)
}

fn is_technique_id(word: &[u8]) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match word {
        [b't' | b'T', rest @ ..] if rest.len() == 4 => digits(rest),
        [b't' | b'T', rest @ ..] if rest.len() == 8 => digits(&rest[..4]) && rest[4] == b'.' && digits(&rest[5..]),
        _ => false,
    }
}
