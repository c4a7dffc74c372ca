//! What an article names that one may want to see more of: vulnerabilities, packages, and the proper names in its text,
//! which are mostly actors, malware and products.

use std::collections::{HashMap, HashSet};

use crate::{indicator::Kind, text::Safe, triage::Item};

/// How many are offered.
const MAX_NAMES: usize = 60;

/// How much of the text is looked at, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// The longest name, in words.
const MAX_NAME_WORDS: usize = 4;

/// Something that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// What it is.
    pub about: &'static str,
    /// The field of the triage language that finds it; empty for the text.
    pub field: &'static str,
}

/// Lists what an article names: what has a number or a coordinate first, then names, the most frequent first.
pub fn names(item: &Item) -> Vec<Name> {
    let known = item.briefing.indicators.iter().filter_map(|indicator| {
        let (about, field) = match indicator.kind {
            Kind::Cve => ("vulnerability", "cve"),
            Kind::Package => ("package", "ioc"),
            _ => return None,
        };
        Some(Name { name: Safe::line(&indicator.value).into_string(), about, field })
    });
    let mut names: Vec<Name> = known.collect();
    let text = &item.article.document.text;
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    names.extend(proper(text).into_iter().map(|name| Name { name, about: "name in the text", field: "" }));
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.name.to_lowercase()));
    names.truncate(MAX_NAMES);
    names
}

/// Finds the proper names of a text: words with a capital that stand in the middle of a sentence, or have a capital or
/// a digit inside, and are never written small. Neighbours make one name.
fn proper(text: &str) -> Vec<String> {
    let small: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| is_small(word)).collect();
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut name: Vec<(&str, bool)> = Vec::new();
    let mut place = 0;
    for line in text.lines() {
        let mut begins = true;
        for raw in line.split_whitespace() {
            let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
            let fits = is_name(word) && !small.contains(word.to_lowercase().as_str());
            let opened = raw.starts_with(|c: char| !c.is_alphanumeric());
            if (!fits || opened || name.len() == MAX_NAME_WORDS) && !name.is_empty() {
                note(&mut counts, &mut name, place);
            }
            if fits {
                name.push((word, begins));
            }
            if raw.ends_with(|c: char| !c.is_alphanumeric()) {
                note(&mut counts, &mut name, place);
            }
            begins = raw.ends_with(['.', '!', '?', ':']);
            place += 1;
        }
        note(&mut counts, &mut name, place);
    }
    let mut found: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    found.sort_by_key(|(_, (count, place))| (std::cmp::Reverse(*count), *place));
    found.into_iter().map(|(name, _)| name).collect()
}

fn note(counts: &mut HashMap<String, (usize, usize)>, name: &mut Vec<(&str, bool)>, place: usize) {
    let mut words = std::mem::take(name);
    if words.first().is_some_and(|(word, begins)| *begins && !tells(word, true)) {
        words.remove(0);
    }
    if words.iter().any(|(word, begins)| tells(word, *begins)) {
        let words: Vec<&str> = words.into_iter().map(|(word, _)| word).collect();
        let name = Safe::line(&words.join(" ")).into_string();
        counts.entry(name).or_insert((0, place)).0 += 1;
    }
}

fn is_small(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_lowercase)
}

/// Returns `true` if a word can be part of a name.
fn is_name(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    (2..=40).contains(&word.len()) && plain && word.starts_with(char::is_uppercase)
}

/// Returns `true` if a word makes a name by itself: a capital at the beginning of a sentence does not, nor a short
/// acronym.
fn tells(word: &str, begins: bool) -> bool {
    let inside = || word.chars().skip(1);
    let acronym = word.len() <= 5 && word.chars().all(char::is_uppercase);
    let mixed = inside().any(char::is_lowercase) && inside().any(char::is_uppercase);
    word.len() >= 3 && !acronym && (!begins || mixed || inside().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{names, proper};
    use crate::console::sample::{HOSTILE, hostile_item, item};

    #[test]
    fn names_are_capitals_in_the_middle_of_sentences() {
        let text = "The crew behind Black Basta used AsyncRAT. Later Black Basta moved on.\nHowever, the vendor Ivanti \
                    fixed it (Connect Secure). Researchers found UNC3886 there; the vendor agreed.";
        assert_eq!(proper(text), ["Black Basta", "AsyncRAT", "Ivanti", "Connect Secure", "UNC3886"]);
        assert_eq!(proper("Harbor CERT knows. A CVSS score, an RCE, and Glass Heron."), ["Glass Heron"]);
        assert!(proper("").is_empty() && proper("Nothing here but Words. Words are words.").is_empty());
    }

    #[test]
    fn what_has_a_number_comes_first_and_nothing_hostile_is_offered() {
        let found = names(&item(1));
        assert_eq!((found[0].name.as_str(), found[0].field), ("CVE-2026-11223", "cve"));
        assert!(found.iter().any(|name| name.name == "ExampleGate" && name.field.is_empty()), "{found:?}");
        let found = names(&hostile_item(1));
        assert!(found.iter().all(|name| name.name.chars().all(crate::text::Safe::allows)), "{HOSTILE} {found:?}");
    }
}
