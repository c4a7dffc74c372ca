//! How a text is parted into words.

use super::form::Traits;
use crate::text::{FNV_PRIME, Span, fnv};

/// A word of an article: where it stands in its part, and which form it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    start: u32,
    end: u32,
    /// The place of its form, and [`IN_ADDRESS`].
    form: u32,
}

/// The bit of a word that stands in an address.
const IN_ADDRESS: u32 = 1 << 31;

impl Word {
    pub(super) const fn new(written: &Written, form: u32) -> Self {
        // `Words` reads the first two billion bytes of a text and no more.
        let (Span { start, end }, address) = (written.span, if written.in_address { IN_ADDRESS } else { 0 });
        Self { start: start as u32, end: end as u32, form: form | address }
    }

    /// Returns `true` if it stands in an address of the web.
    pub const fn is_in_address(self) -> bool {
        self.form & IN_ADDRESS != 0
    }

    /// Returns where it stands.
    pub const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Returns the place of its form in [`Reading::forms`](super::Reading::forms).
    pub const fn form(self) -> usize {
        (self.form & !IN_ADDRESS) as usize
    }
}

/// A word as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) traits: Traits,
    /// The hash of a plain word in lower case; of any other nothing.
    pub(super) hash: u64,
    /// Whether it stands in an address of the web.
    pub(super) in_address: bool,
}

/// What may join two letters: a full stop, an apostrophe, a comma between digits.
const MARK: u8 = 0x01;
/// What is a letter in some words: `_`, `&`, `+`, `#`, and characters beyond ASCII.
const ODD: u8 = 0x02;
const DIGIT: u8 = 0x10;
/// The bit by which a capital differs from its small letter.
const CAPITAL: u8 = 0x20;
pub(super) const SMALL: u8 = 0x40;
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
        let end = within.end.min(text.floor_char_boundary(i32::MAX as usize));
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

    /// Reads the word at a byte that goes on behind its first ASCII letters and digits, `plain`, or has none. Returns
    /// `None` if no letter or digit is there.
    fn odd(&mut self, start: usize, plain: Written) -> Option<Written> {
        self.at = self.odd_end(start);
        let span = Span::new(start, self.at);
        if span.is_empty() {
            // A character beyond ASCII that is no letter.
            self.at += self.text[start..].chars().next().map_or(1, char::len_utf8);
            return None;
        }
        if span == plain.span {
            return Some(plain);
        }
        let word = &self.text[span.range()];
        word.contains(char::is_alphanumeric).then(|| Written {
            span,
            hash: 0,
            traits: Traits::of_odd(word),
            in_address: false,
        })
    }

    /// Adds what a word is by the bytes around it.
    #[inline]
    fn placed(&mut self, word: Written) -> Written {
        let (bytes, Span { start, end }) = (self.text.as_bytes(), word.span);
        let begins = bytes.get(end) == Some(&b':') || bytes[start..].starts_with(b"hx");
        let scheme = begins && self.begins_address(word.span);
        let traits = word.traits.with_if(scheme, Traits::SCHEME);
        Written { traits, in_address: start < self.address_end, ..word }
    }

    /// Takes note of an address that begins with a word; returns `true` if the word is its scheme.
    fn begins_address(&mut self, word: Span) -> bool {
        let bytes = self.text.as_bytes();
        let scheme = bytes[word.end..].starts_with(b"://");
        if word.start >= self.address_end && (scheme || bytes[word.range()].starts_with(b"hxxp")) {
            let rest = bytes[word.end..].iter();
            self.address_end = word.end + rest.take_while(|byte| !b" \n\t)>".contains(byte)).count();
        }
        scheme
    }
}

impl Iterator for Words<'_> {
    type Item = Written;

    // Inlined, so that what is made of a word stays in registers.
    #[inline]
    fn next(&mut self) -> Option<Written> {
        let bytes = self.text.as_bytes();
        let word = loop {
            let start = self.at + bytes[self.at..].iter().position(|byte| kind(*byte) & !MARK != 0)?;
            let (end, hash, traits) = plain(bytes, start);
            let plain = Written { span: Span::new(start, end), traits, hash, in_address: false };
            if end > start && !goes_on(bytes, end) {
                self.at = end;
                break plain;
            }
            if let Some(word) = self.odd(start, plain) {
                break word;
            }
        };
        Some(self.placed(word))
    }
}

/// Returns each run of letters and digits of a word, and its hash in lower case: `cmd.exe` has two.
pub fn word_parts(word: &str) -> impl Iterator<Item = (Span, u64)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + word[at..].find(char::is_alphanumeric)?;
        at = word[start..].find(|c: char| !c.is_alphanumeric()).map_or(word.len(), |len| start + len);
        Some((Span::new(start, at), fnv(word[start..at].to_lowercase().as_bytes())))
    })
}

/// Reads the ASCII letters and digits from a byte on: where they end, their hash in lower case, and what they are.
#[inline]
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
    (end, hash, Traits::of_plain(first, inner))
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
