//! The allow-list by kind: which values from articles may enter a query at all.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::{indicator::Kind, text::Safe};

/// No field of any table that is hunted holds a longer value.
const LONGEST: usize = 2_048;

/// A shorter part of a command line stands in many others.
pub(super) const SHORTEST_COMMAND: usize = 10;

/// Returns the value as it enters a query, or none where it is not what its kind says.
///
/// Case is folded where the kind does not know it (domains, addresses, hashes, e-mail); nothing else is changed.
pub(super) fn admit(kind: Kind, value: &str) -> Option<Cow<'_, str>> {
    if value.is_empty() || value.len() > LONGEST || value.trim() != value {
        return None;
    }
    let fits = match kind {
        Kind::Ipv4 => value.parse::<Ipv4Addr>().is_ok(),
        Kind::Ipv6 => value.parse::<Ipv6Addr>().is_ok(),
        Kind::Cidr => is_range(value),
        Kind::Domain | Kind::Onion => is_domain(value),
        Kind::Url => is_url(value),
        Kind::Email => is_email(value),
        Kind::Md5 => is_hex(value, 32),
        Kind::Sha1 => is_hex(value, 40),
        Kind::Sha256 => is_hex(value, 64),
        Kind::Sha512 => is_hex(value, 128),
        Kind::Cve => is_cve(value),
        Kind::Package => is_package(value),
        Kind::FileName => is_plain(value) && !value.contains(['/', '\\']),
        Kind::FilePath | Kind::RegistryKey | Kind::Mutex | Kind::NamedPipe => is_plain(value),
        Kind::CommandLine => is_plain(value) && value.len() >= SHORTEST_COMMAND,
        Kind::UserAgent => is_plain(value) && !value.contains('\\') && value.is_ascii(),
        Kind::Bitcoin | Kind::Ethereum | Kind::Monero | Kind::Asn | Kind::AttackId => {
            value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        }
        Kind::Mac => value.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'-' | b'.')),
    };
    fits.then(|| fold(kind, value))
}

fn fold(kind: Kind, value: &str) -> Cow<'_, str> {
    let upper = value.bytes().any(|b| b.is_ascii_uppercase());
    match kind {
        Kind::Ipv6
        | Kind::Domain
        | Kind::Onion
        | Kind::Email
        | Kind::Md5
        | Kind::Sha1
        | Kind::Sha256
        | Kind::Sha512
            if upper =>
        {
            value.to_ascii_lowercase().into()
        }
        Kind::Cve if value.bytes().any(|b| b.is_ascii_lowercase()) => value.to_ascii_uppercase().into(),
        _ => value.into(),
    }
}

fn is_hex(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_range(value: &str) -> bool {
    let Some((address, bits)) = value.split_once('/') else { return false };
    let digits = !bits.is_empty() && bits.len() <= 3 && bits.bytes().all(|b| b.is_ascii_digit());
    let bits: u8 = if digits { bits.parse().unwrap_or(u8::MAX) } else { u8::MAX };
    match address.parse() {
        Ok(IpAddr::V4(_)) => bits <= 32,
        Ok(IpAddr::V6(_)) => bits <= 128,
        Err(_) => false,
    }
}

fn is_domain(value: &str) -> bool {
    value.len() <= 253
        && value.contains('.')
        && value.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        })
}

/// The characters of RFC 3986, with a scheme in front.
fn is_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let scheme_fits = scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    scheme_fits
        && !rest.is_empty()
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
}

fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    (1..=64).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#%&'+/=^_{}~-".contains(&b))
        && is_domain(domain)
}

fn is_cve(value: &str) -> bool {
    let mut parts = value.split('-');
    let digits = |part: Option<&str>, least: usize| {
        part.is_some_and(|part| part.len() >= least && part.bytes().all(|b| b.is_ascii_digit()))
    };
    parts.next().is_some_and(|word| word.eq_ignore_ascii_case("cve"))
        && digits(parts.next(), 4)
        && digits(parts.next(), 4)
        && parts.next().is_none()
}

fn is_package(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_alphanumeric())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/@+!<>=, ".contains(&b))
}

/// Free text of a name or path: nothing that a terminal, a quote or a wildcard could take for its own.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| Safe::allows(c) && !matches!(c, '"' | '\'' | '`' | '*' | '?' | '$' | '\u{201c}'..='\u{201f}'))
}

#[cfg(test)]
mod tests {
    use super::admit;
    use crate::indicator::Kind;

    #[test]
    fn values_that_are_what_they_say_enter() {
        let good = [
            (Kind::Ipv4, "192.0.2.1"),
            (Kind::Ipv6, "2001:db8::1"),
            (Kind::Cidr, "198.51.100.0/24"),
            (Kind::Domain, "_dmarc.evil-host.example"),
            (Kind::Url, "https://user@evil.example:8080/a?b=c&d=%41#e"),
            (Kind::Email, "first.last+tag@evil.example"),
            (Kind::Md5, "d41d8cd98f00b204e9800998ecf8427e"),
            (Kind::Cve, "CVE-2024-1708"),
            (Kind::Package, "npm:@scope/left-pad@1.0.0"),
            (Kind::FileName, "Invoice 2024.pdf.exe"),
            (Kind::FilePath, r"C:\Users\Public\x.exe"),
            (Kind::RegistryKey, r"HKCU\Software\Evil"),
            (Kind::UserAgent, "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"),
        ];
        for (kind, value) in good {
            assert_eq!(admit(kind, value).as_deref(), Some(value), "{kind:?}");
        }
    }

    #[test]
    fn values_that_are_not_stay_out() {
        let bad = [
            (Kind::Ipv4, "300.1.1.1"),
            (Kind::Ipv4, "192.0.2.1\" OR 1=1"),
            (Kind::Cidr, "192.0.2.0/33"),
            (Kind::Domain, "evil.example\") | delete"),
            (Kind::Domain, "localhost"),
            (Kind::Url, "https://evil.example/a b"),
            (Kind::Url, "https://evil.example/\"x"),
            (Kind::Email, "a\"b@evil.example"),
            (Kind::Md5, "d41d8cd98f00b204e9800998ecf8427"),
            (Kind::FileName, "*"),
            (Kind::FileName, "\u{202e}gnp.exe"),
            (Kind::FileName, "a`b`"),
            (Kind::FilePath, "$HOME/.ssh"),
            (Kind::FilePath, ""),
            (Kind::FilePath, " lead"),
            (Kind::UserAgent, "x\ny"),
        ];
        for (kind, value) in bad {
            assert_eq!(admit(kind, value), None, "{kind:?} {value:?}");
        }
    }

    #[test]
    fn case_is_folded_where_it_carries_nothing() {
        assert_eq!(admit(Kind::Domain, "EVIL.example").unwrap(), "evil.example");
        assert_eq!(admit(Kind::Cve, "cve-2024-1708").unwrap(), "CVE-2024-1708");
        assert_eq!(admit(Kind::FileName, "Setup.EXE").unwrap(), "Setup.EXE");
    }
}
