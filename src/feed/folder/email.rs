use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::{
    article::{Content, Entry},
    feed::{date, decode::decode, xml::plain_line},
};

/// How deep parts in parts are looked into.
const DEEPEST: usize = 4;

/// Makes an entry of a mail: newsletters and advisories that come by mail are dropped into folders as `.eml`.
pub(super) fn read(bytes: &[u8]) -> Entry {
    let (headers, body) = split(bytes);
    let (html, plain) = bodies(&headers, body, 0);
    let subject = header(&headers, "subject").map(|subject| words(&subject)).unwrap_or_default();
    let from = header(&headers, "from").map(|from| words(&from));
    Entry {
        title: plain_line(&subject.replace('&', "&amp;").replace('<', "&lt;")),
        author: from.map(|from| from.split('<').next().unwrap_or_default().trim_matches([' ', '"']).to_owned()),
        published: header(&headers, "date").and_then(|text| date::read(&text)),
        content: html.map(Content::Html).or(plain.map(Content::Plain)).unwrap_or_default(),
        ..Entry::default()
    }
}

/// Returns `true` if bytes begin like a mail: with header lines, a sender or a subject among them.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let (headers, _) = split(&bytes[..bytes.len().min(64 << 10)]);
    let lines: Vec<&str> = headers.lines().collect();
    let is_header = |line: &&str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    lines.len() > 1
        && lines.iter().skip(1).all(is_header)
        && ["from", "subject"].iter().any(|name| header(&headers, name).is_some())
}

/// Splits a message or part into its headers, unfolded, and its body.
fn split(bytes: &[u8]) -> (String, &[u8]) {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let end = ends.iter().filter_map(|end| Some((memchr::memmem::find(bytes, end)?, end.len()))).min();
    let (at, length) = end.unwrap_or((bytes.len(), 0));
    let headers = decode(&bytes[..at], None).text.replace("\r\n", "\n");
    (headers.replace("\n\t", " ").replace("\n ", " "), &bytes[at + length..])
}

fn header(headers: &str, wanted: &str) -> Option<String> {
    let named =
        |line: &str| line.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    headers.lines().filter_map(named).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// Finds the HTML and the plain body of a message.
fn bodies(headers: &str, body: &[u8], depth: usize) -> (Option<String>, Option<String>) {
    let kind = header(headers, "content-type").unwrap_or_else(|| "text/plain".into());
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < DEEPEST {
        return boundary(&kind).map(|boundary| parts(&boundary, body, depth)).unwrap_or_default();
    }
    let attached = header(headers, "content-disposition").is_some_and(|how| how.starts_with("attachment"));
    if attached || !lower.starts_with("text/") {
        return (None, None);
    }
    let encoding = header(headers, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match encoding.as_str() {
        "base64" => Cow::Owned(base64(body)),
        "quoted-printable" => Cow::Owned(quoted_printable(body, false)),
        _ => Cow::Borrowed(body),
    };
    let text = decode(&bytes, Some(&kind)).text.into_owned();
    if lower.starts_with("text/html") { (Some(text), None) } else { (None, Some(text)) }
}

fn boundary(kind: &str) -> Option<String> {
    let at = kind.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = kind[at..].trim_start();
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
    Some(quoted.unwrap_or_else(|| rest.split([';', ' ']).next().unwrap_or_default()).to_owned())
        .filter(|b| !b.is_empty())
}

fn parts(boundary: &str, body: &[u8], depth: usize) -> (Option<String>, Option<String>) {
    let mark = format!("--{boundary}");
    let starts: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes()).take(64).collect();
    let (mut html, mut plain) = (None, None);
    for pair in starts.windows(2) {
        let part = body[pair[0] + mark.len()..pair[1]].trim_ascii_start();
        let (headers, inner) = split(part);
        let (more_html, more_plain) = bodies(&headers, inner, depth + 1);
        (html, plain) = (html.or(more_html), plain.or(more_plain));
    }
    (html, plain)
}

/// Reads `=?utf-8?Q?…?=` words in a header.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut fields = after.splitn(3, '?');
        let word = (fields.next(), fields.next(), fields.next().and_then(|tail| tail.split_once("?=")));
        let (Some(charset), Some(how), Some((data, tail))) = word else { break };
        // Blanks between two encoded words are not part of the text.
        if !before.trim().is_empty() || out.is_empty() {
            out.push_str(before);
        }
        let bytes = match how {
            "B" | "b" => base64(data.as_bytes()),
            _ => quoted_printable(data.as_bytes(), true),
        };
        let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        out.push_str(&encoding.decode(&bytes).0);
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn quoted_printable(bytes: &[u8], in_header: bool) -> Vec<u8> {
    let hex = |b: u8| char::from(b).to_digit(16);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
            (b'=', Some(b'\n'), _) => at += 1,
            (b'=', Some(b'\r'), Some(b'\n')) => at += 2,
            (b'=', Some(high), Some(low)) if hex(*high).is_some() && hex(*low).is_some() => {
                out.push((hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0)) as u8);
                at += 2;
            }
            (b'_', ..) if in_header => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    out
}

/// Decodes base64, passing over what does not belong to it.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let sextets: Vec<u8> = bytes.iter().take_while(|b| **b != b'=').filter_map(|b| value(*b)).collect();
    let mut out = Vec::with_capacity(sextets.len() * 3 / 4);
    for group in sextets.chunks(4) {
        let bits = group.iter().fold(0_u32, |bits, sextet| bits << 6 | u32::from(*sextet)) << (6 * (4 - group.len()));
        out.extend_from_slice(&bits.to_be_bytes()[1..group.len().max(1)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable, read, words};
    use crate::article::Content;

    #[test]
    fn transfer_encodings_are_taken_off() {
        assert_eq!(base64(b"R3L2w59l\r\n"), b"Gr\xf6\xc3\x9fe");
        assert_eq!(base64(b"YQ=="), b"a");
        assert_eq!(quoted_printable(b"a=3Db=\r\nc=zz", false), b"a=bc=zz");
        assert_eq!(words("=?utf-8?Q?Gr=C3=B6=C3=9Fe?= =?UTF-8?B?IQ==?= x"), "Größe! x");
    }

    #[test]
    fn the_html_part_of_a_mail_is_its_body() {
        let mail = b"From: \"CERT\" <cert@cert.example>\r\nSubject: =?utf-8?q?Advisory_=E2=80=93_1?=\r\n\
            Date: Wed, 23 Jul 2025 08:00:00 +0200\r\nContent-Type: multipart/alternative;\r\n boundary=\"x\"\r\n\r\n\
            --x\r\nContent-Type: text/plain\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>a=3Db</p>\r\n--x--\r\n";
        let entry = read(mail);
        assert_eq!((entry.title.as_str(), entry.author.as_deref()), ("Advisory – 1", Some("CERT")));
        assert_eq!(entry.published.map(|at| at.to_string()).as_deref(), Some("2025-07-23T06:00:00Z"));
        assert!(matches!(&entry.content, Content::Html(html) if html.trim() == "<p>a=b</p>"));
    }
}
