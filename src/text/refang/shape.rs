//! Network shapes: dotted names, e-mail addresses and URLs, read around any byte that can give one away.

use super::{
    at::{self, At},
    colon, dot, label,
    name::{self, Dots, Name},
    path, scheme,
};

/// What a shape is, as far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A dotted name: a domain, an address, a file name, a version.
    Name,
    /// An e-mail address.
    Email,
    /// A URL with a scheme.
    Url,
}

/// A shape that was read; its refanged text stands in the caller's buffer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// What it is.
    pub(crate) form: Form,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Whether any part was written to make it harmless.
    pub(crate) defanged: bool,
    /// The host in the text.
    pub(crate) host: (usize, usize),
    /// The host in the buffer.
    pub(crate) clean_host: (usize, usize),
    /// How the host was written.
    pub(crate) name: Name,
    /// Whether only a plain sign between spaces makes an address of it.
    pub(crate) spaced: bool,
}

/// Reads the shape around a byte that can give one away, no further left than `floor`.
pub(crate) fn around(text: &str, at: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'.' => {
            let next = *bytes.get(at + 1)?;
            if matches!(next, b' ' | b'\n' | b'\r' | b'\t') {
                return None;
            }
            dotted(text, label_before(text, at, floor)?, floor, out)
        }
        b'@' => mailed(text, at, floor, out),
        b':' | b'/' => schemed(text, at, floor, out),
        b'_' => scheme::is_underscored(bytes, at).then(|| schemed(text, at, floor, out))?,
        b'[' | b'(' | b'{' | b'<' => opened(text, at, floor, out),
        b']' | b')' | b'}' => {
            let glued = at > floor
                && bytes[at - 1].is_ascii_alphabetic()
                && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
            glued.then(|| dotted(text, label_before(text, at, floor)?, floor, out))?
        }
        b'd' | b'D' => worded(text, at, floor, out),
        b',' => {
            let near = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
            (at > floor && near(at - 1) && near(at + 1))
                .then(|| dotted(text, label_before(text, at, floor)?, floor, out))?
        }
        0x80.. => dot::wide_dot(&bytes[at..]).then(|| dotted(text, label_before(text, at, floor)?, floor, out))?,
        b'0'..=b'9' => dotted(text, label::backward(text, at + 1, floor), floor, out),
        _ => dotted(text, label_before(text, at, floor)?, floor, out),
    }
}

/// Finds the label before a separator, over spaces and brackets that belong to it.
pub(crate) fn label_before(text: &str, at: usize, floor: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    while end > floor
        && at - end < 4
        && matches!(bytes[end - 1], b' ' | b'\t' | b'[' | b']' | b'(' | b')' | b'{' | b'}')
    {
        end -= 1;
    }
    let start = label::backward(text, end, floor);
    (start < end).then_some(start)
}

/// Reads what an opening bracket begins: a colon, an at sign or a dot.
fn opened(text: &str, at: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    match bytes.get(at + 1)? {
        b':' => schemed(text, at, floor, out),
        b'@' | b'a' | b'A' | b'e' | b'E' => mailed(text, at, floor, out),
        b' ' => mailed(text, at, floor, out).or_else(|| dotted(text, label_before(text, at, floor)?, floor, out)),
        b'.' | b',' | b'd' | b'D' | b'p' | b'P' | b'[' | b'(' | b'{' | b']' | 0x80.. => {
            dotted(text, label_before(text, at, floor)?, floor, out)
        }
        _ => None,
    }
}

/// Reads a name whose dots are words, from the first of them.
fn worded(text: &str, at: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    if !dot::starts_with_ignoring_case(bytes, at, b"dot") || at == floor {
        return None;
    }
    match bytes[at - 1] {
        b' ' | b'\t' => {
            let label = label_before(text, at, floor)?;
            if bytes[at] == b'D' {
                return dotted(text, label, floor, out);
            }
            // A word in lower case is running text unless the name before it is a user's.
            let from = out.len();
            let name = name::read(text, label, true, out);
            let found = at::backward(text, label, floor, true).filter(|_| name.dots == Dots::Words);
            out.truncate(from);
            email(text, label, found?, floor, out)
        }
        b'/' => {
            let label = label::backward(text, at - 1, floor);
            email(text, label, at::backward(text, label, floor, true)?, floor, out)
        }
        _ => label::is_glued_dot(bytes, at).then(|| dotted(text, label::backward(text, at, floor), floor, out))?,
    }
}

/// Reads a dotted name from its first label on, and the e-mail address that it may be part of.
pub(crate) fn dotted(text: &str, start: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    let from = out.len();
    let name = name::read(text, start, false, out);
    if let Some(found) = at_after(text, name.end) {
        // The user part may be longer than the label on either side.
        let user = (from, out.len());
        if let Some(shape) = addressed(text, start, name, user, found, floor, out) {
            return Some(shape);
        }
    }
    if let Some(found) = at::backward(text, start, floor, name.dots == Dots::Words) {
        let kept = out.len();
        if let Some(shape) = email(text, start, found, floor, out) {
            out.drain(from..kept);
            return Some(Shape {
                clean_host: (shape.clean_host.0 - (kept - from), shape.clean_host.1 - (kept - from)),
                ..shape
            });
        }
        out.truncate(kept);
    }
    let listed = |at: Option<usize>| at.is_some_and(|at| matches!(bytes.get(at), Some(b',' | b'{' | b'}')));
    let counting = name.dots == Dots::Commas && (name.labels != 4 || listed(start.checked_sub(1)));
    if name.labels < 2 || counting {
        out.truncate(from);
        return None;
    }
    let opened = start > floor
        && matches!(bytes[start - 1], b'[' | b'(')
        && out[from..].find('.').is_some_and(|dot| matches!(bytes.get(start + dot), Some(b']' | b')')));
    let start = start - usize::from(opened);
    let clean_host = (from, out.len());
    Some(Shape {
        form: Form::Name,
        start,
        end: name.end,
        defanged: name.defanged,
        host: (start, name.end),
        clean_host,
        name,
        spaced: false,
    })
}

/// Finds an at sign after a name, over the rest of the user part.
fn at_after(text: &str, end: usize) -> Option<At> {
    let bytes = text.as_bytes();
    let mut at = end;
    while at < end + 64 && bytes.get(at).is_some_and(|byte| at::is_user(*byte)) {
        at += 1;
    }
    match bytes.get(at)? {
        b'@' | b'[' | b'(' | b'{' | b'<' | b' ' => at::forward(text, at),
        _ => None,
    }
}

/// Turns a name that an at sign follows into an e-mail address.
fn addressed(
    text: &str,
    start: usize,
    user: Name,
    clean: (usize, usize),
    found: At,
    floor: usize,
    out: &mut String,
) -> Option<Shape> {
    let left = at::user_start(text, start, floor);
    let first = at::user_start(text, start + usize::from(left == start), left).min(start);
    let before = out.len();
    out.push_str(&text[user.end..found.user_end]);
    out.push('@');
    let host_from = out.len();
    let host = name::read(text, found.host, true, out);
    if !fits(found, &host) {
        out.truncate(before);
        return None;
    }
    let left_part = &text[first..start];
    out.insert_str(clean.0, left_part);
    Some(Shape {
        form: Form::Email,
        start: first,
        end: host.end,
        defanged: user.defanged || found.defanged || host.defanged,
        host: (found.host, host.end),
        clean_host: (host_from + left_part.len(), out.len()),
        name: host,
        spaced: found.spaced,
    })
}

fn fits(found: At, host: &Name) -> bool {
    host.labels >= 2 && !(found.spaced && found.left_only && !host.defanged)
}

/// Reads an e-mail address from its at sign.
pub(crate) fn mailed(text: &str, at: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    let mut end = at;
    while end > floor && at - end < 4 && matches!(bytes[end - 1], b' ' | b'\t') {
        end -= 1;
    }
    let found = at::forward(text, end)?;
    email(text, found.host, found, floor, out)
}

/// Reads an e-mail address whose at sign and host are known.
fn email(text: &str, _host: usize, found: At, floor: usize, out: &mut String) -> Option<Shape> {
    let from = out.len();
    let user = at::user_start(text, found.user_end, floor);
    if user == found.user_end {
        return None;
    }
    out.push_str(&text[user..found.user_end]);
    out.push('@');
    let host_from = out.len();
    let host = name::read(text, found.host, true, out);
    if !fits(found, &host) {
        out.truncate(from);
        return None;
    }
    Some(Shape {
        form: Form::Email,
        start: user,
        end: host.end,
        defanged: found.defanged || host.defanged,
        host: (found.host, host.end),
        clean_host: (host_from, out.len()),
        name: host,
        spaced: found.spaced,
    })
}

/// Reads a URL around its colon or slashes.
pub(crate) fn schemed(text: &str, at: usize, floor: usize, out: &mut String) -> Option<Shape> {
    let bytes = text.as_bytes();
    let from = out.len();
    let scheme = scheme::around(text, at, floor)?;
    out.push_str(scheme.name);
    out.push_str("://");
    let mut host_start = user_info(bytes, scheme.end);
    out.push_str(&text[scheme.end..host_start]);
    let mut clean = out.len();
    let literal = literal(text, host_start, out);
    let name = match literal {
        Some(name) => {
            host_start += 1;
            clean += 1;
            name
        }
        None => name::read(text, host_start, false, out),
    };
    if name.end == host_start {
        out.truncate(from);
        return None;
    }
    let clean_host = (clean, out.len() - usize::from(literal.is_some()));
    let host_end = name.end + usize::from(literal.is_some());
    let (end, rest_defanged) = tail(text, host_end, scheme.start.checked_sub(1).map(|i| bytes[i]), out);
    Some(Shape {
        form: Form::Url,
        start: scheme.start,
        end,
        defanged: scheme.defanged || name.defanged || rest_defanged,
        host: (host_start, name.end),
        clean_host,
        name,
        spaced: false,
    })
}

/// Reads an IPv6 literal between square brackets as the host of a URL; the name covers what stands between them.
fn literal(text: &str, at: usize, out: &mut String) -> Option<Name> {
    let bytes = text.as_bytes();
    let first = bytes.get(at + 1)?;
    if bytes[at] != b'[' || !(first.is_ascii_hexdigit() || *first == b':') {
        return None;
    }
    let from = out.len();
    out.push('[');
    let groups = colon::read(text, at + 1, out);
    if bytes.get(groups.end) != Some(&b']') {
        out.truncate(from);
        return None;
    }
    out.push(']');
    let defanged = groups.defanged;
    Some(Name { end: groups.end, labels: 1, defanged, dots: Dots::Plain, too_long: false, retreat: None })
}

/// Finds where the host starts, after a user and password if there are any.
fn user_info(bytes: &[u8], start: usize) -> usize {
    let window = &bytes[start..bytes.len().min(start + 256)];
    let end = window
        .iter()
        .position(|b| {
            matches!(b, b'/' | b'?' | b'#' | b'\\' | b'"' | b'\'' | b'<' | b'>' | b',' | b'`' | b'|')
                || b.is_ascii_whitespace()
        })
        .unwrap_or(window.len());
    let Some(sign) = window[..end].iter().rposition(|b| *b == b'@') else { return start };
    let next = start + sign + 1;
    if matches!(bytes.get(next), Some(b']')) { next + 1 } else { next }
}

/// Reads port and path after a host and appends them; returns the end and whether any of it was defanged.
pub(crate) fn tail(text: &str, host_end: usize, quote: Option<u8>, out: &mut String) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut end, mut defanged) = (host_end, false);
    if let Some(colon) = colon::colon(bytes, host_end) {
        let digits = bytes[colon.end..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
        if (1..=5).contains(&digits) {
            end = colon.end + digits;
            defanged = colon.defanged;
            out.push(':');
            out.push_str(&text[colon.end..end]);
        }
    }
    let rest = bytes.get(end..).unwrap_or_default();
    let path = matches!(rest, [b'/' | b'?' | b'#', ..] | [b'[', b'/', b']', ..] | [b'\\', b'/', ..]);
    if path {
        let (path_end, path_defanged) = path::read(text, end, quote, out);
        return (path_end.max(end), defanged || path_defanged);
    }
    (end, defanged)
}
