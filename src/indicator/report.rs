//! Whether a text reports an attack: a licence, a manual and a page of badges name hosts too, but nobody hunts for
//! them.

use std::{cell::OnceCell, sync::LazyLock};

use aho_corasick::AhoCorasick;

use super::{Kind, context::finder, found::Found, suffix};

/// The question, answered when somebody asks for the first time.
pub(super) struct Report<'a> {
    text: &'a str,
    found: &'a [Found],
    answer: OnceCell<bool>,
}

impl<'a> Report<'a> {
    pub(super) const fn new(text: &'a str, found: &'a [Found]) -> Self {
        Self { text, found, answer: OnceCell::new() }
    }

    /// Returns `true` if the text reports an attack: by its words, by what it defangs, or because it is a bare list.
    pub(super) fn is_one(&self) -> bool {
        *self.answer.get_or_init(|| self.defangs() || speaks_of_attacks(self.text) || self.is_bare_list())
    }

    fn defangs(&self) -> bool {
        self.found.iter().any(|found| {
            found.defanged
                && matches!(found.kind, Kind::Ipv4 | Kind::Ipv6 | Kind::Domain | Kind::Url | Kind::Onion)
                && found.note.speaks_for_itself()
                && (found.kind != Kind::Domain || suffix::classify(&found.value) == suffix::Host::Public)
        })
    }

    /// Returns `true` if at least half of the lines with words begin with a host, an address or a hash.
    fn is_bare_list(&self) -> bool {
        let lines = self.text.lines().filter(|line| line.bytes().any(|b| b.is_ascii_alphanumeric())).count();
        let (mut listing, mut end) = (0, 0);
        for found in self.found.iter().filter(|found| found.note.speaks_for_itself() && is_listable(found.kind)) {
            if found.span.start >= end {
                listing += usize::from(self.begins_line(found.span.start));
                end = found.span.end
                    + memchr::memchr(b'\n', &self.text.as_bytes()[found.span.end..])
                        .unwrap_or(self.text.len() - found.span.end);
            }
        }
        listing > 0 && listing * 2 >= lines
    }

    fn begins_line(&self, at: usize) -> bool {
        let left = self.text.as_bytes()[..at].iter().rev().take(24).take_while(|b| **b != b'\n');
        left.copied().all(|byte| !byte.is_ascii_alphanumeric())
    }
}

const fn is_listable(kind: Kind) -> bool {
    // Authors are listed by their mail, so mail lists nothing.
    kind.is_network() && !matches!(kind, Kind::Email)
        || matches!(kind, Kind::Md5 | Kind::Sha1 | Kind::Sha256 | Kind::Sha512)
}

/// Words that only reports of attacks are made of: one of them settles it.
const DECISIVE: &[&str] = &[
    "indicators of compromise",
    "indicator of compromise",
    "iocs",
    "threat actor",
    "command and control",
    "command-and-control",
];

/// Words that texts about defence use too: two different ones settle it.
const TELLING: &[&str] = &[
    "attacker",
    "adversar",
    "malware",
    "malicious",
    "ransomware",
    "phishing",
    "backdoor",
    "trojan",
    "botnet",
    "stealer",
    "spyware",
    "exfiltrat",
    "c2 server",
    "c&c",
    "in the wild",
    "web shell",
    "webshell",
    "apt group",
    "espionage",
    "campaign",
    "victim",
    "payload",
];

static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(DECISIVE.iter().chain(TELLING)));

fn speaks_of_attacks(text: &str) -> bool {
    let Some(words) = WORDS.as_ref() else { return true };
    let mut first = None;
    words.find_iter(text).any(|hit| {
        let word = hit.pattern().as_usize();
        let free = hit.start() == 0 || !text.as_bytes()[hit.start() - 1].is_ascii_alphanumeric();
        free && (word < DECISIVE.len() || *first.get_or_insert(word) != word)
    })
}

#[cfg(test)]
mod tests {
    use super::speaks_of_attacks;

    #[test]
    fn one_word_of_defence_makes_no_report() {
        assert!(!speaks_of_attacks("Parsing is safe against malicious input; malicious input is refused."));
        assert!(speaks_of_attacks("The malware sends what its victims type."));
        assert!(speaks_of_attacks("IOCs: see below"));
        assert!(!speaks_of_attacks("bsiocs and kiocs"));
    }
}
