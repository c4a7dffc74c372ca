//! What the words of a heading say is listed below it.

use super::lexicon::Lexicon;
use crate::reading::Heading;

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

/// Words of headings above certificates and hashes that are of no file.
static FINGERPRINTS: Lexicon<128> = Lexicon::of(&[
    "certificate",
    "certificates",
    "thumbprint",
    "thumbprints",
    "fingerprint",
    "fingerprints",
    "imphash",
    "imphashes",
    "ja3",
    "ja3s",
    "ja4",
    "jarm",
    "authentihash",
    "vhash",
    "ssdeep",
    "tlsh",
]);
/// Words of headings above indicators of any kind.
static ANYTHING: Lexicon<128> = Lexicon::of(&["ioc", "iocs", "indicator", "indicators", "observables", "wallets"]);
/// Words of headings above files and their hashes.
static FILES: Lexicon<128> = Lexicon::of(&[
    "hash",
    "hashes",
    "md5",
    "sha1",
    "sha-1",
    "sha256",
    "sha-256",
    "sha512",
    "file",
    "files",
    "sample",
    "samples",
    "filename",
    "filenames",
    "binaries",
    "payloads",
    "host-based",
]);
/// Words of headings above hosts, addresses and URLs.
static NETWORK: Lexicon<128> = Lexicon::of(&[
    "domain",
    "domains",
    "ip",
    "ips",
    "ipv4",
    "ipv6",
    "address",
    "addresses",
    "url",
    "urls",
    "c2",
    "c2s",
    "c&c",
    "cnc",
    "c&cs",
    "network",
    "server",
    "servers",
    "hosts",
    "hostnames",
    "infrastructure",
    "email",
    "emails",
    "e-mail",
    "network-based",
    "fqdn",
    "fqdns",
    "onion",
    "nameservers",
]);
/// Words between them that say nothing.
static FILLERS: Lexicon<64> = Lexicon::of(&[
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
]);

/// Tells what a word of a heading says is listed below.
fn topic_of(word: &str) -> Option<Topic> {
    let topics = [
        (&ANYTHING, Topic::Any),
        (&FILES, Topic::Files),
        (&NETWORK, Topic::Network),
        (&FINGERPRINTS, Topic::Fingerprints),
    ];
    topics.into_iter().find(|(words, _)| words.has(word)).map(|(_, topic)| topic)
}

/// Returns what a heading announces, if it announces indicators.
pub(super) fn announced(Heading { level, words }: Heading<'_>) -> Option<Topic> {
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
        if let Some(found) = topic_of(word) {
            topic = Some(match topic {
                _ if found == Topic::Fingerprints => Topic::Fingerprints,
                Some(Topic::Fingerprints) => Topic::Fingerprints,
                None | Some(Topic::Any) => found,
                Some(old) if found == Topic::Any || old == found => old,
                Some(_) => Topic::Any,
            });
            strong |= found == Topic::Any;
        } else if !FILLERS.has(word) {
            others += 1;
        }
    }
    let fits = if strong {
        count <= 12 && (level < Heading::BARE || others <= 4)
    } else {
        others == 0 || others == 1 && level != Heading::BARE && count <= 4
    };
    topic.filter(|_| fits)
}

/// Tells which columns of a table hold fingerprints, by the cells of its first row; one bit a column.
pub(super) fn fingerprint_columns(row: &str, separator: char) -> u64 {
    let says = |cell: &str| cell.split(|c: char| !c.is_alphanumeric()).any(|word| FINGERPRINTS.has(word));
    row.split(separator).take(64).enumerate().filter(|(_, cell)| says(cell)).fold(0, |bits, (at, _)| bits | 1 << at)
}
