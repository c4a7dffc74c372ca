//! Addresses: IPv4 in all its written forms, IPv6, ranges, and what only looks like them.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Kind, found::Note, number, pass::Pass};
use crate::text::refang::colon::Groups;

/// An IPv4 address inside a dotted name.
pub(super) struct Four {
    /// Bytes of the first label that do not belong to it (`words192`).
    pub(super) skip: usize,
    /// Bytes of the last label that do not belong to it.
    pub(super) spare: usize,
    pub(super) address: Result<Ipv4Addr, &'static str>,
}

/// Reads a refanged name as an IPv4 address; `None` when it is none by its letters.
pub(super) fn four(clean: &str) -> Option<Four> {
    let bytes = clean.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut labels = clean.split('.');
    let (first, second, third, last) = (labels.next()?, labels.next()?, labels.next()?, labels.next()?);
    let numeric = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !numeric(second) || !numeric(third) {
        return None;
    }
    let skip = first.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let kept = last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let spare = last.len() - kept;
    if skip == first.len() || kept == 0 {
        return None;
    }
    let mut reject = None;
    if labels.next().is_some() {
        if !clean.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        reject = Some("more than four numbers: an object identifier or a section number");
    }
    let prefix = &first[..skip];
    if !prefix.is_empty() && !prefix.bytes().all(|b| b.is_ascii_alphabetic()) && !prefix.ends_with(['-', '_']) {
        return None;
    }
    if ["v", "V", "ver", "version", "rev", "r"].contains(&prefix) {
        reject = Some("a version number");
    }
    let rest = &last[kept..];
    let range = rest.starts_with('-') && rest[1..].bytes().all(|b| b.is_ascii_digit());
    if !range && !rest.bytes().all(|b| b.is_ascii_alphabetic()) {
        reject = Some("a version number: a build follows it");
    }
    let address = match reject {
        Some(why) => Err(why),
        None => octets([&first[skip..], second, third, &last[..kept]]),
    };
    Some(Four { skip, spare, address })
}

/// Reads four numbers, decimal with leading zeros or octal as `inet_aton` does.
fn octets(labels: [&str; 4]) -> Result<Ipv4Addr, &'static str> {
    const ABOVE: &str = "a number above 255: a version or another count, no address";
    let decimal = labels.iter().all(|label| label.len() <= 3);
    let mut out = [0_u8; 4];
    let mut truly_octal = false;
    for (octet, label) in out.iter_mut().zip(labels) {
        let octal = !decimal && label.len() > 1 && label.starts_with('0');
        if !octal && label.len() > 3 {
            return Err(ABOVE);
        }
        let digits = if octal { label.trim_start_matches('0') } else { label };
        let value = if digits.is_empty() { Ok(0) } else { u32::from_str_radix(digits, if octal { 8 } else { 10 }) };
        truly_octal |= octal && digits.len() > 1;
        *octet = value.ok().and_then(|value| u8::try_from(value).ok()).ok_or(ABOVE)?;
    }
    if decimal || truly_octal { Ok(Ipv4Addr::from(out)) } else { Err("padded with zeros: no address") }
}

/// Writes an IPv4 address.
pub(super) fn four_text(address: Ipv4Addr) -> String {
    let mut out = String::with_capacity(15);
    for (at, octet) in address.octets().into_iter().enumerate() {
        if at > 0 {
            out.push('.');
        }
        for (least, unit) in [(100, 100), (10, 10), (0, 1)] {
            if octet >= least {
                out.push(char::from(b'0' + octet / unit % 10));
            }
        }
    }
    out
}

/// Reads a suffix such as `/24` after an address; returns its end and the length of the prefix.
pub(super) fn prefix(text: &str, at: usize, most: u8) -> Option<(usize, u8)> {
    let bytes = text.as_bytes();
    let first = match bytes.get(at..)? {
        [b'/', ..] => at + 1,
        [b'[', b'/', b']', ..] => at + 3,
        _ => return None,
    };
    let len = bytes[first..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let end = first + len;
    if !(1..=3).contains(&len)
        || bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-'))
    {
        return None;
    }
    let value: u8 = text[first..end].parse().ok()?;
    (value <= most).then_some((end, value))
}

/// Keeps an address or hardware address read as groups between colons; returns the end of what was consumed.
///
/// What is neither (a time of day, a ratio) is consumed too, if it is long, so that nobody reads it again.
pub(super) fn groups(pass: &mut Pass<'_>, start: usize, groups: Groups) -> Option<usize> {
    let text = pass.text;
    let bytes = text.as_bytes();
    if groups.end == start || groups.count < 2 && !groups.compressed {
        return None;
    }
    let glued = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let free = !glued(start.checked_sub(1).and_then(|i| bytes.get(i)))
        && !glued(bytes.get(groups.end))
        && !is_colon(bytes, groups.end);
    if free && groups.pairs && groups.count == 6 {
        number::mac(pass, start, groups.end);
        return Some(groups.end);
    }
    let likely = groups.compressed || groups.count >= 8 || groups.defanged || pass.clean.contains('.');
    if free
        && likely
        && pass.clean.bytes().any(|b| b.is_ascii_digit())
        && let Ok(address) = pass.clean.parse::<Ipv6Addr>()
    {
        return Some(six(pass, (start, groups.end), address, groups.defanged));
    }
    (groups.count > 2 || groups.end - start > 16).then_some(groups.end)
}

fn is_colon(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b':') && bytes.get(at + 1).is_some_and(u8::is_ascii_hexdigit)
}

fn six(pass: &mut Pass<'_>, span: (usize, usize), address: Ipv6Addr, defanged: bool) -> usize {
    let value = six_text(address);
    if let Some((end, bits)) = prefix(pass.text, span.1, 128) {
        pass.keep(Kind::Cidr, (span.0, end), format!("{value}/{bits}"), defanged, Note::Open);
        pass.keep(Kind::Ipv6, span, value, defanged, Note::Reference("the first address of a range"));
        return end;
    }
    pass.keep(Kind::Ipv6, span, value, defanged, Note::Open);
    span.1
}

/// Writes an IPv6 address as RFC 5952 does, a mapped one with its dotted tail.
pub(super) fn six_text(address: Ipv6Addr) -> String {
    address.to_string()
}
