use std::borrow::Cow;

use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::flowed;
use crate::{
    article::{Content, Entry},
    feed::{date, decode::decode, xml::plain_line},
};

/// The number of parts from which on a mail is cut. It bounds how deep messages in it are nested, too.
const MAX_PARTS: usize = 256;
/// The number of lines that may be headers from which on a mail is cut: each costs many times its length in memory.
const MAX_HEADER_LINES: usize = 100_000;
/// How deep forwarded messages are looked into where the outer one has no text of its own.
const MAX_FORWARDS: usize = 3;
/// How much of a text is looked at to see whether it is a mail.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Makes an entry of a mail: newsletters and advisories that come by mail are dropped into folders as `.eml`.
pub(super) fn read(bytes: &[u8]) -> Entry {
    let parser = MessageParser::new().with_minimal_headers();
    let Some(message) = parser.parse(bounded(bytes)).filter(|message| !message.parts.is_empty()) else {
        return Entry::default();
    };
    let sender = message.from().and_then(|from| from.first());
    let author = sender.and_then(|sender| sender.name.as_deref().or(sender.address.as_deref()));
    Entry {
        title: line(message.subject().unwrap_or_default()),
        author: author.map(line).filter(|author| !author.is_empty()),
        published: message.header_raw(HeaderName::Date).and_then(date::read),
        content: body(&message, MAX_FORWARDS).unwrap_or_default(),
        ..Entry::default()
    }
}

/// Returns `true` if bytes begin like a mail: with header lines, a sender or a subject among them.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = decode(&bytes[..bytes.len().min(MAX_HEAD_BYTES)], None).text;
    let headers: Vec<&str> = head.lines().take_while(|line| !line.trim().is_empty()).collect();
    let name = |line: &&str| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
    let is_header = |line: &&str| {
        line.starts_with([' ', '\t']) || name(line).is_some_and(|name| !name.is_empty() && !name.contains(' '))
    };
    headers.len() > 1
        && headers.iter().skip(1).all(is_header)
        && headers.iter().filter_map(name).any(|name| name == "from" || name == "subject")
}

/// Makes one line of a header, which is not HTML: its `&` and `<` stand for themselves.
fn line(header: &str) -> String {
    plain_line(&header.replace('&', "&amp;").replace('<', "&lt;"))
}

/// Returns the part of a mail that is read: all of it, unless it is made to exhaust its reader.
///
/// A message can only stand in another one that says so in a `Content-Type`, so their number bounds the nesting.
fn bounded(bytes: &[u8]) -> &[u8] {
    let (mut parts, mut headers, mut start) = (0, 0, 0);
    for end in memchr::memchr_iter(b'\n', bytes) {
        let line = &bytes[start..end];
        if let Some(colon) = memchr::memchr(b':', line) {
            headers += 1;
            parts += usize::from(is_content_type(&line[..colon]));
        }
        if parts > MAX_PARTS || headers > MAX_HEADER_LINES {
            return &bytes[..start];
        }
        start = end + 1;
    }
    bytes
}

/// Returns `true` if a header's name is read as `Content-Type`; blanks in it do not count.
fn is_content_type(name: &[u8]) -> bool {
    let letters = name.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase);
    letters.eq(b"content-type".iter().copied())
}

/// Returns the text of a message, as HTML if any of it is; that of a forwarded message if it has none itself.
fn body(message: &Message<'_>, forwards: usize) -> Option<Content> {
    let html = message.html_bodies().any(|part| matches!(part.body, PartType::Html(_)));
    let content = if html {
        let parts = (0..message.html_body_count()).filter_map(|part| message.body_html(part));
        Content::Html(parts.collect())
    } else {
        let parts: Vec<_> = message.text_bodies().filter_map(|part| text(message, part)).collect();
        Content::Plain(parts.join("\n\n"))
    };
    let (Content::Html(said) | Content::Plain(said)) = &content;
    if !said.trim().is_empty() {
        return Some(content);
    }
    let forwarded = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) => Some(inner),
        _ => None,
    });
    if forwards == 0 { None } else { forwarded.into_iter().find_map(|inner| body(inner, forwards - 1)) }
}

/// Returns the characters of a text part, its paragraphs put together again where a mail program broke them.
fn text<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Option<Cow<'a, str>> {
    let PartType::Text(text) = &part.body else { return None };
    let kind = part.content_type();
    let says = |name: &str| kind.and_then(|kind| kind.attribute(name));
    let (from, to) = (part.offset_body as usize, part.offset_end as usize);
    let raw = message.raw_message.get(from..to).filter(|_| part.encoding == Encoding::None);
    // No charset is named and it is not UTF-8: the decoder of feeds guesses better than a replacement character.
    let text: Cow<'a, str> = match raw {
        Some(raw) if says("charset").is_none() && text.contains('\u{fffd}') => decode(raw, None).text,
        _ => Cow::Borrowed(text.as_ref()),
    };
    if says("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
        let drop_space = says("delsp").is_some_and(|said| said.eq_ignore_ascii_case("yes"));
        return Some(Cow::Owned(flowed::joined(&text, drop_space)));
    }
    Some(text)
}

#[cfg(test)]
mod tests;
