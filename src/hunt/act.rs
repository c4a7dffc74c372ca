//! Whether a sentence tells what an attacker did, or only names the topic, advises or sells.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::text::{Evidence, FNV_PRIME, Part, Span, WordMap, fnv};

/// As much of a sentence is read before a phrase, and as much after it.
const REACH: usize = 300;
/// As many pieces of evidence are read for an act.
const READ: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// What attackers do and hardly anyone else.
    deeds: Vec<String>,
    /// What others do too.
    works: Vec<String>,
    /// Who or what attacks.
    doers: Vec<String>,
    /// What advises, sells or supposes.
    advice: Vec<String>,
}

const DEED: u8 = 1;
const WORK: u8 = 2;
const DOER: u8 = 4;
const ADVICE: u8 = 8;

/// Returns what each word of the asset is, by its hash: one look-up for a word, and none of its letters.
fn shipped() -> &'static WordMap<u8> {
    static SHIPPED: OnceLock<WordMap<u8>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let Words { deeds, works, doers, advice } =
            toml::from_str(include_str!("../../assets/acts.toml")).expect("a test reads the shipped acts.toml");
        let mut marks: WordMap<u8> = WordMap::default();
        for (words, mark) in [(deeds, DEED), (works, WORK), (doers, DOER), (advice, ADVICE)] {
            for word in words {
                *marks.entry(fnv(word.as_bytes())).or_default() |= mark;
            }
        }
        marks
    })
}

/// Returns `true` if one of the first pieces of evidence stands in a sentence that tells what an attacker did.
pub(super) fn any_told(title: &str, text: &str, evidence: &[Evidence]) -> bool {
    evidence.iter().take(READ).any(|one| match one.part {
        Part::Title => is_told(title, one.span),
        Part::Text => is_told(text, one.span),
        Part::Field => false,
    })
}

/// Returns `true` if the sentence around a place tells of an act.
fn is_told(text: &str, place: Span) -> bool {
    let words = shipped();
    let sentence = sentence(text, place);
    let mut told = 0;
    let mut hash = fnv(b"");
    // The blank after the sentence ends its last word.
    for byte in sentence.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() {
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(FNV_PRIME);
            continue;
        }
        told |= words.get(&hash).copied().unwrap_or_default();
        if told & ADVICE != 0 {
            return false;
        }
        hash = fnv(b"");
    }
    let acts = told & DEED != 0 || told & (WORK | DOER) == WORK | DOER;
    acts && !sentence.trim_end().ends_with('?')
}

/// Returns the sentence around a place, cut where it is long.
fn sentence(text: &str, place: Span) -> &str {
    let floor = text.floor_char_boundary(place.start.saturating_sub(REACH));
    let ceiling = text.ceil_char_boundary((place.end + REACH).min(text.len()));
    let ends = |at: usize, rest: &str| {
        rest.starts_with('\n')
            || matches!(text.as_bytes()[at], b'.' | b'!' | b'?') && rest[1..].starts_with([' ', '\n'])
    };
    let before = text[floor..place.start].char_indices().rev().find(|(at, _)| ends(floor + at, &text[floor + at..]));
    let start = before.map_or(floor, |(at, _)| floor + at + 1);
    let after = text[place.end..ceiling].char_indices().find(|(at, _)| ends(place.end + at, &text[place.end + at..]));
    let end = after.map_or(ceiling, |(at, _)| place.end + at + 1);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{is_told, sentence};
    use crate::text::Span;

    fn told(text: &str, phrase: &str) -> bool {
        let start = text.find(phrase).unwrap();
        is_told(text, Span::new(start, start + phrase.len()))
    }

    #[test]
    fn what_was_done_is_told_and_a_topic_is_not() {
        assert!(told("News. The actors ran PowerShell on every host. More news.", "PowerShell"));
        assert!(told("A DLL is sideloaded by the updater.", "sideloaded"));
        assert!(!told("The attackers were arrested. PowerShell turns twenty.", "PowerShell"));
        assert!(!told("Restrict privileged pods with admission policies.", "privileged pods"));
        assert!(!told("Stop attackers who deployed ransomware: protect your hosts.", "ransomware"));
        assert!(!told("Was the malware injected?", "injected"));
    }

    #[test]
    fn a_sentence_ends_at_its_mark_or_line() {
        let text = "One v1.2 here. Two, the place, is v3.4 there! Three";
        let at = text.find("place").unwrap();
        assert_eq!(sentence(text, Span::new(at, at + 5)), " Two, the place, is v3.4 there!");
        assert_eq!(sentence("a\nb c\nd", Span::new(4, 5)), "b c\n");
    }

    proptest! {
        #[test]
        fn any_place_is_read(text in any::<String>(), at in 0_usize..40, length in 0_usize..9) {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            is_told(&text, Span::new(start, end));
        }
    }
}
