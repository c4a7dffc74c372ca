//! How a text is parted into words.

use super::form::Traits;
use crate::text::{FNV_PRIME, Span, fnv};

/// A word of an article: where it stands in its part, and which form it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    start: u32,
    end: u32,
    form: u32,
}

impl Word {
    pub(super) const fn new(span: Span, form: u32) -> Self {
        // `Words` reads the first four billion bytes of a text and no more.
        Self { start: span.start as u32, end: span.end as u32, form }
    }

    /// Returns where it stands.
    pub const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Returns the place of its form in [`Reading::forms`](super::Reading::forms).
    pub const fn form(self) -> usize {
        self.form as usize
    }
}

/// A word as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) traits: Traits,
    /// The hash of a plain word in lower case; of any other nothing.
    pub(super) hash: u64,
}

/// What may join two letters: a full stop, an apostrophe, a comma between digits.
const MARK: u8 = 0x01;
/// What is a letter in some words: `_`, `&`, `+`, `#`, and characters beyond ASCII.
const ODD: u8 = 0x02;
const DIGIT: u8 = 0x10;
/// The bit by which a capital differs from its small letter.
const CAPITAL: u8 = 0x20;
const SMALL: u8 = 0x40;
const PLAIN: u8 = DIGIT | CAPITAL | SMALL;

/// What each byte is; 0 for those that part words.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => CAPITAL,
            b'a'..=b'z' => SMALL,
            b'.' | b'\'' | b',' => MARK,
            b'_' | b'&' | b'+' | b'#' | 0x80.. => ODD,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Parts a range of a text into words: runs of letters, digits and `_ & + #` with at least one letter or digit, joined
/// by inner full stops and apostrophes, and digits by commas.
///
/// A hyphen, a slash and every other character part words, so `side-loading` is two words and `cmd.exe` is one.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    /// The text up to the end of the range.
    text: &'a str,
    at: usize,
    /// Where the address ends that was begun last.
    address_end: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str, within: Span) -> Self {
        let end = within.end.min(text.floor_char_boundary(u32::MAX as usize));
        Self { text: &text[..end], at: within.start, address_end: 0 }
    }

    /// Returns the end of the word at a byte where it is longer than the ASCII letters and digits before that byte.
    fn odd_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            at += bytes[at..].iter().take_while(|byte| is_ascii_letter(**byte)).count();
            let letter = letter_len(self.text, at);
            let joiner = || joiner_len(&bytes[..at], &bytes[at..]);
            at += match letter {
                0 => match joiner() {
                    0 => return at,
                    joiner if letter_len(self.text, at + joiner) == 0 => return at,
                    joiner => joiner,
                },
                letter => letter,
            };
        }
    }

    /// Returns the traits of a word that ends at a byte, as far as the bytes around it give them.
    fn place(&mut self, span: Span) -> Traits {
        let bytes = self.text.as_bytes();
        let scheme = bytes[span.end..].starts_with(b"://");
        if scheme || bytes[span.start] == b'h' && bytes[span.range()].starts_with(b"hxxp") {
            let rest = bytes[span.end..].iter();
            self.address_end = span.end + rest.take_while(|byte| !b" \n\t)>".contains(byte)).count();
        }
        let address = if span.start < self.address_end { Traits::ADDRESS } else { Traits::NONE };
        if scheme { address.with(Traits::SCHEME) } else { address }
    }
}

impl Iterator for Words<'_> {
    type Item = Written;

    fn next(&mut self) -> Option<Written> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at + bytes[self.at..].iter().position(|byte| kind(*byte) & !MARK != 0)?;
            let (end, hash, traits) = plain(bytes, start);
            self.at = end;
            if end > start && !goes_on(bytes, end) {
                let span = Span::new(start, end);
                return Some(Written { span, hash, traits: traits.with(self.place(span)) });
            }
            self.at = self.odd_end(start);
            if self.at == start {
                // A character beyond ASCII that is no letter.
                self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            let span = Span::new(start, self.at);
            if self.at == end {
                return Some(Written { span, hash, traits: traits.with(self.place(span)) });
            }
            if self.text[span.range()].contains(char::is_alphanumeric) {
                let traits = Traits::of_odd(&self.text[span.range()]);
                return Some(Written { span, hash: 0, traits: traits.with(self.place(span)) });
            }
        }
    }
}

/// Reads the ASCII letters and digits from a byte on: where they end, their hash in lower case, and what they are.
fn plain(bytes: &[u8], start: usize) -> (usize, u64, Traits) {
    let first = kind(bytes[start]) & PLAIN;
    let (mut hash, mut inner, mut end) = (fnv(b""), 0, start);
    let mut next = first;
    while next & PLAIN != 0 {
        hash = (hash ^ u64::from(bytes[end] | next & CAPITAL)).wrapping_mul(FNV_PRIME);
        end += 1;
        next = bytes.get(end).map_or(0, |byte| kind(*byte));
        inner |= next;
    }
    let all = first | inner;
    let traits = Traits::PLAIN
        .with_if(all & CAPITAL != 0, Traits::CAPITAL)
        .with_if(all & DIGIT != 0, Traits::DIGIT)
        .with_if(first == DIGIT, Traits::AMOUNT)
        .with_if(inner & CAPITAL != 0 && all & SMALL != 0, Traits::MIXED);
    (end, hash, traits)
}

/// Returns `true` if the word before a byte may go on there.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    let kind_at = |at: usize| bytes.get(at).map_or(0, |byte| kind(*byte));
    match kind_at(at) {
        ODD => true,
        MARK => kind_at(at + 1) & !MARK != 0,
        _ => false,
    }
}

const fn kind(byte: u8) -> u8 {
    KINDS[byte as usize]
}

const fn is_ascii_letter(byte: u8) -> bool {
    byte.is_ascii() && kind(byte) & !MARK != 0
}

/// Returns the length of the letter, digit or sign at a byte; 0 where there is none.
fn letter_len(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None => 0,
        Some(byte) if byte.is_ascii() => usize::from(is_ascii_letter(*byte)),
        Some(_) => text[at..].chars().next().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8),
    }
}

/// Returns the length of what may join the letters before a place to those behind it.
fn joiner_len(before: &[u8], rest: &[u8]) -> usize {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    match rest {
        [b'.' | b'\'', ..] => 1,
        [b',', next @ ..] if digit(before.last()) && digit(next.first()) => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}
