//! Addresses of crypto-currencies, by their shape.

use super::{Kind, found::Note, pass::Pass};

/// Keeps a word that has the shape of a Bitcoin or Monero address.
pub(super) fn read(pass: &mut Pass<'_>, start: usize, end: usize) {
    let word = &pass.text.as_bytes()[start..end];
    let kind = match (word, word.len()) {
        ([b'b', b'c', b'1', rest @ ..], 42 | 62)
            if rest.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
        {
            Kind::Bitcoin
        }
        ([b'1' | b'3', ..], 26..=35) if is_mixed(word) => Kind::Bitcoin,
        ([b'4' | b'8', ..], 95 | 106) if is_mixed(word) => Kind::Monero,
        _ => return,
    };
    pass.keep(kind, (start, end), pass.text[start..end].to_owned(), false, Note::Open);
}

/// Returns `true` if a word is Base58 of both cases with digits, as a random number is.
fn is_mixed(word: &[u8]) -> bool {
    let base58 = word.iter().all(|b| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l'));
    let count = |is: fn(&u8) -> bool| word.iter().filter(|b| is(b)).count();
    base58 && count(u8::is_ascii_uppercase) > 3 && count(u8::is_ascii_lowercase) > 3 && count(u8::is_ascii_digit) > 2
}
