//! URLs with a scheme, their hosts, and what stands in their paths.

use std::net::Ipv6Addr;

use super::{
    Kind, Kinds, address,
    found::Note,
    pass::Pass,
    scan,
    suffix::{self, Host},
};
use crate::text::refang::shape::Shape;

/// Reads a URL; returns the end of what was consumed.
pub(super) fn read(pass: &mut Pass<'_>, shape: Shape) -> usize {
    let clean = std::mem::take(&mut pass.clean);
    let written = &clean[shape.clean_host.0..shape.clean_host.1];
    if let Some((value, kind, note)) = host(written, shape.defanged) {
        let mut url = String::with_capacity(clean.len() + 8);
        url.push_str(&clean[..shape.clean_host.0]);
        // An IPv6 host stays as it is written: that is what a log of the request holds.
        url.push_str(if kind == Some(Kind::Ipv6) { written } else { &value });
        url.push_str(&clean[shape.clean_host.1..]);
        inside(pass, shape.host.1, shape.end);
        pass.keep(Kind::Url, (shape.start, shape.end), url, shape.defanged, note);
        if let Some(kind) = kind {
            let host_note = if note == Note::Open { Note::HostOfUrl } else { note };
            pass.keep(kind, shape.host, value, shape.defanged, host_note);
        }
    }
    pass.clean = clean;
    shape.end
}

/// Reads the host of a URL: its normal form, its kind if it has one, and what is known of it.
fn host(written: &str, defanged: bool) -> Option<(String, Option<Kind>, Note)> {
    if written.contains(':') {
        let address = written.parse::<Ipv6Addr>().ok()?;
        return Some((address::six_text(address), Some(Kind::Ipv6), Note::Open));
    }
    if written.ends_with(|c: char| c.is_ascii_digit())
        && let Some(four) = address::four(written).filter(|four| four.skip == 0 && four.spare == 0)
        && let Ok(address) = four.address
    {
        let padded = written.split('.').any(|label| label.len() > 3);
        let value = if padded { written.to_owned() } else { address::four_text(address) };
        return Some((value, (!padded).then_some(Kind::Ipv4), Note::Open));
    }
    if is_numeric(written) {
        return Some((written.to_ascii_lowercase(), None, Note::Doubtful("an address in a form that hides it")));
    }
    let value = suffix::normal(written)?.into_owned();
    let note = match suffix::classify(&value) {
        Host::Public | Host::Bare(true) => Note::Open,
        Host::Onion => return Some((value, Some(Kind::Onion), Note::Open)),
        Host::Documentation => Note::Documentation,
        Host::Private => Note::Reference("a name that only a private network knows"),
        Host::Malformed if value == "localhost" => Note::Reference("this machine"),
        Host::Unknown if defanged => Note::Doubtful("no registry has the last label of its host"),
        _ => Note::Rejected("no registry has the last label of its host"),
    };
    let kind = matches!(note, Note::Open | Note::Documentation | Note::Doubtful(_)).then_some(Kind::Domain);
    Some((value, kind, note))
}

/// Returns `true` if a host is one to four numbers, decimal, octal or hexadecimal, as browsers read them.
fn is_numeric(host: &str) -> bool {
    host.starts_with(|c: char| c.is_ascii_digit())
        && host.split('.').count() <= 4
        && host.split('.').all(|label| {
            let hex = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
            !label.is_empty()
                && hex.map_or_else(
                    || label.bytes().all(|b| b.is_ascii_digit()),
                    |hex| hex.bytes().all(|b| b.is_ascii_hexdigit()),
                )
        })
}

/// Reads hashes, addresses and CVE numbers in a path: a link to a sample names it.
///
/// The path is scanned by itself, so this is the one reader that calls the dispatcher.
pub(super) fn inside(pass: &mut Pass<'_>, start: usize, end: usize) {
    const WANTED: Kinds = Kinds::of(&[Kind::Md5, Kind::Sha1, Kind::Sha256, Kind::Sha512, Kind::Ipv4, Kind::Cve]);
    let Some(path) = pass.text.get(start..end) else { return };
    // A hash has 32 digits, an address three dots, a CVE number its letters: most paths have none of them.
    let bytes = path.as_bytes();
    let worth = bytes.len() >= 32
        || memchr::memchr_iter(b'.', bytes).count() >= 3
        || memchr::memchr2(b'v', b'V', bytes).is_some();
    if bytes.len() < 8 || !worth || !bytes.iter().any(u8::is_ascii_digit) {
        return;
    }
    for mut found in scan::numbers(path) {
        if WANTED.has(found.kind) && !matches!(found.note, Note::Rejected(_)) {
            found.note = Note::InUrl;
            let span = (found.span.start + start, found.span.end + start);
            pass.keep(found.kind, span, found.value, found.defanged, found.note);
        }
    }
}
