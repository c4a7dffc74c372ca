use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

/// What a piece of markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::feed) enum Kind<'a> {
    /// A start tag; `attributes` is what stands between the name and the `>`.
    Start { name: &'a str, attributes: &'a str, empty: bool },
    /// An end tag.
    End { name: &'a str },
    /// Characters, with their references not yet resolved.
    Text,
    /// A CDATA section; the characters in it.
    Cdata(&'a str),
    /// A comment, a declaration or a processing instruction.
    Other,
}

/// A piece of markup and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::feed) struct Token<'a> {
    pub(in crate::feed) kind: Kind<'a>,
    pub(in crate::feed) span: Range<usize>,
}

/// Splits text into pieces of markup; the pieces cover the text without gaps.
#[derive(Clone, Debug)]
pub(in crate::feed) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Ends that were looked for and do not come any more, so that they are not looked for again and again.
    missing: [bool; ENDS.len()],
}

/// The ends of comments, CDATA sections, processing instructions and declarations with an inner part.
const ENDS: [&str; 4] = ["-->", "]]>", "?>", "]>"];

impl<'a> Tokens<'a> {
    pub(in crate::feed) fn new(text: &'a str) -> Self {
        Self { text, at: 0, missing: [false; ENDS.len()] }
    }

    /// Goes on from another place.
    pub(in crate::feed) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Finds the byte after one of the [`ENDS`].
    fn after(&mut self, end: usize, from: usize) -> Option<usize> {
        if self.missing[end] {
            return None;
        }
        let found = memmem::find(&self.text.as_bytes()[from..], ENDS[end].as_bytes());
        // What is missing from here on is missing from every later place too, and a caller that goes back asks again
        // for nothing that it could not live without.
        self.missing[end] = found.is_none();
        found.map(|at| from + at + ENDS[end].len())
    }

    fn markup(&mut self) -> Option<(Kind<'a>, usize)> {
        let (text, at) = (self.text, self.at);
        let rest = &text.as_bytes()[at..];
        match rest.get(1)? {
            b'!' if rest.starts_with(b"<!--") => {
                let end = self.after(0, at + 4).or_else(|| memchr(b'>', rest).map(|gt| at + gt + 1));
                Some((Kind::Other, end.unwrap_or(text.len())))
            }
            b'!' if rest.starts_with(b"<![CDATA[") => {
                let (inner, end) = match self.after(1, at + 9) {
                    Some(end) => (at + 9..end - 3, end),
                    None => (at + 9..text.len(), text.len()),
                };
                Some((Kind::Cdata(&text[inner]), end))
            }
            b'!' => Some((Kind::Other, self.declaration())),
            b'?' => {
                let end = self.after(2, at).or_else(|| memchr(b'>', rest).map(|gt| at + gt + 1));
                Some((Kind::Other, end.unwrap_or(text.len())))
            }
            b'/' => end_tag(text, at),
            c if c.is_ascii_alphabetic() || *c == b'_' || *c >= 0x80 => start_tag(text, at),
            _ => None,
        }
    }

    /// Finds the end of a document type, which may have a part in brackets with more declarations in it.
    fn declaration(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let Some(close) = memchr(b'>', rest) else { return self.text.len() };
        if rest[..close].contains(&b'[')
            && let Some(end) = self.after(3, self.at)
        {
            return end;
        }
        self.at + close + 1
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let first = *bytes.get(start)?;
        let (kind, end) = if first == b'<'
            && let Some(found) = self.markup()
        {
            found
        } else {
            let from = start + 1;
            (Kind::Text, memchr(b'<', &bytes[from..]).map_or(bytes.len(), |next| from + next))
        };
        self.at = end;
        Some(Token { kind, span: start..end })
    }
}

fn end_tag(text: &str, at: usize) -> Option<(Kind<'_>, usize)> {
    let bytes = text.as_bytes();
    let from = at + 2;
    let first = *bytes.get(from)?;
    if !(first.is_ascii_alphabetic() || first == b'_' || first >= 0x80) {
        return None;
    }
    let stop = bytes[from..].iter().position(|b| matches!(b, b'>' | b'<')).map_or(bytes.len(), |stop| from + stop);
    let name = text[from..stop].split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
    let end = if bytes.get(stop) == Some(&b'>') { stop + 1 } else { stop };
    Some((Kind::End { name }, end))
}

fn start_tag(text: &str, at: usize) -> Option<(Kind<'_>, usize)> {
    let bytes = text.as_bytes();
    let mut here = at + 1;
    let mut first_close = None;
    let close = loop {
        match bytes.get(here) {
            Some(b'>') => break here,
            // A tag never holds a `<`, not even in quotes: this one is a sign in prose, or its end was lost.
            Some(b'<') | None => break first_close?,
            Some(quote @ (b'"' | b'\'')) if bytes[here - 1] == b'=' || bytes[here - 1].is_ascii_whitespace() => {
                match memchr2(*quote, b'<', &bytes[here + 1..]) {
                    Some(length) if bytes[here + 1 + length] == *quote => {
                        let inside = &bytes[here + 1..here + 1 + length];
                        first_close = first_close.or_else(|| memchr(b'>', inside).map(|gt| here + 1 + gt));
                        here += length + 2;
                    }
                    _ => here += 1,
                }
            }
            Some(_) => here += 1,
        }
    };
    let inner = &text[at + 1..close];
    let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let empty = attributes.ends_with('/');
    Some((Kind::Start { name, attributes: attributes.strip_suffix('/').unwrap_or(attributes), empty }, close + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{Kind, Tokens};

    fn kinds(text: &str) -> Vec<Kind<'_>> {
        Tokens::new(text).map(|token| token.kind).collect()
    }

    #[test]
    fn a_sign_in_prose_is_text() {
        assert_eq!(kinds("a < b <5"), [Kind::Text, Kind::Text, Kind::Text]);
        assert_eq!(
            kinds("if a <b and <i>"),
            [Kind::Text, Kind::Text, Kind::Start { name: "i", attributes: "", empty: false }]
        );
    }

    #[test]
    fn a_greater_sign_in_quotes_does_not_end_the_tag() {
        let start = Kind::Start { name: "a", attributes: " t='x > y' ", empty: true };
        assert_eq!(kinds("<a t='x > y' />"), [start]);
    }

    #[test]
    fn a_document_type_with_declarations_is_one_piece() {
        assert_eq!(kinds("<!DOCTYPE a [<!ENTITY b 'c>'>]><a>").len(), 2);
    }

    #[test]
    fn an_end_that_never_comes_takes_what_is_there() {
        assert_eq!(kinds("<![CDATA[rest <b>"), [Kind::Cdata("rest <b>")]);
        assert_eq!(kinds("</rss"), [Kind::End { name: "rss" }]);
    }

    proptest! {
        #[test]
        fn pieces_cover_any_text(text in "[<>/!?'\"=\\[\\]a& é-]{0,60}") {
            let mut at = 0;
            for token in Tokens::new(&text) {
                assert_eq!(token.span.start, at);
                assert!(token.span.end > at);
                at = token.span.end;
            }
            assert_eq!(at, text.len());
        }
    }
}
