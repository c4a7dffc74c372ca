//! The words around a find: what a hash is of, whether four numbers are a version, what a sentence says.

use std::{net::Ipv4Addr, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{found::Found, lexicon::Lexicon};
use crate::reading::sentence_around;

/// How far back a label is looked for, in bytes.
const MAX_LABEL_DISTANCE_BYTES: usize = 64;

/// Returns the words before a find, at most `reach` bytes.
fn before(text: &str, at: usize, reach: usize) -> &str {
    &text[text.ceil_char_boundary(at.saturating_sub(reach))..at]
}

/// Returns the words after a find, at most `reach` bytes.
fn after(text: &str, at: usize, reach: usize) -> &str {
    &text[at..text.floor_char_boundary((at + reach).min(text.len()))]
}

/// What a label before a hash says that the hash is of, when it is not of a file.
const OTHER_HASHES: &[(&str, &str)] = &[
    ("imphash", "an import hash, not a file hash"),
    ("imphashes", "an import hash, not a file hash"),
    ("import hash", "an import hash, not a file hash"),
    ("authentihash", "an Authenticode hash, not a file hash"),
    ("vhash", "a similarity hash, not a file hash"),
    ("rich header hash", "a hash of the Rich header, not a file hash"),
    ("rich pe header hash", "a hash of the Rich header, not a file hash"),
    ("richhash", "a hash of the Rich header, not a file hash"),
    ("icon hash", "a hash of an icon, not a file hash"),
    ("dhash", "a hash of an icon, not a file hash"),
    ("ja3", "a TLS fingerprint, not a file hash"),
    ("ja3s", "a TLS fingerprint, not a file hash"),
    ("jarm", "a TLS fingerprint, not a file hash"),
    ("thumbprint", "a certificate's fingerprint, not a file hash"),
    ("fingerprint", "a fingerprint, not a file hash"),
    ("certificate", "a certificate's fingerprint, not a file hash"),
    ("certificate hash", "a certificate's fingerprint, not a file hash"),
    ("certificate sha1", "a certificate's fingerprint, not a file hash"),
    ("serial number", "a serial number, not a file hash"),
    ("serial", "a serial number, not a file hash"),
    ("commit", "a git commit, not a file hash"),
    ("commit hash", "a git commit, not a file hash"),
    ("commit id", "a git commit, not a file hash"),
    ("commits", "a git commit, not a file hash"),
    ("api key", "a key, not a file hash"),
    ("telfhash", "a similarity hash, not a file hash"),
];

/// The last words of those labels: most words before a hash are none of them.
static HASH_LABELS: Lexicon<64> = Lexicon::of(&[
    "imphash",
    "imphashes",
    "hash",
    "authentihash",
    "vhash",
    "richhash",
    "dhash",
    "ja3",
    "ja3s",
    "jarm",
    "thumbprint",
    "fingerprint",
    "certificate",
    "sha1",
    "number",
    "serial",
    "commit",
    "id",
    "commits",
    "key",
    "telfhash",
]);

/// Returns the reason why a run of hexadecimal digits is no file hash, by the label before it.
pub(super) fn not_a_file_hash(text: &str, found: &Found) -> Option<&'static str> {
    let label =
        before(text, found.span.start, MAX_LABEL_DISTANCE_BYTES).trim_end_matches(|c: char| !c.is_alphanumeric());
    let end = label.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let by_label = if HASH_LABELS.has(&label[label.len() - end..]) { other_hash(label) } else { None };
    by_label.or_else(|| {
        let path = before(text, found.span.start, 8);
        (path.ends_with("/commit/") || path.ends_with("/blob/") || path.ends_with("/tree/"))
            .then_some("a git commit, not a file hash")
    })
}

/// Finds the label that some words end in, and returns what it says.
fn other_hash(label: &str) -> Option<&'static str> {
    let ends = |word: &str| {
        label.len() >= word.len()
            && label.is_char_boundary(label.len() - word.len())
            && label[label.len() - word.len()..].eq_ignore_ascii_case(word)
            && !label[..label.len() - word.len()].ends_with(|c: char| c.is_alphanumeric())
    };
    OTHER_HASHES.iter().find(|(word, _)| ends(word)).map(|(_, why)| *why)
}

/// Words before four numbers that make a version of them.
static VERSION_WORDS: Lexicon<128> = Lexicon::of(&[
    "version",
    "versions",
    "v",
    "ver",
    "ver.",
    "firmware",
    "build",
    "release",
    "releases",
    "section",
    "sec",
    "sec.",
    "chapter",
    "§",
    "paragraph",
    "update",
    "patch",
    "sp",
    "rev",
    "revision",
    "player",
    "chrome",
    "chromium",
    "firefox",
    "edge",
    "safari",
    "opera",
    "acrobat",
    "reader",
    "java",
    "office",
    "exchange",
    "windows",
    "android",
    "confluence",
    "jira",
    "fileversion",
    "productversion",
    "flash",
    "silverlight",
]);

/// Words after four numbers that make a version of them.
const VERSION_TAILS: &[&str] = &[
    "and earlier",
    "and below",
    "and prior",
    "and later",
    "and newer",
    "and above",
    "or earlier",
    "or later",
    "or below",
    "or newer",
    "or higher",
    "through",
    "vulnerability",
    "and lower",
];

/// Words before an address that make an address of it, whatever it looks like.
static ADDRESS_WORDS: Lexicon<128> = Lexicon::of(&[
    "ip",
    "ips",
    "address",
    "addresses",
    "ipv4",
    "host",
    "server",
    "servers",
    "c2",
    "c&c",
    "at",
    "to",
    "from",
    "via",
    "resolver",
    "dns",
    "ping",
    "is",
    "and",
    "by",
    "with",
    "using",
    "on",
    "network",
    "connects",
    "subnet",
    "proxy",
    "gateway",
    "or",
    "of",
]);

/// Returns the reason why four plain numbers are no address, by the words around them.
pub(super) fn not_an_address(text: &str, found: &Found, listed: bool) -> Option<&'static str> {
    const VERSION: &str = "reads like a version number";
    let left = before(text, found.span.start, MAX_LABEL_DISTANCE_BYTES);
    let right = after(text, found.span.end, 24);
    let gap = left.trim_end_matches([' ', '\t', ':', '=', '(', '"', '\'', '\0', '\u{a0}']);
    let word = gap
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | ',' | ';' | '>' | '[' | '\0' | '<'))
        .next()
        .unwrap_or_default();
    let touching = gap.len() == left.len();
    if touching
        && gap.ends_with('/')
        && gap.trim_end_matches('/').ends_with(|c: char| c.is_ascii_alphabetic())
        && gap.len() > 1
    {
        return Some("the version of a product in a user agent");
    }
    if VERSION_WORDS.has(word) {
        return Some(VERSION);
    }
    let tail = right.trim_start_matches([' ', ',', '(']);
    if VERSION_TAILS
        .iter()
        .any(|t| tail.len() >= t.len() && tail.is_char_boundary(t.len()) && tail[..t.len()].eq_ignore_ascii_case(t))
    {
        return Some(VERSION);
    }
    let [a, b, c, d] = found.value.parse::<Ipv4Addr>().ok()?.octets();
    if right.starts_with('=') && (a, b) == (2, 5) {
        return Some("an object identifier");
    }
    if listed || ADDRESS_WORDS.has(word) {
        return None;
    }
    let small = a <= 30 && b <= 30 && c <= 30;
    let product = word.starts_with(char::is_uppercase) && !touching && gap.len() + 1 == left.len() && word.len() > 2;
    let os = word.ends_with("OS") || word.ends_with("SDK") || word.ends_with("API");
    if small && (product || os) {
        return Some(VERSION);
    }
    let counting = [(a, b), (b, c), (c, d)].iter().all(|(less, more)| less.checked_add(1) == Some(*more));
    let comma = text[found.span.range()].contains(',');
    if comma && counting && a <= 5 {
        return Some("numbers in counting order");
    }
    let all_small = [a, b, c, d].iter().all(|octet| *octet <= 9);
    let repeated = a == b && b == c && c == d;
    let likely = repeated || counting || comma || super::reference::list_of_exactly(&found.value).is_some();
    (all_small && !likely).then_some("reads like a section number")
}

/// Phrases that say what an address, a name or a file does in an attack, in a text of any kind.
const STRONG_CUES: &[&str] = &[
    "command and control",
    "command-and-control",
    "c2",
    "c&c",
    "beacon",
    "exfiltrat",
    "malicious",
    "attacker",
    "adversary",
    "threat actor",
    "phishing",
    "malware",
    "dropper",
    "ransom",
    "backdoor",
    "trojan",
    "stealer",
    "infected",
    "infection",
    "compromised",
    "botnet",
    "webshell",
    "web shell",
    "skimmer",
    "impersonat",
    "typosquat",
];

/// Phrases that say so in a report of an attack only: everybody downloads things.
const WEAK_CUES: &[&str] = &[
    "callback",
    "calls out",
    "called out",
    "calling out",
    "connects to",
    "connected to",
    "connecting to",
    "connection to",
    "communicates with",
    "communicated with",
    "communicate with",
    "communication with",
    "contacts",
    "contacted",
    "contacting",
    "download",
    "fetch",
    "retriev",
    "redirect",
    "resolve",
    "hosted",
    "hosting",
    "payload",
    "dropped",
    "drops",
    "exploit",
    "spoof",
    "staging server",
    "sample",
    "sha256",
    "sha-256",
    "md5",
    "sha1",
    "sha-1",
    "injected",
    "scanning from",
];

static CUE_MACHINE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(STRONG_CUES.iter().chain(WEAK_CUES)));

/// Makes what finds words in any case in one pass over a text; of words that begin together the first one wins.
pub(super) fn finder<'a>(words: impl Iterator<Item = &'a &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostFirst)
        .build(words)
        .ok()
}

/// So much of a sentence before a find may say what it does.
const SENTENCE_BEFORE_BYTES: usize = 160;
/// So much of it behind the find may.
const SENTENCE_BEHIND_BYTES: usize = 96;

/// Finds the words in the sentence of a find that say what it does; only strong words if `harmless` says that the text
/// reports no attack.
pub(super) fn cue(text: &str, found: &Found, harmless: bool) -> Option<String> {
    let sentence = sentence_around(text, found.span, SENTENCE_BEFORE_BYTES, SENTENCE_BEHIND_BYTES);
    let machine = CUE_MACHINE.as_ref()?;
    let whole = &text[sentence.range()];
    let hit = machine.find_iter(whole).find(|hit| {
        let at = sentence.start + hit.start();
        let outside = at >= found.span.end || sentence.start + hit.end() <= found.span.start;
        let starts = !whole[..hit.start()].ends_with(|c: char| c.is_alphanumeric());
        outside && starts && (!harmless || hit.pattern().as_usize() < STRONG_CUES.len())
    })?;
    Some(whole[hit.range()].to_lowercase())
}
