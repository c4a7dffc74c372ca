//! Headings and labels that announce indicators, and what they say is listed below them.

use crate::article::BlockKind;

/// What a section of indicators lists, as far as its heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Anything.
    Any,
    /// Hosts, addresses, URLs.
    Network,
    /// Files and hashes.
    Files,
    /// Certificates, fingerprints and hashes that are of no file.
    Fingerprints,
}

/// The level of a line that ends in a colon, and of a bare line; headings with marks have 1 to 6.
pub(super) const LABEL: u8 = 8;
pub(super) const BARE: u8 = 7;

/// Reads a heading: its level and its words.
pub(super) fn heading(line: &str, kind: BlockKind) -> Option<(u8, &str)> {
    for mark in ['#', '='] {
        let depth = line.bytes().take_while(|b| char::from(*b) == mark).count();
        if (1..=6).contains(&depth) && line[depth..].starts_with(' ') {
            return Some((depth as u8, line[depth..].trim()));
        }
    }
    let words = line.trim_matches(['*', '_', ' ', '[', ']']);
    if kind == BlockKind::Heading {
        return Some((2, words.trim_end_matches(':')));
    }
    if let Some(label) = words.strip_suffix(':') {
        return Some((LABEL, label.trim_matches(['*', '_', ' '])));
    }
    // A line that is an indicator itself is no heading.
    let bare = words.len() <= 60 && memchr::memchr3(b'.', b'/', b'[', words.as_bytes()).is_none();
    (bare && kind != BlockKind::ListItem && kind != BlockKind::TableRow).then_some((BARE, words))
}

/// Words that headings of indicator sections are made of, and what they list.
const VOCABULARY: &[(&str, Topic)] = &[
    ("certificate", Topic::Fingerprints),
    ("certificates", Topic::Fingerprints),
    ("thumbprint", Topic::Fingerprints),
    ("thumbprints", Topic::Fingerprints),
    ("fingerprint", Topic::Fingerprints),
    ("fingerprints", Topic::Fingerprints),
    ("imphash", Topic::Fingerprints),
    ("imphashes", Topic::Fingerprints),
    ("ja3", Topic::Fingerprints),
    ("ja3s", Topic::Fingerprints),
    ("ja4", Topic::Fingerprints),
    ("jarm", Topic::Fingerprints),
    ("authentihash", Topic::Fingerprints),
    ("vhash", Topic::Fingerprints),
    ("ssdeep", Topic::Fingerprints),
    ("tlsh", Topic::Fingerprints),
    ("ioc", Topic::Any),
    ("iocs", Topic::Any),
    ("indicator", Topic::Any),
    ("indicators", Topic::Any),
    ("observables", Topic::Any),
    ("hash", Topic::Files),
    ("hashes", Topic::Files),
    ("md5", Topic::Files),
    ("sha1", Topic::Files),
    ("sha-1", Topic::Files),
    ("sha256", Topic::Files),
    ("sha-256", Topic::Files),
    ("sha512", Topic::Files),
    ("file", Topic::Files),
    ("files", Topic::Files),
    ("sample", Topic::Files),
    ("samples", Topic::Files),
    ("filename", Topic::Files),
    ("filenames", Topic::Files),
    ("binaries", Topic::Files),
    ("payloads", Topic::Files),
    ("domain", Topic::Network),
    ("domains", Topic::Network),
    ("ip", Topic::Network),
    ("ips", Topic::Network),
    ("ipv4", Topic::Network),
    ("ipv6", Topic::Network),
    ("address", Topic::Network),
    ("addresses", Topic::Network),
    ("url", Topic::Network),
    ("urls", Topic::Network),
    ("c2", Topic::Network),
    ("c2s", Topic::Network),
    ("c&c", Topic::Network),
    ("cnc", Topic::Network),
    ("c&cs", Topic::Network),
    ("network", Topic::Network),
    ("server", Topic::Network),
    ("servers", Topic::Network),
    ("hosts", Topic::Network),
    ("hostnames", Topic::Network),
    ("infrastructure", Topic::Network),
    ("email", Topic::Network),
    ("emails", Topic::Network),
    ("e-mail", Topic::Network),
    ("host-based", Topic::Files),
    ("network-based", Topic::Network),
    ("fqdn", Topic::Network),
    ("fqdns", Topic::Network),
    ("onion", Topic::Network),
    ("nameservers", Topic::Network),
    ("wallets", Topic::Any),
];
const FILLERS: &[&str] = &[
    "of",
    "ssl",
    "tls",
    "code",
    "signing",
    "code-signing",
    "compromise",
    "compromises",
    "and",
    "the",
    "for",
    "list",
    "names",
    "name",
    "malicious",
    "related",
    "known",
    "associated",
    "type",
    "types",
    "attacker",
    "command",
    "control",
    "(iocs)",
    "(ioc)",
    "observed",
    "additional",
];

/// Tells whether the words of a heading announce indicators, and which.
pub(super) fn announced(words: &str, level: u8) -> Option<Topic> {
    let (mut topic, mut strong, mut others, mut count) = (None, false, 0, 0);
    for word in words
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | ':' | '(' | ')'))
        .filter(|word| !word.is_empty())
    {
        count += 1;
        let word = word.trim_matches(['.', '-', '–', '—', '*', '_', '`', '"']);
        if word.is_empty() {
            continue;
        }
        if let Some((_, found)) = VOCABULARY.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
            topic = Some(match topic {
                _ if *found == Topic::Fingerprints => Topic::Fingerprints,
                Some(Topic::Fingerprints) => Topic::Fingerprints,
                None | Some(Topic::Any) => *found,
                Some(old) if *found == Topic::Any || old == *found => old,
                Some(_) => Topic::Any,
            });
            strong |= *found == Topic::Any;
        } else if !FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) {
            others += 1;
        }
    }
    let fits = if strong {
        count <= 12 && (level < BARE || others <= 4)
    } else {
        others == 0 || others == 1 && level != BARE && count <= 4
    };
    topic.filter(|_| fits)
}

/// Tells which columns of a table hold fingerprints, by the cells of its first row; one bit a column.
pub(super) fn fingerprint_columns(row: &str, separator: char) -> u64 {
    let says = |cell: &str| {
        cell.split(|c: char| !c.is_alphanumeric()).any(|word| {
            VOCABULARY.iter().any(|(known, topic)| *topic == Topic::Fingerprints && known.eq_ignore_ascii_case(word))
        })
    };
    row.split(separator).take(64).enumerate().filter(|(_, cell)| says(cell)).fold(0, |bits, (at, _)| bits | 1 << at)
}
