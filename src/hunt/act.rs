//! Whether a sentence tells what an attacker did, or only names the topic, advises or sells.

use std::{collections::HashSet, sync::OnceLock};

use serde::Deserialize;

use crate::text::{Evidence, Part, Span};

/// As much of a sentence is read before a phrase, and as much after it.
const REACH: usize = 300;
/// As many pieces of evidence are read for an act.
const READ: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// What attackers do and hardly anyone else.
    deeds: HashSet<String>,
    /// What others do too.
    works: HashSet<String>,
    /// Who or what attacks.
    doers: HashSet<String>,
    /// What advises, sells or supposes.
    advice: HashSet<String>,
}

fn shipped() -> &'static Words {
    static SHIPPED: OnceLock<Words> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        toml::from_str(include_str!("../../assets/acts.toml")).expect("a test reads the shipped acts.toml")
    })
}

/// Tells whether one of the first pieces of evidence stands in a sentence that tells what an attacker did.
pub(super) fn any_told(title: &str, text: &str, evidence: &[Evidence]) -> bool {
    evidence.iter().take(READ).any(|one| match one.part {
        Part::Title => is_told(title, one.span),
        Part::Text => is_told(text, one.span),
        Part::Field => false,
    })
}

/// Tells whether the sentence around a place tells of an act.
fn is_told(text: &str, place: Span) -> bool {
    let words = shipped();
    let sentence = sentence(text, place);
    let (mut deed, mut work, mut doer) = (false, false, false);
    let mut folded = String::new();
    for raw in sentence.split(|c: char| !c.is_ascii_alphanumeric()).filter(|raw| !raw.is_empty()) {
        folded.clear();
        folded.push_str(raw);
        folded.make_ascii_lowercase();
        if words.advice.contains(&folded) {
            return false;
        }
        deed |= words.deeds.contains(&folded);
        work |= words.works.contains(&folded);
        doer |= words.doers.contains(&folded);
    }
    (deed || work && doer) && !sentence.trim_end().ends_with('?')
}

/// Gives the sentence around a place, cut where it is long.
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
