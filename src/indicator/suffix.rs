//! What a host name is, by its suffix and its letters.

use std::borrow::Cow;

use super::{lexicon::Lexicon, word};
use crate::text::refang::{label, name};

/// What a host name turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// A name under a public suffix.
    Public,
    /// A public suffix itself; `true` when people register names under a company's suffix (`github.io`).
    Bare(bool),
    /// An onion service of the right length.
    Onion,
    /// A name that is kept for examples.
    Documentation,
    /// A name that only a private network knows.
    Private,
    /// A name whose last label no registry has.
    Unknown,
    /// No host name by its letters.
    Malformed,
}

/// Roots beside the public one: Namecoin, Emercoin, `OpenNIC`, I2P, ENS and what malware of 2020 and later used.
static OTHER_ROOTS: Lexicon<64> = Lexicon::of(&[
    "bit", "i2p", "bazar", "coin", "emc", "lib", "eth", "libre", "geek", "pirate", "oss", "dyn", "fur", "indy",
]);
static DOCUMENTATION: Lexicon<16> = Lexicon::of(&["example", "test", "invalid", "localhost"]);
static PRIVATE: Lexicon<32> = Lexicon::of(&[
    "local",
    "lan",
    "internal",
    "localdomain",
    "intranet",
    "corp",
    "home",
    "private",
    "domain",
    "workgroup",
]);

/// Returns a host name in lower case, its international labels in punycode.
pub(super) fn normal(clean: &str) -> Option<Cow<'_, str>> {
    if clean.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Some(Cow::Borrowed(clean));
    }
    if clean.is_ascii() {
        return Some(Cow::Owned(clean.to_ascii_lowercase()));
    }
    idna::domain_to_ascii(clean).ok().map(Cow::Owned)
}

/// Tells what a normalised host name is.
pub(super) fn classify(host: &str) -> Host {
    if host.len() > name::MAX_NAME_BYTES {
        return Host::Malformed;
    }
    let Some(last) = top_of_well_formed(host) else { return Host::Malformed };
    if last == "onion" {
        return if is_onion(host) { Host::Onion } else { Host::Malformed };
    }
    if DOCUMENTATION.has(last) || is_documentation(host, last) {
        return Host::Documentation;
    }
    let Some(suffix) = psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known) else {
        return if OTHER_ROOTS.has(last) {
            Host::Public
        } else if PRIVATE.has(last) {
            Host::Private
        } else {
            Host::Unknown
        };
    };
    if suffix.as_bytes().len() >= host.len() {
        return Host::Bare(suffix.typ() == Some(psl::Type::Private));
    }
    let registrable = top(&host[..host.len() - suffix.as_bytes().len() - 1]);
    if registrable.starts_with('_')
        || registrable.ends_with('_')
        || registrable.contains('_') && suffix.typ() != Some(psl::Type::Private)
    {
        return Host::Malformed;
    }
    Host::Public
}

/// Returns `true` if a name is one of the names that IANA keeps for examples (RFC 2606).
fn is_documentation(host: &str, last: &str) -> bool {
    matches!(last, "com" | "net" | "org") && top(&host[..host.len() - last.len() - 1]) == "example"
}

/// Returns the registrable part of a host name (`evil.co.uk` of `www.evil.co.uk`).
pub(super) fn registrable(host: &str) -> &str {
    psl::domain(host.as_bytes()).map_or(host, |domain| &host[host.len() - domain.as_bytes().len()..])
}

/// Returns the last label of a host name.
pub(super) fn top(host: &str) -> &str {
    // A loop by hand: last labels are short.
    let bytes = host.as_bytes();
    let mut start = bytes.len();
    while start > 0 && bytes[start - 1] != b'.' {
        start -= 1;
    }
    &host[start..]
}

/// Returns the last label of a host name whose labels are all as they should be.
fn top_of_well_formed(host: &str) -> Option<&str> {
    let bytes = host.as_bytes();
    let (mut label, mut fine) = (0, true);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'.' {
            fine &= is_label(&bytes[label..at]);
            label = at + 1;
        }
    }
    let top = &bytes[label..];
    let registered = top.len() > 1 && top.iter().all(u8::is_ascii_lowercase) || top.starts_with(b"xn--");
    (fine && label > 0 && registered && is_label(top)).then(|| &host[label..])
}

fn is_label(label: &[u8]) -> bool {
    label.len() <= label::MAX_LABEL_BYTES && label.first().is_some_and(|b| *b != b'-') && label.last() != Some(&b'-')
}

fn is_onion(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    labels.next();
    labels.next().is_some_and(|key| {
        matches!(key.len(), 16 | 56) && key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'2'..=b'7'))
    })
}

/// Returns `true` if a plain two-part name reads like a piece of program text and not like a domain.
///
/// `written` is the name as the article writes it, `after` the byte behind it.
pub(super) fn reads_like_code(written: &str, after: Option<u8>) -> bool {
    let Some((head, top)) = written.rsplit_once('.') else { return false };
    if matches!(after, Some(b'(' | b'=')) && word::is_word_top(top) {
        return true;
    }
    let common = ["com", "net", "org", "info", "biz"].iter().any(|t| top.eq_ignore_ascii_case(t));
    let upper = |s: &str| s.bytes().any(|b| b.is_ascii_uppercase());
    let lower = |s: &str| s.bytes().any(|b| b.is_ascii_lowercase());
    // `Asp.Net`, `SET.NAME`, `proposal.ID`: in a domain the last label is written like the rest.
    let odd = upper(top) && (lower(top) || lower(head));
    if odd
        && !(common && top.bytes().all(|b| b.is_ascii_uppercase()) && !lower(head))
        && !(common && top.starts_with(char::is_uppercase) && head.contains('.'))
    {
        return true;
    }
    if !common && upper(top) && !head.contains('.') {
        return true;
    }
    let camel = head.bytes().zip(head.bytes().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    if word::is_word_top(top) && (camel || head.starts_with(char::is_uppercase)) && !head.contains('.') {
        return true;
    }
    let first = head.split('.').next().unwrap_or_default();
    let last = head.rsplit('.').next().unwrap_or_default();
    word::is_word_top(top) && (word::is_program_word(first) || word::is_program_word(last))
}
