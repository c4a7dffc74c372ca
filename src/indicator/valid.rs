//! The form of a refanged value of each kind: what a hunt may look for.
//!
//! A value that has it can be put into a query's literal, whatever an article wrote around it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::text::Safe;

/// A shorter part of a command line stands in many others.
const MIN_COMMAND_BYTES: usize = 10;

pub(super) fn ipv4(value: &str) -> bool {
    value.parse::<Ipv4Addr>().is_ok()
}

pub(super) fn ipv6(value: &str) -> bool {
    value.parse::<Ipv6Addr>().is_ok()
}

pub(super) fn file_name(value: &str) -> bool {
    plain(value) && !value.contains(['/', '\\'])
}

pub(super) fn command_line(value: &str) -> bool {
    plain(value) && value.len() >= MIN_COMMAND_BYTES
}

pub(super) fn user_agent(value: &str) -> bool {
    plain(value) && !value.contains('\\') && value.is_ascii()
}

/// One word of letters and digits: the address of a wallet, a number with a prefix.
pub(super) fn word(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
}

pub(super) fn mac(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'-' | b'.'))
}

pub(super) fn hex<const DIGITS: usize>(value: &str) -> bool {
    value.len() == DIGITS && value.bytes().all(|b| b.is_ascii_hexdigit())
}

pub(super) fn range(value: &str) -> bool {
    let Some((address, bits)) = value.split_once('/') else { return false };
    let digits = !bits.is_empty() && bits.len() <= 3 && bits.bytes().all(|b| b.is_ascii_digit());
    let bits: u8 = if digits { bits.parse().unwrap_or(u8::MAX) } else { u8::MAX };
    match address.parse() {
        Ok(IpAddr::V4(_)) => bits <= 32,
        Ok(IpAddr::V6(_)) => bits <= 128,
        Err(_) => false,
    }
}

pub(super) fn domain(value: &str) -> bool {
    value.len() <= 253
        && value.contains('.')
        && value.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        })
}

/// The characters of RFC 3986, with a scheme in front.
pub(super) fn url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let scheme_fits = scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    scheme_fits
        && !rest.is_empty()
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
}

pub(super) fn email(value: &str) -> bool {
    let Some((local, host)) = value.rsplit_once('@') else { return false };
    (1..=64).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#%&'+/=^_{}~-".contains(&b))
        && domain(host)
}

pub(super) fn cve(value: &str) -> bool {
    let mut parts = value.split('-');
    let digits = |part: Option<&str>, least: usize| {
        part.is_some_and(|part| part.len() >= least && part.bytes().all(|b| b.is_ascii_digit()))
    };
    parts.next().is_some_and(|word| word.eq_ignore_ascii_case("cve"))
        && digits(parts.next(), 4)
        && digits(parts.next(), 4)
        && parts.next().is_none()
}

pub(super) fn package(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_alphanumeric())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/@+!<>=, ".contains(&b))
}

/// Free text of a name or path: nothing that a terminal, a quote or a wildcard could take for its own.
pub(super) fn plain(value: &str) -> bool {
    value.chars().all(|c| Safe::allows(c) && !matches!(c, '"' | '\'' | '`' | '*' | '?' | '$' | '\u{201c}'..='\u{201f}'))
}
