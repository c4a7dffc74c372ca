//! The phrase rules of an asset, matched against the words of a sentence.

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    context,
    lexicon::{Lexicon, Word},
    phrase::{Choice, Next, Phrase, sketch},
};
use crate::text::Span;

/// Every rule of an asset, and their phrases by the word that they begin with.
///
/// `T` is what a rule tells of: a technique or a phase.
#[derive(Debug)]
pub(super) struct Rules<T> {
    list: Vec<Rule<T>>,
    phrases: Vec<Phrase>,
    /// For the number of each word, the phrases that begin with it, in the order of the asset.
    starts: Vec<Vec<Start>>,
}

#[derive(Debug)]
struct Rule<T> {
    id: T,
    score: f32,
    topic: bool,
    near: Company,
    unless: Company,
}

/// Where a phrase may begin.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// What must come after the first word: it stands here so that few phrases have to be looked at.
    next: Next,
    phrase: u32,
    rule: u32,
}

/// What else may stand in a sentence.
#[derive(Debug)]
struct Company {
    /// Single words.
    words: Choice,
    phrases: Vec<Phrase>,
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

impl<T: Copy + DeserializeOwned> Rules<T> {
    /// Reads rules from TOML; the lexicon learns their words.
    pub(super) fn parse(toml: &str, lexicon: &mut Lexicon) -> Result<Self, toml::de::Error> {
        let file: File<T> = toml::from_str(toml)?;
        Ok(Self::of(&file.rule, lexicon))
    }
}

impl<T: Copy> Rules<T> {
    /// Makes rules of what an asset writes; the lexicon learns their words.
    pub(super) fn of(entries: &[Entry<T>], lexicon: &mut Lexicon) -> Self {
        let mut rules = Self { list: Vec::new(), phrases: Vec::new(), starts: Vec::new() };
        for entry in entries {
            rules.add(entry, lexicon);
        }
        rules
    }

    fn add(&mut self, entry: &Entry<T>, lexicon: &mut Lexicon) {
        let rule = number(self.list.len());
        let mut read = |phrases: &[String]| phrases.iter().map(|text| Phrase::parse(text, lexicon)).collect::<Vec<_>>();
        for phrase in read(&entry.say) {
            let start = Start { next: phrase.next(), phrase: number(self.phrases.len()), rule };
            for word in phrase.first() {
                let word = usize::from(*word);
                self.starts.resize_with(self.starts.len().max(word + 1), Vec::new);
                self.starts[word].push(start);
            }
            self.phrases.push(phrase);
        }
        let (near, unless) = (Company::of(read(&entry.near)), Company::of(read(&entry.unless)));
        self.list.push(Rule { id: entry.id, score: entry.score, topic: entry.topic, near, unless });
    }

    /// Finds the rules that the words of a sentence fire, each once, where its first phrase stands, and those it refutes.
    pub(super) fn fire(&self, words: &[Word], mut found: impl FnMut(Firing<T>)) {
        // Rules that this sentence fired already, or can not fire.
        let mut done: Vec<u32> = Vec::new();
        // Rules whose neighbours were seen to stand, so that a sentence full of denied phrases stays linear.
        let mut near: Vec<u32> = Vec::new();
        let sketch = sketch(words);
        for (at, word) in words.iter().enumerate() {
            let Some(starts @ [_, ..]) = self.starts.get(usize::from(word.number)).map(Vec::as_slice) else { continue };
            let after = Next::after(words, at);
            for start in starts.iter().filter(|start| start.next.may_be(after)) {
                let Some(end) = self.phrases[start.phrase as usize].ends(words, at + 1) else { continue };
                if done.contains(&start.rule) {
                    continue;
                }
                let rule = &self.list[start.rule as usize];
                if !near.contains(&start.rule) {
                    if !rule.near.is_empty() && !rule.near.stands(words, sketch) {
                        done.push(start.rule);
                        continue;
                    }
                    near.push(start.rule);
                }
                let standing = if context::is_negated(words, at) {
                    Standing::Denied
                } else {
                    done.push(start.rule);
                    if rule.unless.stands(words, sketch) { Standing::Doubted } else { Standing::Fires }
                };
                let span = Span::new(word.span.start, words[end - 1].span.end);
                found(Firing { id: rule.id, score: rule.score, topic: rule.topic, standing, span });
            }
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("an asset has few rules and phrases")
}

impl Company {
    fn of(all: Vec<Phrase>) -> Self {
        let (single, phrases): (Vec<_>, Vec<_>) = all.into_iter().partition(Phrase::is_word);
        Self { words: Choice::of(single.iter().flat_map(Phrase::first).copied().collect()), phrases }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// Tells whether any of it stands in a sentence with this sketch.
    fn stands(&self, words: &[Word], sketch: u64) -> bool {
        words.iter().any(|word| self.words.has(word))
            || self.phrases.iter().any(|phrase| phrase.stands_in(words, sketch))
    }
}

#[cfg(test)]
mod tests {
    use crate::attack::{asset::Assets, catalogue::Catalogue};

    #[test]
    fn every_rule_of_the_asset_names_an_active_technique() {
        let rules = &Assets::shipped().techniques;
        assert!(rules.list.len() > 100);
        for rule in &rules.list {
            let active = Catalogue::shipped().get(rule.id).is_some_and(|technique| technique.active);
            assert!(active, "{} is not active", rule.id);
            assert!(rule.score > 0.0 && rule.score <= 1.0, "{}: {}", rule.id, rule.score);
        }
    }
}
