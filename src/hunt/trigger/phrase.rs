//! How a trigger's phrase is written, and where it stands in a text.

use crate::text::{Span, fnv, fnv_on};

/// A phrase, as one of its words leads to it; its ends show mostly that it does not stand there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// Its place among the phrases.
    pub(super) phrase: u32,
    /// How many bytes of the phrase stand before the word.
    before: u32,
    len: u32,
    first: u8,
    last: u8,
}

impl Anchor {
    /// Makes the anchor of a folded phrase at one of its words; none for one of billions of bytes.
    pub(super) fn of(phrase: usize, folded: &[u8], word: Span) -> Option<Self> {
        let (first, last) = (*folded.first()?, *folded.last()?);
        let narrow = |number: usize| u32::try_from(number).ok();
        Some(Self { phrase: narrow(phrase)?, before: narrow(word.start)?, len: narrow(folded.len())?, first, last })
    }

    /// Returns where the phrase stands if it does, around a word that begins at `at`.
    pub(super) fn around(&self, at: usize, text: &[u8]) -> Option<Span> {
        let start = at.checked_sub(self.before as usize)?;
        let end = start + self.len as usize;
        let last = text.get(end - 1)?;
        (folded(text[start]) == self.first && folded(*last) == self.last).then(|| Span::new(start, end))
    }
}

/// Returns each run of ASCII letters and digits, and its hash in lower case.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = (Span, u64)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
        let lower = run.map(u8::to_ascii_lowercase);
        let (end, hash) = lower.fold((start, fnv(b"")), |(end, hash), byte| (end + 1, fnv_on(hash, &[byte])));
        at = end;
        Some((Span::new(start, end), hash))
    })
}

/// Returns `true` if a folded phrase stands at a place of its length.
pub(super) fn stands(phrase: &[u8], text: &[u8], span: Span) -> bool {
    text[span.range()].iter().zip(phrase).all(|(byte, wanted)| folded(*byte) == *wanted)
}

/// Folds case and what stands for a space; the length stays, so that places stay.
pub(super) fn fold(text: &str) -> Vec<u8> {
    text.bytes().map(folded).collect()
}

const fn folded(byte: u8) -> u8 {
    FOLDED[byte as usize]
}

/// [`folded`] of every byte: one look-up in the innermost loop.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' | b'\t' | b'-' | b'_' => b' ',
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
};

/// Returns `true` if no letter or digit runs into the span from either side.
pub(super) fn is_whole(text: &str, span: Span) -> bool {
    let (before, inside, after) = (&text[..span.start], &text[span.range()], &text[span.end..]);
    let last = |text: &str| match text.as_bytes().last() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.ends_with(char::is_alphanumeric),
    };
    let first = |text: &str| match text.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.starts_with(char::is_alphanumeric),
    };
    !(last(before) && first(inside) || last(inside) && first(after))
}
