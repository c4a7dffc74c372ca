use std::{collections::HashMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Entry, place_of};
use crate::text::{fnv, fnv_on};

/// What makes an article the same article in two fetches of one feed. Two feeds may use the same identity for articles
/// that have nothing to do with one another.
///
/// An advisory is known by its number, any other entry by its guid where no other entry of the poll has that, else by its
/// link with the fragment, else by its link and title, else by all that it says. It is never a date: sources change
/// dates (newsboat#2598).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity(String);

/// How an entry may be named, the best first.
const NAMES: [fn(&Entry) -> Option<String>; 3] = [guid, link, link_and_title];

impl Identity {
    /// Returns the identity of an entry that came alone.
    pub fn of(entry: &Entry) -> Self {
        Self::of_poll(std::slice::from_ref(entry)).pop().expect("one for each entry")
    }

    /// Returns the identities of the entries of one poll of a feed, in their order. Two entries have the same identity
    /// only if they are alike in all that they say.
    pub fn of_poll(entries: &[Entry]) -> Vec<Self> {
        let mut found: Vec<Option<String>> = entries.iter().map(advisory).collect();
        for name in NAMES {
            let names: Vec<Option<String>> = entries
                .iter()
                .zip(&found)
                .map(|(entry, found)| if found.is_none() { name(entry) } else { None })
                .collect();
            let mut counts: HashMap<&str, usize> = HashMap::new();
            names.iter().flatten().for_each(|name| *counts.entry(name).or_default() += 1);
            let unique = |name: &String| counts.get(name.as_str()) == Some(&1);
            let chosen: Vec<Option<String>> = names.iter().map(|name| name.clone().filter(unique)).collect();
            for (found, chosen) in found.iter_mut().zip(chosen) {
                *found = found.take().or(chosen);
            }
        }
        found.into_iter().zip(entries).map(|(found, entry)| Self(found.unwrap_or_else(|| digest(entry)))).collect()
    }

    /// Takes back an identity that was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// Returns the identity as text, for storing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn advisory(entry: &Entry) -> Option<String> {
    entry.advisory.as_ref().map(|advisory| format!("advisory:{}", advisory.id.to_ascii_uppercase()))
}

fn guid(entry: &Entry) -> Option<String> {
    let guid = entry.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty())?;
    Some(format!("guid:{guid}"))
}

fn link(entry: &Entry) -> Option<String> {
    let link = entry.link.as_deref().map(str::trim).filter(|link| !link.is_empty())?;
    Some(format!("link:{}", place_of(link)))
}

fn link_and_title(entry: &Entry) -> Option<String> {
    let title = entry.title.trim();
    let link = link(entry).unwrap_or_default();
    (!title.is_empty()).then(|| format!("title:{}|{link}", title.to_lowercase()))
}

/// Names an entry by all that it says: the same in every version of the program.
fn digest(entry: &Entry) -> String {
    let parts = [link(entry).unwrap_or_default(), entry.title.clone(), entry.content.as_str().to_owned()];
    let digest = parts.iter().fold(fnv(b""), |digest, part| fnv_on(fnv_on(digest, part.as_bytes()), &[0]));
    format!("digest:{digest:016x}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::{Entry, Identity};
    use crate::article::Content;

    fn entry(guid: &str, link: &str, title: &str, text: &str) -> Entry {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Entry {
            guid: some(guid),
            link: some(link),
            title: title.into(),
            content: Content::Plain(text.into()),
            ..Entry::default()
        }
    }

    fn names(entries: &[Entry]) -> Vec<String> {
        Identity::of_poll(entries).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_own_guid_makes_an_own_article_whatever_the_link_is() {
        let poll: Vec<Entry> =
            (0..10).map(|n| entry(&format!(" g{n} "), "https://cert.example/", "Advisory", "text")).collect();
        assert_eq!(names(&poll)[..2], ["guid:g0", "guid:g1"]);
        assert_eq!(names(&poll).into_iter().collect::<HashSet<_>>().len(), 10);
    }

    #[test]
    fn where_guids_are_shared_the_link_counts_with_its_fragment() {
        let poll = [1, 2, 3].map(|n| entry("1", &format!("https://cert.example/#/advisory/{n}"), "Advisory", ""));
        assert_eq!(names(&poll)[0], "link:cert.example#/advisory/1");
        let without = [1, 2].map(|n| entry("", &format!("https://cert.example/a#{n}"), "Advisory", ""));
        assert_eq!(names(&without), ["link:cert.example/a#1", "link:cert.example/a#2"]);
    }

    #[test]
    fn where_links_are_shared_the_title_counts_and_then_the_text() {
        let home = "https://cert.example/";
        let poll = [entry("", home, "One", "a"), entry("", home, "Two", "b"), entry("", home, "Two", "c")];
        let names = names(&poll);
        assert_eq!(names[0], "title:one|link:cert.example");
        assert!(names[1].starts_with("digest:") && names[1] != names[2]);
    }

    #[test]
    fn tracking_and_the_scheme_do_not_make_another_article() {
        let one = |link| Identity::of(&entry("", link, "", ""));
        assert_eq!(one("https://www.example.com/a/?utm_source=rss&b=1"), one("http://example.com/a?b=1"));
        assert_ne!(one("https://example.com/?p=1"), one("https://example.com/?p=2"));
    }

    proptest! {
        #[test]
        fn two_entries_share_an_identity_only_if_they_say_the_same(
            poll in prop::collection::vec(("[ab]?", "(https://x.example/[ab]?(#[ab])?)?", "[ab]?", "[ab]?"), 1..12),
        ) {
            let entries: Vec<Entry> = poll.iter().map(|(g, l, t, x)| entry(g, l, t, x)).collect();
            let names = names(&entries);
            for (one, a) in names.iter().zip(&entries) {
                for (other, b) in names.iter().zip(&entries) {
                    if one == other {
                        prop_assert_eq!((&a.title, &a.content), (&b.title, &b.content));
                    }
                }
            }
        }
    }
}
