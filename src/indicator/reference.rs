//! Reference lists: names and addresses that articles mention and nobody should hunt for.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

use crate::text::FnvMap;

/// A list of names that mean the same.
#[derive(Debug)]
pub(super) struct List {
    /// Why its names are references.
    pub(super) reason: &'static str,
    /// Whether the names below its names are references too.
    subdomains: bool,
    /// Whether anybody can put things at a path of its hosts: then a URL with a path is no reference.
    pub(super) anyones: bool,
}

const SOURCES: &[&str] = &[
    include_str!("../../assets/benign/top-sites.txt"),
    include_str!("../../assets/benign/software.txt"),
    include_str!("../../assets/benign/vendors.txt"),
    include_str!("../../assets/benign/news.txt"),
    include_str!("../../assets/benign/standards.txt"),
    include_str!("../../assets/benign/lookups.txt"),
    include_str!("../../assets/benign/resolvers.txt"),
    include_str!("../../assets/benign/files.txt"),
    include_str!("../../assets/benign/webmail.txt"),
    include_str!("../../assets/benign/cloud.txt"),
    include_str!("../../assets/benign/shorteners.txt"),
    include_str!("../../assets/benign/google.txt"),
    include_str!("../../assets/benign/hosting.txt"),
];

struct Lists {
    lists: Vec<List>,
    /// Which list a name is on; later lists win, for they are the more careful ones.
    names: FnvMap<&'static str, usize>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists { lists: Vec::new(), names: FnvMap::default() };
    for source in SOURCES {
        let index = lists.lists.len();
        lists.lists.push(head(source));
        for name in names(source) {
            lists.names.insert(name, index);
        }
    }
    lists
});

/// Reads the lines at the top of a list, each `# key: value`.
fn head(source: &'static str) -> List {
    let value = |key: &str| {
        source
            .lines()
            .find_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "))
            .unwrap_or_default()
            .trim()
    };
    List { reason: value("reason"), subdomains: value("subdomains") == "yes", anyones: value("paths") == "anyones" }
}

fn names(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Finds the list that an address, or a name in lower case, is on itself.
pub(super) fn list_of_exactly(name: &str) -> Option<&'static List> {
    LISTS.names.get(name).and_then(|index| LISTS.lists.get(*index))
}

/// Finds the list that a name in lower case is on, itself or through a name above it.
pub(super) fn list_of(name: &str) -> Option<&'static List> {
    let lists = &*LISTS;
    if let Some(index) = lists.names.get(name) {
        return lists.lists.get(*index);
    }
    let mut rest = name;
    while let Some(dot) = memchr::memchr(b'.', rest.as_bytes()) {
        let above = &rest[dot + 1..];
        if let Some(list) = lists.names.get(above).and_then(|index| lists.lists.get(*index)) {
            return list.subdomains.then_some(list);
        }
        rest = above;
    }
    None
}

/// Why an IPv4 address cannot be an indicator, if its range says so; `true` when the range is kept for documentation.
pub(super) fn reserved_four(address: Ipv4Addr) -> Option<(&'static str, bool)> {
    let [a, b, ..] = address.octets();
    let why = match (a, b) {
        _ if address.is_loopback() => "this machine",
        _ if address.is_private() => "a private address",
        _ if address.is_link_local() => "a link-local address",
        _ if address.is_documentation() => return Some(("an address kept for documentation", true)),
        (0, _) => "an address of no host",
        (100, 64..=127) => "an address shared behind a carrier's NAT",
        (198, 18 | 19) => "an address kept for benchmarks",
        (224..=239, _) => "a multicast address",
        (255, 255) if address.is_broadcast() => "the broadcast address",
        (240..=255, _) => "a network mask or a reserved address",
        _ => return None,
    };
    Some((why, false))
}

/// Why an IPv6 address cannot be an indicator, if its range says so; `true` when the range is kept for documentation.
pub(super) fn reserved_six(address: Ipv6Addr) -> Option<(&'static str, bool)> {
    let first = address.segments()[0];
    let why = match first {
        _ if address.is_loopback() => "this machine",
        _ if address.is_unspecified() => "an address of no host",
        0x2001 if address.segments()[1] == 0xdb8 => return Some(("an address kept for documentation", true)),
        0xfe80..=0xfebf => "a link-local address",
        0xfc00..=0xfdff => "a private address",
        0xff00.. => "a multicast address",
        _ => return address.to_ipv4_mapped().and_then(reserved_four),
    };
    Some((why, false))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{SOURCES, head, list_of, names};

    #[test]
    fn every_list_says_why_and_names_nothing_twice() {
        for source in SOURCES {
            assert!(!head(source).reason.is_empty(), "a list has no reason");
            let mut seen = HashSet::new();
            for name in names(source) {
                assert!(seen.insert(name), "{name} stands twice");
                assert_eq!(name, name.to_lowercase(), "{name} is not in lower case");
            }
        }
    }

    #[test]
    fn a_vendor_s_subdomain_is_a_reference_and_a_tenant_s_is_not() {
        assert!(list_of("blog.talosintelligence.com").is_some());
        assert!(list_of("github.io").is_some());
        assert!(list_of("somebody.github.io").is_none());
        assert!(list_of("evil.example").is_none());
    }
}
