//! Which values from articles may enter a query at all.

use std::borrow::Cow;

use crate::indicator::Kind;

/// No field of any table that is hunted holds a longer value.
const MAX_VALUE_BYTES: usize = 2_048;

/// Returns the value as it enters a query, or `None` if it does not have the form of its kind.
///
/// Case is folded where it carries no meaning (domains, addresses, hashes, e-mail); nothing else is changed.
pub(super) fn admit(kind: Kind, value: &str) -> Option<Cow<'_, str>> {
    let fits = !value.is_empty() && value.len() <= MAX_VALUE_BYTES && value.trim() == value && kind.is_valid(value);
    fits.then(|| kind.fold(value))
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
