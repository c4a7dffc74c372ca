//! The words of an article, as the phrases of the asset know them.

use super::lexicon::{LONGEST, Lexicon, UNKNOWN, lower_on};
use crate::text::{
    Span, Token, Walk, fnv,
    phrase::{self, AMOUNT, Numbered},
};

/// One word of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Span,
    /// Its number in the lexicon.
    pub(super) number: u16,
    /// Whether it has a capital letter: `Windows`, but `macOS` too.
    pub(super) capital: bool,
    /// Whether it is a number or an amount of money.
    pub(super) amount: bool,
    /// The place of its bit in sketches.
    bit: u8,
}

impl Word {
    fn of(span: Span, number: u16, capital: bool, amount: bool) -> Self {
        Self { span, number, capital, amount, bit: phrase::place(number) }
    }
}

impl Numbered for Word {
    fn number(&self) -> u16 {
        self.number
    }

    fn bits(&self) -> u64 {
        1 << self.bit | if self.amount { AMOUNT } else { 0 }
    }
}

/// How a word is spelled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling<'a> {
    /// Its letters, their case as it was, without the ending of the genitive.
    pub(super) letters: &'a [u8],
    /// The hash of the letters in lower case.
    pub(super) hash: u64,
    /// Whether a capital letter may follow a small one.
    pub(super) is_mixed: bool,
    /// Whether it may have a digit.
    pub(super) has_digit: bool,
}

/// Reads the words of a range of a text, and adds them to those read before.
pub(super) fn read(walk: &mut Walk<'_, '_>, within: Span, lexicon: &Lexicon, words: &mut Vec<Word>) {
    let whole = walk.text();
    let text = &whole[..within.end];
    let mut at = within.start;
    for token in walk.within(within) {
        if !token.shape().is_plain() {
            at = at.max(token.span().start);
            while let Some(span) = next(text, &mut at, token.span().end.min(within.end)) {
                words.push(odd(&text[span.range()], span, lexicon));
            }
        } else if token.span().start >= at {
            if let Some(end) = address_end(text, token.span().start) {
                at = end;
            } else {
                words.push(plain(whole, token, lexicon));
            }
        }
    }
}

fn plain(text: &str, token: &Token, lexicon: &Lexicon) -> Word {
    let (span, hash, shape) = (token.span(), token.hash, token.shape());
    let letters = &text.as_bytes()[span.range()];
    let spelling = Spelling { letters, hash, is_mixed: shape.is_mixed(), has_digit: shape.has_digit() };
    let number = lexicon.number_of(&spelling);
    Word::of(span, number, shape.has_capital(), letters[0].is_ascii_digit())
}

fn odd(raw: &str, span: Span, lexicon: &Lexicon) -> Word {
    let capital = if raw.is_ascii() {
        raw.bytes().any(|byte| byte.is_ascii_uppercase())
    } else {
        raw.chars().any(char::is_uppercase)
    };
    let amount = raw.bytes().find(|byte| *byte != b'$').is_some_and(|byte| byte.is_ascii_digit());
    let number = if raw.is_ascii() { number_of(raw.as_bytes(), lexicon) } else { typographic(raw, lexicon) };
    Word::of(span, number, capital, amount)
}

/// Returns the number of a word whose apostrophes may be typographic: it is spelled as with plain ones.
fn typographic(raw: &str, lexicon: &Lexicon) -> u16 {
    let mut buffer = [0; LONGEST + 2];
    let mut len = 0;
    for part in raw.split_inclusive('\u{2019}') {
        let (letters, mark) = part.strip_suffix('\u{2019}').map_or((part, ""), |letters| (letters, "'"));
        for piece in [letters, mark] {
            let Some(place) = buffer.get_mut(len..len + piece.len()) else { return UNKNOWN };
            place.copy_from_slice(piece.as_bytes());
            len += piece.len();
        }
    }
    number_of(&buffer[..len], lexicon)
}

fn number_of(spelled: &[u8], lexicon: &Lexicon) -> u16 {
    let letters = [b"'s", b"'S"].iter().find_map(|ending| spelled.strip_suffix(*ending)).unwrap_or(spelled);
    if letters.len() > LONGEST {
        return UNKNOWN;
    }
    lexicon.number_of(&Spelling { letters, hash: lower_on(fnv(b""), letters), is_mixed: true, has_digit: true })
}

/// Parts a text into words, from a byte on: letters and digits, joined by inner dots, apostrophes and thousands commas.
///
/// Returns the next word that begins before `until`, and goes on behind it; addresses are passed over.
pub(super) fn next(text: &str, at: &mut usize, until: usize) -> Option<Span> {
    while *at < until {
        let step = letter(text, *at);
        let money = || text.as_bytes()[*at] == b'$' && text.as_bytes().get(*at + 1).is_some_and(u8::is_ascii_digit);
        if let Some(end) = address_end(text, *at) {
            *at = end;
        } else if step > 0 || money() {
            let start = *at;
            *at = word_end(text, start + step.max(1));
            return Some(Span::new(start, *at));
        } else {
            *at += skip(text, *at);
        }
    }
    None
}

fn word_end(text: &str, after_first: usize) -> usize {
    let mut at = after_first;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let step = match letter(text, at) {
            0 => joiner(text, at),
            step => step,
        };
        if step == 0 {
            return at;
        }
        at += step;
    }
}

/// Returns the length of the letter or digit at a byte; 0 when there is none.
fn letter(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None => 0,
        Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
        Some(_) => text[at..].chars().next().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8),
    }
}

fn skip(text: &str, at: usize) -> usize {
    if text.as_bytes()[at].is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) }
}

/// Returns the length of a joiner at a byte, when letters or digits stand on both sides of it.
fn joiner(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (before, rest) = (bytes[at - 1], &bytes[at..]);
    let len = match rest {
        [b'.' | b'\'', ..] => 1,
        [b',', ..] if before.is_ascii_digit() => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => return 0,
    };
    if before.is_ascii_alphanumeric() && rest.get(len).is_some_and(u8::is_ascii_alphanumeric) { len } else { 0 }
}

/// Returns the end of an address that begins at a byte.
#[inline]
fn address_end(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    if bytes[0] == b'h' { address_len(bytes).map(|len| at + len) } else { None }
}

fn address_len(bytes: &[u8]) -> Option<usize> {
    let is_address = [&b"http://"[..], b"https://", b"hxxp"].iter().any(|scheme| bytes.starts_with(scheme));
    let len = || bytes.iter().take_while(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b')' | b'>')).count();
    is_address.then(len)
}
