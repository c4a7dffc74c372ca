//! Whether a sentence tells what an attacker did, or only names the topic, advises or sells.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::{
    reading::{Reading, Traits, WordForm, word_parts},
    text::{Evidence, WordMap, fnv},
};

/// As many pieces of evidence are read for an act.
const MAX_EVIDENCE: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActWords {
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

/// Returns what each word of the asset is, by its hash.
fn shipped() -> &'static WordMap<u8> {
    static SHIPPED: OnceLock<WordMap<u8>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let ActWords { deeds, works, doers, advice } =
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
pub(super) fn any_told(reading: &Reading<'_>, evidence: &[Evidence]) -> bool {
    evidence.iter().take(MAX_EVIDENCE).any(|one| is_told(reading, one))
}

/// Returns `true` if the sentence that a piece of evidence stands in tells of an act.
fn is_told(reading: &Reading<'_>, evidence: &Evidence) -> bool {
    let Some(sentence) = reading.sentence_at(evidence.part, evidence.span.start) else { return false };
    let told = reading.words(sentence).iter().fold(0, |told, word| told | marks(reading.form(*word)));
    let acts = told & DEED != 0 || told & (WORK | DOER) == WORK | DOER;
    let asks = reading.part(sentence.part)[sentence.span.range()].trim_end().ends_with('?');
    acts && told & ADVICE == 0 && !asks
}

/// Returns what a word is, or any of its parts: a `comsvcs.dll` is a DLL.
fn marks(form: &WordForm<'_>) -> u8 {
    let marks = |hash| shipped().get(&hash).copied().unwrap_or_default();
    if form.traits.has(Traits::PLAIN) {
        marks(form.hash)
    } else {
        word_parts(form.text).fold(0, |all, (_, hash)| all | marks(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::is_told;
    use crate::{
        article::Document,
        reading::Reading,
        text::{Evidence, Span},
    };

    fn told(text: &str, phrase: &str) -> bool {
        let document = Document::from_plain(text);
        let start = text.find(phrase).unwrap();
        let evidence = Evidence::in_text(text, Span::new(start, start + phrase.len()));
        is_told(&Reading::of("", &document), &evidence)
    }

    #[test]
    fn what_was_done_is_told_and_a_topic_is_not() {
        assert!(told("News. The actors ran PowerShell on every host. More news.", "PowerShell"));
        assert!(told("A DLL is sideloaded by the updater.", "sideloaded"));
        assert!(told("It uses comsvcs.dll to dump memory.", "comsvcs"));
        assert!(!told("The attackers were arrested. PowerShell turns twenty.", "PowerShell"));
        assert!(!told("Restrict privileged pods with admission policies.", "privileged pods"));
        assert!(!told("Stop attackers who deployed ransomware: protect your hosts.", "ransomware"));
        assert!(!told("Was the malware injected?", "injected"));
    }

    #[test]
    fn a_field_tells_nothing() {
        let document = Document::from_plain("Attackers ran PowerShell.");
        assert!(!is_told(&Reading::of("", &document), &Evidence::in_field("PowerShell")));
    }
}
