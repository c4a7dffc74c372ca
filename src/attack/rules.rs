//! The phrase rules of an asset, matched against the words of a sentence.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{TechniqueId, context::NEGATION_REACH};
use crate::{
    reading::{AnyPhrase, PhraseNumbers, Phrases, Reading, Sketch, Spelling, Word},
    text::Span,
};

/// Every rule of an asset, and the phrases that fire them.
///
/// `T` is what a rule tells of: a technique or a phase.
#[derive(Debug)]
pub(super) struct PhraseRules<T> {
    list: Vec<PhraseRule<T>>,
    /// Each means the rule at a place of the list.
    phrases: Phrases<u16>,
}

#[derive(Debug)]
struct PhraseRule<T> {
    id: T,
    score: f32,
    topic: bool,
    near: AnyPhrase,
    unless: AnyPhrase,
}

/// What is known of the rules in a sentence, while it is read; its room is kept from sentence to sentence.
#[derive(Debug)]
pub(super) struct Ledger {
    numbers: PhraseNumbers,
    /// Rules that the sentence fired already, or cannot fire.
    done: Vec<u16>,
    /// Rules whose neighbours were seen to stand, so that a sentence full of denied phrases stays linear.
    near: Vec<u16>,
}

impl Ledger {
    /// Makes a ledger for an article.
    pub(super) fn new<T>(rules: &PhraseRules<T>, reading: &Reading<'_>) -> Self {
        Self { numbers: rules.phrases.numbers(reading), done: Vec::new(), near: Vec::new() }
    }
}

/// A rule that a sentence fires.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firing<T> {
    /// What the rule tells of.
    pub(super) id: T,
    /// The rule's score.
    pub(super) score: f32,
    /// Whether the phrase only names the topic of the article.
    pub(super) topic: bool,
    /// What the sentence makes of it.
    pub(super) standing: Standing,
    /// Where the phrase stands.
    pub(super) span: Span,
}

/// What a sentence makes of a phrase that stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It fires its rule.
    Fires,
    /// The sentence speaks of something else.
    Doubted,
    /// The sentence says the contrary.
    Denied,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Entry<TechniqueId>>,
}

/// A rule as an asset writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry<T> {
    id: T,
    score: f32,
    #[serde(default)]
    topic: bool,
    say: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

impl PhraseRules<TechniqueId> {
    /// Returns the rules for techniques compiled into the program.
    pub(super) fn techniques() -> &'static Self {
        static SHIPPED: LazyLock<PhraseRules<TechniqueId>> = LazyLock::new(|| {
            let File { rule } =
                toml::from_str(include_str!("../../assets/attack/phrases.toml")).expect("a test loads the asset");
            PhraseRules::of(&rule).expect("a test loads the asset")
        });
        &SHIPPED
    }
}

impl<T: Copy> PhraseRules<T> {
    /// Makes rules of what an asset writes.
    pub(super) fn of(entries: &[Entry<T>]) -> Result<Self, String> {
        let (mut list, mut phrases) = (Vec::with_capacity(entries.len()), Phrases::new(Spelling::Stem));
        for (number, entry) in entries.iter().enumerate() {
            let rule = u16::try_from(number).map_err(|_| "there are too many rules".to_owned())?;
            entry.say.iter().try_for_each(|text| phrases.add(text, rule))?;
            let near = AnyPhrase::parse(&entry.near, &mut phrases)?;
            let unless = AnyPhrase::parse(&entry.unless, &mut phrases)?;
            list.push(PhraseRule { id: entry.id, score: entry.score, topic: entry.topic, near, unless });
        }
        Ok(Self { list, phrases })
    }

    /// Finds the rules that the words of a sentence fire, each once, where its first phrase stands, and those it
    /// refutes.
    pub(super) fn fire(
        &self,
        reading: &Reading<'_>,
        words: &[Word],
        ledger: &mut Ledger,
        mut found: impl FnMut(Firing<T>),
    ) {
        let Ledger { numbers, done, near } = ledger;
        let sentence = numbers.of(words);
        let sketch = Sketch::of(sentence);
        done.clear();
        near.clear();
        self.phrases.find(
            sentence,
            |_, _| true,
            |number, at, end| {
                if done.contains(&number) {
                    return;
                }
                let PhraseRule { id, score, topic, near: company, unless } = &self.list[usize::from(number)];
                if !near.contains(&number) {
                    if !company.is_empty() && !company.stands(&self.phrases, sentence, sketch) {
                        done.push(number);
                        return;
                    }
                    near.push(number);
                }
                let standing = if reading.is_negated(words, at, NEGATION_REACH) {
                    Standing::Denied
                } else {
                    done.push(number);
                    let refuted = unless.stands(&self.phrases, sentence, sketch);
                    if refuted { Standing::Doubted } else { Standing::Fires }
                };
                let span = Span::new(words[at].span().start, words[end - 1].span().end);
                found(Firing { id: *id, score: *score, topic: *topic, standing, span });
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::PhraseRules;
    use crate::attack::catalogue::Catalogue;

    #[test]
    fn every_rule_of_the_asset_names_an_active_technique() {
        let rules = PhraseRules::techniques();
        assert!(rules.list.len() > 100);
        for rule in &rules.list {
            let active = Catalogue::shipped().get(rule.id).is_some_and(|technique| technique.active);
            assert!(active, "{} is not active", rule.id);
            assert!(rule.score > 0.0 && rule.score <= 1.0, "{}: {}", rule.id, rule.score);
        }
    }
}
