//! Dotted names: IPv4 addresses, domains, onion services, file names, and URLs that are written without a scheme.

use super::{
    Kind, address,
    found::Note,
    link,
    pass::Pass,
    suffix::{self, Host},
    word,
};
use crate::text::refang::shape::{self, Shape};

/// Reads a dotted name; returns the end of what was consumed.
pub(super) fn read(pass: &mut Pass<'_>, shape: Shape) -> usize {
    if shape.name.too_long {
        return shape.end;
    }
    let clean = std::mem::take(&mut pass.clean);
    let end = four(pass, &clean, shape).unwrap_or_else(|| domain(pass, &clean, shape));
    pass.clean = clean;
    end
}

/// Reads a name as an IPv4 address.
fn four(pass: &mut Pass<'_>, clean: &str, shape: Shape) -> Option<usize> {
    if shape.name.labels < 4 {
        return None;
    }
    let host = &clean[shape.clean_host.0..shape.clean_host.1];
    let whole = address::four(host);
    let sound = whole.as_ref().is_some_and(|four| four.address.is_ok());
    // `185.220.101.4 . 5 hosts`: without its last doubtful part the name may be an address.
    let shorter = shape.name.retreat.filter(|retreat| !sound && retreat.labels == 4);
    let shorter = shorter.and_then(|retreat| Some((address::four(&host[..retreat.len])?, retreat.end)));
    let (found, end) = shorter.or_else(|| Some((whole?, shape.end)))?;
    if found.skip + found.spare > 0 && !pass.text[shape.start..end].is_ascii() {
        // Invisible characters shift the letters that are glued to it.
        return None;
    }
    let span = (shape.start + found.skip, end - found.spare);
    let bytes = pass.text.as_bytes();
    match found.address {
        Err(why) => pass.keep(Kind::Ipv4, (shape.start, end), host.to_owned(), shape.defanged, Note::Rejected(why)),
        Ok(address) => {
            let lone_dot = span.0 > 0
                && bytes[span.0 - 1] == b'.'
                && (span.0 < 2
                    || bytes[span.0 - 2] != b'.'
                    || span.0 >= 3 && bytes[span.0 - 3].is_ascii_alphanumeric());
            if lone_dot && found.skip == 0 {
                pass.keep(
                    Kind::Ipv4,
                    span,
                    address::four_text(address),
                    shape.defanged,
                    Note::Rejected("a part of something longer"),
                );
                return Some(end);
            }
            return Some(after_address(pass, span, address::four_text(address), shape.defanged));
        }
    }
    Some(end)
}

/// Keeps an address, the range that it begins or the URL that it is the host of.
fn after_address(pass: &mut Pass<'_>, span: (usize, usize), value: String, defanged: bool) -> usize {
    if let Some((end, bits)) = address::prefix(pass.text, span.1, 32) {
        pass.keep(Kind::Cidr, (span.0, end), format!("{value}/{bits}"), defanged, Note::Open);
        pass.keep(Kind::Ipv4, span, value, defanged, Note::Reference("the first address of a range"));
        return end;
    }
    let end = bare_url(pass, span, &value, defanged);
    pass.keep(Kind::Ipv4, span, value, defanged, if end.1 { Note::HostOfUrl } else { Note::Open });
    end.0
}

/// Reads port and path after a host without a scheme; tells where they end and whether they make a URL.
fn bare_url(pass: &mut Pass<'_>, span: (usize, usize), value: &str, defanged: bool) -> (usize, bool) {
    let mut url = String::new();
    let bytes = pass.text.as_bytes();
    if pass.nested || !matches!(bytes.get(span.1), Some(b'/' | b':' | b'[' | b'(' | b'?')) {
        return (span.1, false);
    }
    url.push_str(value);
    let quote = span.0.checked_sub(1).map(|i| bytes[i]);
    let (end, rest) = shape::tail(pass.text, span.1, quote, &mut url);
    let path = url[value.len()..].find('/').map_or("", |slash| &url[value.len() + slash..]);
    if path.len() < 2 {
        return (if path.is_empty() { end } else { span.1 }, false);
    }
    link::inside(pass, span.1, end);
    pass.keep(Kind::Url, (span.0, end), url, defanged || rest, Note::Open);
    (end, true)
}

/// Reads a name as a domain or a file name.
fn domain(pass: &mut Pass<'_>, clean: &str, shape: Shape) -> usize {
    let whole = &clean[shape.clean_host.0..shape.clean_host.1];
    let Some((host, value, kind, end, defanged)) = best(whole, shape) else { return shape.end };
    let span = (shape.start, end);
    let next = pass.text.as_bytes().get(end).copied();
    let last = suffix::top(&value);
    match kind {
        Host::Onion => onion(pass, span, value, defanged),
        Host::Public if !defanged && is_file(&value, last, host, next) => file(pass, span, host, Note::FileLike),
        Host::Public if !defanged && suffix::reads_like_code(host, next) => {
            pass.keep(Kind::Domain, span, value, false, Note::Rejected("reads like a name in program text"));
            end
        }
        Host::Public => public(pass, span, value, defanged, Note::Open),
        Host::Documentation => public(pass, span, value, defanged, Note::Documentation),
        Host::Bare(private) => {
            let note = if private {
                Note::Reference("a suffix under which anybody can register")
            } else {
                Note::Rejected("a public suffix without a name")
            };
            pass.keep(Kind::Domain, span, value, defanged, note);
            end
        }
        _ if word::is_extension(last) => file(pass, span, host, Note::Open),
        Host::Private => {
            pass.keep(Kind::Domain, span, value, defanged, Note::Reference("a name that only a private network knows"));
            end
        }
        Host::Unknown if defanged => public(pass, span, value, true, Note::Doubtful("no registry has its last label")),
        _ => end,
    }
}

/// Chooses between the whole name and the name before its last doubtful separator.
///
/// Returns the name as written, its normal form, what it is, its end, and whether it is defanged.
fn best(whole: &str, shape: Shape) -> Option<(&str, String, Host, usize, bool)> {
    let normal = suffix::normal(whole);
    let kind = normal.as_deref().map_or(Host::Malformed, suffix::classify);
    let sure = |kind: Host| !matches!(kind, Host::Unknown | Host::Malformed | Host::Private);
    if !sure(kind)
        && let Some(retreat) = shape.name.retreat.filter(|retreat| retreat.labels > 1)
        && let Some(shorter) = suffix::normal(&whole[..retreat.len])
    {
        let other = suffix::classify(&shorter);
        if sure(other) {
            return Some((&whole[..retreat.len], shorter.into_owned(), other, retreat.end, retreat.defanged));
        }
    }
    // Most names in prose are no hosts: their normal form is not worth keeping.
    let name = normal?;
    let worthless =
        matches!(kind, Host::Unknown | Host::Malformed) && !shape.defanged && !word::is_extension(suffix::top(&name));
    (!worthless).then(|| (whole, name.into_owned(), kind, shape.end, shape.defanged))
}

fn onion(pass: &mut Pass<'_>, span: (usize, usize), value: String, defanged: bool) -> usize {
    let (end, url) = bare_url(pass, span, &value, defanged);
    pass.keep(Kind::Onion, span, value, defanged, if url { Note::HostOfUrl } else { Note::Open });
    end
}

fn public(pass: &mut Pass<'_>, span: (usize, usize), value: String, defanged: bool, note: Note) -> usize {
    if let Some(end) = image(pass, span) {
        return end;
    }
    let (end, url) = bare_url(pass, span, &value, defanged);
    pass.keep(Kind::Domain, span, value, defanged, if url && note == Note::Open { Note::HostOfUrl } else { note });
    end
}

/// Reads a container image (`ghcr.io/org/image@sha256:…`), which is no URL.
fn image(pass: &mut Pass<'_>, span: (usize, usize)) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    if bytes.get(span.1) != Some(&b'/') {
        return None;
    }
    let rest = bytes[span.1..]
        .iter()
        .take(256)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.'))
        .count();
    let end = span.1 + rest;
    bytes[end..].starts_with(b"@sha256:").then_some(())?;
    pass.keep(Kind::Package, (span.0, end), format!("oci:{}", &pass.text[span.0..end]), false, Note::Open);
    Some(end)
}

/// Returns `true` if a plain name under a real suffix is a file name all the same.
fn is_file(value: &str, last: &str, host: &str, next: Option<u8>) -> bool {
    if !word::is_shared_extension(last) || matches!(next, Some(b'/' | b':')) {
        return false;
    }
    let head = &value[..value.len() - last.len() - 1];
    let _ = host;
    match head.rsplit_once('.') {
        None => true,
        Some((_, before)) => word::is_extension(before),
    }
}

fn file(pass: &mut Pass<'_>, span: (usize, usize), host: &str, note: Note) -> usize {
    if note == Note::FileLike {
        pass.keep(Kind::Domain, span, host.to_ascii_lowercase(), false, note);
    }
    if pass.kinds.has(Kind::FileName) {
        pass.keep(Kind::FileName, span, host.to_owned(), false, Note::Open);
    }
    span.1
}
