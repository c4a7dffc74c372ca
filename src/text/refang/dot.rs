//! The forms that stand for a dot: `[.]`, `(dot)`, `{.}`, `\.`, ` [.] `, `[.`, `.]`, `%2E`, `&#46;`, `。` and their
//! mixtures.

use super::label;

/// A separator between two labels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dot {
    /// One past its last byte: the next label starts here.
    pub(crate) end: usize,
    /// How it is written.
    pub(crate) form: Form,
    /// How many bytes at the end of the label before belong to it (`foodot]com`).
    pub(crate) borrowed: usize,
}

/// How a separator is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A plain dot.
    Plain,
    /// A whole defanged form, which nobody writes by accident.
    Bracketed,
    /// A form with only one half of its brackets, which punctuation can imitate.
    Half,
    /// A plain dot with spaces, as in `185 . 220`.
    Spaced,
    /// A word between spaces or slashes.
    Word,
    /// A comma between numbers.
    Comma,
}

impl Form {
    /// Returns `true` if the form was written to make the name harmless.
    pub(crate) const fn is_defanged(self) -> bool {
        !matches!(self, Self::Plain)
    }
}

/// What the reader knows when it asks for a separator.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a> {
    /// The label before.
    pub(crate) label: &'a str,
    /// Whether a defanged form came before in the same name.
    pub(crate) defanged: bool,
    /// Whether the name is the host of an e-mail address, where words are trusted.
    pub(crate) email: bool,
    /// How many labels came before.
    pub(crate) labels: usize,
    /// Whether commas stood between them.
    pub(crate) commas: bool,
}

impl Before<'_> {
    fn is_octet(&self) -> bool {
        self.label.len() <= 3 && !self.label.is_empty() && self.label.bytes().all(|b| b.is_ascii_digit())
    }
}

const WORDS: &[&str] = &["dot", "punto", "punkt", "d"];

/// Reads a separator that starts at a byte.
pub(crate) fn separator(text: &str, at: usize, before: Before<'_>) -> Option<Dot> {
    let bytes = text.as_bytes();
    let dot = |end: usize, form: Form| label::starts(text, end).then_some(Dot { end, form, borrowed: 0 });
    match *bytes.get(at)? {
        b'.' => plain(text, at),
        b' ' | b'\t' => bracketed(text, at, before).or_else(|| spaced(text, at, before)),
        b'[' | b'(' | b'{' | b'<' => bracketed(text, at, before),
        b']' | b')' | b'}' => borrowed(text, at, before.label).or_else(|| bracketed(text, at, before)),
        b'\\' => {
            let more = usize::from(bytes.get(at + 1) == Some(&b'\\'));
            (bytes.get(at + 1 + more) == Some(&b'.')).then(|| dot(at + 2 + more, Form::Bracketed))?
        }
        b'^' => (bytes.get(at + 1) == Some(&b'.')).then(|| dot(at + 2, Form::Bracketed))?,
        b'%' => starts_with_ignoring_case(bytes, at, b"%2e").then(|| dot(at + 3, Form::Bracketed))?,
        b'&' => {
            let entity = [&b"&#46;"[..], b"&#x2e;", b"&period;"]
                .into_iter()
                .find(|e| starts_with_ignoring_case(bytes, at, e))?;
            dot(at + entity.len(), Form::Bracketed)
        }
        b',' => {
            let next =
                if before.labels == 1 { three_more(bytes, at) } else { before.commas && is_octet_at(bytes, at + 1) };
            (before.is_octet() && next).then(|| dot(at + 1, Form::Comma))?
        }
        b'/' => (before.email && starts_with_ignoring_case(bytes, at, b"/dot/")).then(|| dot(at + 5, Form::Word))?,
        b'D' => bytes[at..].starts_with(b"DOT").then(|| dot(after_closers(bytes, at + 3), Form::Bracketed))?,
        0xe2 | 0xe3 | 0xef => wide(text, at),
        _ => None,
    }
}

/// Reads a plain dot, or one with the closing half of its brackets (`evil.]com`).
fn plain(text: &str, at: usize) -> Option<Dot> {
    let bytes = text.as_bytes();
    let next = label::skip_invisible(text, at + 1, text.len());
    if label::starts(text, next) {
        let form = if next == at + 1 { Form::Plain } else { Form::Bracketed };
        return Some(Dot { end: next, form, borrowed: 0 });
    }
    if bytes[at + 1..].starts_with(b"[ch]") {
        // Both files of a C module: `main.[ch]`.
        return None;
    }
    let end = after_brackets(bytes, at + 1);
    (end > at + 1 && label::starts(text, end)).then_some(Dot { end, form: Form::Half, borrowed: 0 })
}

/// Reads a form with brackets, whole or half, with spaces inside and outside.
fn bracketed(text: &str, at: usize, before: Before<'_>) -> Option<Dot> {
    let bytes = text.as_bytes();
    let outer = after_spaces(bytes, at);
    let mut next = outer;
    let mut openers = 0;
    while let Some(byte) = bytes.get(next) {
        match byte {
            // The middle of a Markdown link: `[support](.github)`.
            b']' if bytes.get(next + 1) == Some(&b'(') => return None,
            b'[' | b'(' | b'{' | b'<' => openers += 1,
            // `iter().map`: brackets that close at once are program text.
            b']' | b')' | b'}' if openers == 0 => {}
            _ => break,
        }
        next = after_spaces(bytes, next + 1);
        if next > outer + 16 {
            return None;
        }
    }
    if next == outer {
        return None;
    }
    next = core(text, next, openers > 0, before.is_octet())?;
    let inner = next;
    next = after_spaces(bytes, next);
    let mut closers = 0;
    while let Some(b'[' | b']' | b')' | b'}' | b'>') = bytes.get(next) {
        closers += 1;
        next += 1;
        if closers > 4 {
            return None;
        }
    }
    if closers == 0 {
        next = after_spaces(bytes, inner);
    }
    let whole = openers > 0 && closers > 0;
    let tail = if whole { after_spaces(bytes, next) } else { next };
    let gap = closers == 0 && next > inner;
    let spaced = outer > at || tail > next || gap;
    if openers == 0 && (gap || closes_remark(bytes, outer)) {
        // `(see evil). The next`, `captures(evil).map`: punctuation of the text around.
        return None;
    }
    let tail = label::skip_invisible(text, tail, text.len());
    if outer > at && (openers == 0 || !(whole || before.defanged)) {
        return None;
    }
    if !label::starts(text, tail) || (spaced && bytes[tail].is_ascii_uppercase()) {
        // `evil[.] The next sentence`: the space ends the name, so there is no separator at all.
        return None;
    }
    if !whole && bytes[tail].is_ascii_digit() && !before.is_octet() {
        return None;
    }
    let form = if whole && !spaced { Form::Bracketed } else { Form::Half };
    Some(Dot { end: tail, form, borrowed: 0 })
}

/// Returns `true` if a closing bracket belongs to an opening one before it, in the same line and within reach.
fn closes_remark(bytes: &[u8], at: usize) -> bool {
    let (close, open) = match bytes[at] {
        b')' => (b')', b'('),
        b']' => (b']', b'['),
        _ => (b'}', b'{'),
    };
    let (mut depth, mut words) = (0_u32, false);
    for (len, byte) in bytes[..at].iter().rev().take(96).take_while(|b| **b != b'\n').enumerate() {
        words |= !label::IN_LABEL[usize::from(*byte)] && *byte != open;
        if *byte == close {
            depth += 1;
        } else if *byte == open {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                // `[www].evil` is one label in brackets, `f(www).evil` is none.
                None => return words || at >= len + 2 && label::IN_LABEL[usize::from(bytes[at - len - 2])],
            }
        }
    }
    false
}

/// Reads what stands between the brackets.
fn core(text: &str, at: usize, opened: bool, octet: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        b'.' => return Some(at + 1),
        b',' if octet && opened => return Some(at + 1),
        0xe2 | 0xe3 | 0xef => return wide_dot(&bytes[at..]).then_some(at + 3),
        _ => {}
    }
    if !opened {
        return None;
    }
    WORDS.iter().find(|word| starts_with_ignoring_case(bytes, at, word.as_bytes())).and_then(|word| {
        let end = at + word.len();
        let after = bytes.get(end).copied().unwrap_or(b' ');
        matches!(after, b' ' | b'[' | b']' | b')' | b'}' | b'>').then_some(end)
    })
}

/// Reads `]com` after a label that ends in the word (`foodot]com`).
fn borrowed(text: &str, at: usize, label: &str) -> Option<Dot> {
    let end = after_brackets(text.as_bytes(), at);
    let word = WORDS[..3].iter().find(|word| {
        label.len() > word.len() && label.as_bytes()[label.len() - word.len()..].eq_ignore_ascii_case(word.as_bytes())
    })?;
    label::starts(text, end).then_some(Dot { end, form: Form::Half, borrowed: word.len() })
}

/// Reads a dot between spaces, trusted between octets, or the word between spaces.
fn spaced(text: &str, at: usize, before: Before<'_>) -> Option<Dot> {
    let bytes = text.as_bytes();
    let next = after_spaces(bytes, at);
    if bytes.get(next) == Some(&b'.') {
        let end = after_spaces(bytes, next + 1);
        return (before.is_octet() && is_octet_at(bytes, end)).then_some(Dot { end, form: Form::Spaced, borrowed: 0 });
    }
    let upper = bytes[next..].starts_with(b"DOT");
    if !(upper || before.email && bytes[next..].starts_with(b"dot")) {
        return None;
    }
    let end = after_spaces(bytes, next + 3);
    (end > next + 3 && label::starts(text, end)).then_some(Dot { end, form: Form::Word, borrowed: 0 })
}

/// Returns `true` if exactly three more numbers follow, each after a comma.
fn three_more(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..3 {
        if bytes.get(at) != Some(&b',') || !is_octet_at(bytes, at + 1) {
            return false;
        }
        at += 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    }
    !(bytes.get(at) == Some(&b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
}

/// Returns `true` if a number of at most three digits stands alone at a byte.
fn is_octet_at(bytes: &[u8], at: usize) -> bool {
    let digits = bytes[at..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    (1..=3).contains(&digits) && !bytes.get(at + digits).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// Reads a full stop of another writing between two letters or digits of ours.
fn wide(text: &str, at: usize) -> Option<Dot> {
    let bytes = text.as_bytes();
    let ascii = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let left = at.checked_sub(1).and_then(|left| bytes.get(left));
    (wide_dot(&bytes[at..]) && ascii(left) && ascii(bytes.get(at + 3))).then_some(Dot {
        end: at + 3,
        form: Form::Bracketed,
        borrowed: 0,
    })
}

pub(super) fn wide_dot(bytes: &[u8]) -> bool {
    // U+3002 and U+FF61 ideographic full stops, U+FF0E full-width full stop, U+2024 one dot leader.
    matches!(bytes, [0xe3, 0x80, 0x82, ..] | [0xef, 0xbd, 0xa1, ..] | [0xef, 0xbc, 0x8e, ..] | [0xe2, 0x80, 0xa4, ..])
}

pub(super) fn after_spaces(bytes: &[u8], mut at: usize) -> usize {
    let limit = at + 4;
    while at < limit && matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    at
}

fn after_brackets(bytes: &[u8], mut at: usize) -> usize {
    let limit = at + 3;
    while at < limit && matches!(bytes.get(at), Some(b'[' | b']' | b'(' | b')' | b'{' | b'}')) {
        at += 1;
    }
    at
}

fn after_closers(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b']' | b')' | b'}')) {
        at += 1;
    }
    at
}

/// Returns `true` if the bytes at `at` are `word`, in any case; `word` is in lower case.
pub(crate) fn starts_with_ignoring_case(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
}
