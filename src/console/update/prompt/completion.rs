//! What can follow in a search: the fields of the triage language, its words, and the values of a field.

use crate::{
    console::state::Candidate,
    query::{FIELDS, WORDS, is_too_short},
    source::Health,
};

/// How many are offered.
const MAX_CANDIDATES: usize = 8;

/// Returns the word that is being written.
pub(super) fn begun(before: &str) -> &str {
    let start = before.rfind([' ', '(']).map_or(0, |at| at + 1);
    before[start..].trim_start_matches('-')
}

/// Returns the search as far as it is written: a last word of one or two letters is only begun, and no word by itself.
pub(super) fn so_far(text: &str) -> String {
    let word = begun(text);
    let short = is_too_short(word) && word.chars().all(char::is_alphanumeric);
    if short && !word.is_empty() && text.matches('"').count().is_multiple_of(2) {
        text[..text.len() - word.len()].trim_end_matches('-').trim_end().to_owned()
    } else {
        open_ended(text)
    }
}

/// Lets the last word of a search stand for every word that begins so: it may not be written out yet.
pub(super) fn open_ended(text: &str) -> String {
    let trimmed = text.trim();
    let word = begun(trimmed);
    let plain = !is_too_short(word) && word.chars().all(char::is_alphanumeric);
    let keyword = matches!(word.to_ascii_lowercase().as_str(), "or" | "and" | "not");
    let known = keyword || WORDS.iter().any(|known| known.name.eq_ignore_ascii_case(word));
    let quoted = trimmed.matches('"').count() % 2 == 1;
    // A space behind it says that it is written out.
    if plain && !known && !quoted && !text.ends_with(' ') { format!("{trimmed}*") } else { trimmed.to_owned() }
}

/// Returns what the word that is being written can become.
pub(super) fn candidates(before: &str, feeds: &[Health]) -> Vec<Candidate> {
    let word = begun(before);
    if word.is_empty() || before.matches('"').count() % 2 == 1 {
        return Vec::new();
    }
    let mut found = match word.find([':', '<', '>', '=']) {
        Some(at) => {
            let value = word[at..].trim_start_matches([':', '<', '>', '=']);
            values(&word[..word.len() - value.len()], &word[..at], value, feeds)
        }
        None => names(word),
    };
    found.truncate(MAX_CANDIDATES);
    // What is written out already needs no completing.
    if let [Candidate::Word(only, _)] = found.as_slice()
        && only == word
    {
        found.clear();
    }
    found
}

fn names(word: &str) -> Vec<Candidate> {
    let word = word.to_ascii_lowercase();
    let fields = FIELDS
        .iter()
        .filter(|field| field.name.starts_with(&word) || field.aliases.iter().any(|alias| alias.starts_with(&word)))
        .map(|field| Candidate::Word(format!("{}:", field.name), field.about.into()));
    let words = WORDS.iter().filter(|known| known.name.starts_with(&word));
    fields.chain(words.map(|known| Candidate::Word(known.name.into(), known.about.into()))).collect()
}

/// Returns the values of a field; `head` is its name with the operator, which are put in again.
fn values(head: &str, name: &str, value: &str, feeds: &[Health]) -> Vec<Candidate> {
    let value = value.to_lowercase();
    let Some(field) = FIELDS.iter().find(|field| field.name == name || field.aliases.contains(&name)) else {
        return Vec::new();
    };
    if matches!(field.name, "feed" | "source") {
        let named = feeds.iter().filter(|feed| feed.name.to_lowercase().starts_with(&value));
        return named.map(|feed| Candidate::Word(format!("{head}{}", quoted(&feed.name)), "".into())).collect();
    }
    let fitting = field.values.iter().filter(|known| known.starts_with(&value));
    fitting.map(|known| Candidate::Word(format!("{head}{known}"), "".into())).collect()
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{}\"", name.replace('"', "")) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Candidate, candidates, open_ended, so_far};
    use crate::{query::parse, source::Health};

    fn offered(before: &str) -> Vec<String> {
        let feeds = [Health { name: "Cisco Talos".into(), ..Health::default() }];
        let words = candidates(before, &feeds).into_iter().map(|candidate| match candidate {
            Candidate::Word(word, _) => word,
            Candidate::Action(entry) => entry.name.into(),
        });
        words.collect()
    }

    #[test]
    fn the_last_word_may_go_on() {
        assert_eq!(open_ended("sev:high ransom"), "sev:high ransom*");
        for whole in ["ransom ", "unreviewed", "sev:high", "\"two words", "a", "x or", "T1566.001", ""] {
            assert_eq!(open_ended(whole), whole.trim());
        }
    }

    #[test]
    fn every_search_is_one_while_it_is_written() {
        let searches = ["kimsuky", "sev:crit vpn flaw", "-vpn ransom", "日本語の記事"];
        for search in searches {
            for (at, _) in search.char_indices() {
                let text = so_far(&search[..at]);
                let begun = search[..at].contains(':') && !search[..at].contains("crit");
                assert!(begun || parse(&text, Timestamp::UNIX_EPOCH).is_ok(), "{text}");
            }
        }
        assert_eq!(
            (so_far("ki").as_str(), so_far("sev:high -ki").as_str(), so_far("ki ").as_str()),
            ("", "sev:high", "ki")
        );
        assert_eq!(so_far("日本"), "日本*", "two such letters are few articles");
    }

    #[test]
    fn fields_words_and_values_are_offered() {
        assert_eq!(offered("sev"), ["sev:"]);
        assert_eq!(offered("vpn -unr"), ["unread", "unreviewed"]);
        assert_eq!(offered("(sev:"), ["sev:crit", "sev:high", "sev:med", "sev:low"]);
        assert_eq!(offered("sev:h"), ["sev:high"]);
        assert_eq!(offered("sev>=h"), ["sev>=high"]);
        assert_eq!(offered("-sev>c"), ["sev>crit"]);
        assert_eq!(offered("feed:ci"), ["feed:\"Cisco Talos\""]);
        assert!(offered("sev:high").is_empty(), "nothing is left to complete");
        assert!(offered("\"sev").is_empty() && offered("").is_empty() && offered("nosuch:").is_empty());
    }
}
