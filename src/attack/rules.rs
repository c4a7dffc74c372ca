//! The phrase rules: loaded once from their asset, then matched against the words of a sentence.

use std::sync::OnceLock;

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    catalogue::TechniqueId,
    context,
    word::{self, StemMap, Word},
};
use crate::text::Span;

/// A gap of a phrase takes at most this many words.
const GAP: usize = 3;

/// Every rule of an asset, and their phrases by the stem that they begin with.
///
/// `T` is what a rule tells of: a technique or a phase.
#[derive(Debug)]
pub(super) struct Rules<T> {
    list: Vec<Rule<T>>,
    phrases: Vec<Phrase>,
    first: StemMap<Vec<u32>>,
}

#[derive(Debug)]
struct Rule<T> {
    id: T,
    score: f32,
    topic: bool,
    near: Company,
    unless: Company,
}

/// What else may stand in a sentence.
#[derive(Debug)]
struct Company {
    /// Stems of single words; sorted.
    words: Vec<u64>,
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    rule: usize,
    slots: Vec<Slot>,
}

#[derive(Debug)]
enum Slot {
    /// One word, whose stem is one of these; sorted.
    Word(Vec<u64>),
    /// Up to [`GAP`] words.
    Gap,
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
    /// Where the phrase stands.
    pub(super) span: Span,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
struct File<T> {
    rule: Vec<Entry<T>>,
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

impl Rules<TechniqueId> {
    /// Gives the rules for techniques that are compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rules<TechniqueId>> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::parse(include_str!("../../assets/attack/phrases.toml")).expect("a test loads the asset")
        })
    }
}

impl<T: Copy + DeserializeOwned> Rules<T> {
    /// Reads rules from TOML.
    fn parse(toml: &str) -> Result<Self, toml::de::Error> {
        let file: File<T> = toml::from_str(toml)?;
        Ok(Self::of(&file.rule))
    }
}

impl<T: Copy> Rules<T> {
    /// Makes rules of what an asset writes.
    pub(super) fn of(entries: &[Entry<T>]) -> Self {
        let mut rules = Self { list: Vec::new(), phrases: Vec::new(), first: StemMap::default() };
        for entry in entries {
            rules.add(entry);
        }
        rules
    }

    fn add(&mut self, entry: &Entry<T>) {
        let rule = self.list.len();
        let read = |phrases: &[String]| phrases.iter().map(|text| Phrase::parse(rule, text)).collect::<Vec<_>>();
        for phrase in read(&entry.say) {
            if let Some(Slot::Word(stems)) = phrase.slots.first() {
                let number = u32::try_from(self.phrases.len()).expect("few phrases");
                for stem in stems {
                    self.first.entry(*stem).or_default().push(number);
                }
                self.phrases.push(phrase);
            }
        }
        let (near, unless) = (Company::of(read(&entry.near)), Company::of(read(&entry.unless)));
        self.list.push(Rule { id: entry.id, score: entry.score, topic: entry.topic, near, unless });
    }

    /// Finds the rules that the words of a sentence fire, each once, where their first phrase stands.
    pub(super) fn fire(&self, words: &[Word], mut found: impl FnMut(Firing<T>)) {
        // Rules that this sentence fired already, or that it can not fire.
        let mut done: Vec<usize> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let Some(phrases) = self.first.get(&word.stem) else { continue };
            for phrase in phrases.iter().map(|number| &self.phrases[*number as usize]) {
                let Some(end) = phrase.matches(words, at) else { continue };
                if done.contains(&phrase.rule) {
                    continue;
                }
                let rule = &self.list[phrase.rule];
                let holds = rule.holds(words);
                if holds && context::is_negated(words, at) {
                    continue;
                }
                done.push(phrase.rule);
                if holds {
                    let span = Span::new(word.span.start, words[end - 1].span.end);
                    found(Firing { id: rule.id, score: rule.score, topic: rule.topic, span });
                }
            }
        }
    }
}

impl<T> Rule<T> {
    /// Tells whether what must stand near stands there, and nothing that refutes.
    fn holds(&self, words: &[Word]) -> bool {
        (self.near.is_empty() || self.near.stands(words)) && !self.unless.stands(words)
    }
}

impl Company {
    fn of(all: Vec<Phrase>) -> Self {
        let (single, phrases): (Vec<_>, Vec<_>) = all.into_iter().partition(|phrase| phrase.slots.len() == 1);
        let stems = |slot| if let Slot::Word(stems) = slot { stems } else { Vec::new() };
        let mut words: Vec<u64> = single.into_iter().flat_map(|phrase| phrase.slots).flat_map(stems).collect();
        words.sort_unstable();
        words.dedup();
        Self { words, phrases }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// Tells whether any of it stands in a sentence.
    fn stands(&self, words: &[Word]) -> bool {
        words.iter().any(|word| self.words.binary_search(&word.stem).is_ok())
            || self.phrases.iter().any(|phrase| (0..words.len()).any(|at| phrase.matches(words, at).is_some()))
    }
}

impl Phrase {
    fn parse(rule: usize, text: &str) -> Self {
        let slots = text.split_whitespace().flat_map(slots_of).collect();
        Self { rule, slots }
    }

    /// Gives the word after the phrase, when the phrase begins at `at`.
    fn matches(&self, words: &[Word], at: usize) -> Option<usize> {
        matches(&self.slots, words, at)
    }
}

fn matches(slots: &[Slot], words: &[Word], at: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    match slot {
        Slot::Word(stems) => {
            let word = words.get(at)?;
            stems.binary_search(&word.stem).ok()?;
            matches(rest, words, at + 1)
        }
        Slot::Gap => (at..=at + GAP).find_map(|next| matches(rest, words, next)),
    }
}

/// Reads one blank-separated part of a phrase: `*`, or alternatives parted by `|`; a hyphen makes two words of one.
fn slots_of(part: &str) -> Vec<Slot> {
    if part == "*" {
        return vec![Slot::Gap];
    }
    let mut slots: Vec<Vec<u64>> = Vec::new();
    for alternative in part.split('|') {
        for (place, word) in word::words(alternative, Span::new(0, alternative.len())).enumerate() {
            if slots.len() <= place {
                slots.push(Vec::new());
            }
            slots[place].push(word.stem);
        }
    }
    let sorted = |mut stems: Vec<u64>| {
        stems.sort_unstable();
        stems.dedup();
        Slot::Word(stems)
    };
    slots.into_iter().map(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::Rules;
    use crate::attack::catalogue::Catalogue;

    #[test]
    fn every_rule_of_the_asset_names_an_active_technique() {
        let rules = Rules::shipped();
        assert!(rules.list.len() > 100);
        for rule in &rules.list {
            let active = Catalogue::shipped().get(rule.id).is_some_and(|technique| technique.active);
            assert!(active, "{} is not active", rule.id);
            assert!(rule.score > 0.0 && rule.score <= 1.0, "{}: {}", rule.id, rule.score);
        }
    }
}
