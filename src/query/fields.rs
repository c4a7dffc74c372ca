//! The names of the triage language as data: for completion, help and errors.

use crate::indicator::Kind;

/// A field of the triage language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Other names of it.
    pub aliases: &'static [&'static str],
    /// An example.
    pub example: &'static str,
    /// What it asks, in one line.
    pub about: &'static str,
    /// The values it takes, where they are few.
    pub values: &'static [&'static str],
}

/// A bare word that stands for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// What it asks, in one line.
    pub about: &'static str,
}

const fn field(
    name: &'static str,
    aliases: &'static [&'static str],
    example: &'static str,
    about: &'static str,
    values: &'static [&'static str],
) -> Field {
    Field { name, aliases, example, about, values }
}

const fn word(name: &'static str, about: &'static str) -> Word {
    Word { name, about }
}

/// Every field of the triage language, the most used first.
pub const FIELDS: &[Field] = &[
    field("sev", &["severity"], "sev>=high", "how urgent it is", &["crit", "high", "med", "low"]),
    field(
        "state",
        &["is"],
        "state:new|read",
        "where it stands in triage",
        &["new", "read", "reviewed", "dismissed", "snoozed"],
    ),
    field(
        "verdict",
        &[],
        "verdict:escalated",
        "what it was judged to be",
        &["relevant", "not-relevant", "escalated", "none"],
    ),
    field("t", &["technique", "attack"], "t:T1566", "an ATT&CK technique; a parent finds its sub-techniques", &[]),
    field(
        "ioc",
        &["indicator"],
        "ioc:evil[.]example",
        "an indicator, defanged or not, or a kind of indicator",
        &Kind::NAMES,
    ),
    field("cve", &[], "cve:CVE-2026-1234", "a vulnerability that it names", &[]),
    field("hunt", &[], "hunt:UC_PHISHING", "a hunt that it proposes", &[]),
    field(
        "phase",
        &[],
        "phase:c2",
        "a kill-chain phase that it shows",
        &["recon", "weapon", "delivery", "exploit", "install", "c2", "actions"],
    ),
    field("feed", &[], "feed:talos", "the feed that it came from, by the beginning of a word of its name", &[]),
    field("source", &["publisher"], "source:cisco", "the publisher, by the beginning of a word of its name", &[]),
    field("tag", &[], "tag:noise", "a tag, the briefing's or your own", &[]),
    field("owner", &[], "owner:kim", "who took it; owner:none for nobody", &["none", "any"]),
    field("newer", &["since", "after"], "newer:7d", "published since then: 7d, 36h, 2w or 2026-11-01", &["today"]),
    field("older", &["before"], "older:30d", "published before then: 30d or 2026-11-01", &["today"]),
    field("seen", &[], "seen:1d", "came in since then", &["today"]),
    field("touched", &[], "touched:today", "worked on since then", &["today"]),
    field("score", &[], "score>=5", "the sum of its severity signals", &[]),
    field("title", &[], "title:ransom*", "a word or phrase of the title", &[]),
    field(
        "has",
        &[],
        "has:iocs",
        "whether it has any of these",
        &["iocs", "techniques", "hunts", "notes", "owner", "copies"],
    ),
    field("demo", &[], "demo:no", "whether it belongs to the demo set", &["yes", "no"]),
    field("story", &[], "story:42", "tells the same story as this article", &[]),
    field("sources", &[], "sources>2", "how many sources tell its story", &[]),
    field("id", &[], "id:42", "its number", &[]),
];

/// Every bare word that stands for a term; in quotes it is looked for in the text.
pub const WORDS: &[Word] = &[
    word("new", "not opened yet"),
    word("unread", "not opened yet"),
    word("read", "opened and not judged"),
    word("unreviewed", "new or read"),
    word("reviewed", "judged, with a verdict"),
    word("dismissed", "put away unjudged"),
    word("snoozed", "put away until a time"),
    word("relevant", "judged to concern us"),
    word("escalated", "handed on to act upon"),
    word("starred", "marked with a star"),
    word("changed", "changed by its publisher after it came in"),
    word("reopened", "judged before, and worse since: more severe, exploited, or with more indicators"),
    word("copied", "a hunt was copied from it"),
    word("demo", "belongs to the demo set"),
];

/// Finds a field by its name or another name of it.
pub(super) fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name || field.aliases.contains(&name))
}
