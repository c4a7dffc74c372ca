//! The phrase rules of an asset, matched against the words of a sentence.

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    context,
    lexicon::{Lexicon, Word},
    phrase,
};
use crate::text::{
    ByWord, Span,
    phrase::{After, Choice, Needs, Next, Phrase, Phrases, sketch},
};

/// Every rule of an asset, and their phrases by the word that they begin with.
///
/// `T` is what a rule tells of: a technique or a phase.
#[derive(Debug)]
pub(super) struct Rules<T> {
    list: Vec<Rule<T>>,
    phrases: Phrases,
    /// Where phrases may begin, by the first word, those of one word in the order of the asset.
    starts: ByWord<Start>,
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
    /// The sketch of what must come after the first word: it stands here so that few phrases have to be looked at.
    sketch: u64,
    phrase: Phrase,
    rule: u16,
    /// Whether a gap may stand before what must come.
    gap: bool,
}

/// What else may stand in a sentence.
#[derive(Debug)]
struct Company {
    /// Single words.
    words: Choice,
    /// Phrases, each with what it needs.
    phrases: Vec<(Needs, Phrase)>,
}

/// What is known of the rules in a sentence, while it is read; its room is kept from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Rules that the sentence fired already, or cannot fire.
    done: Vec<u16>,
    /// Rules whose neighbours were seen to stand, so that a sentence full of denied phrases stays linear.
    near: Vec<u16>,
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
        let (mut list, mut phrases, mut starts) = (Vec::with_capacity(entries.len()), Phrases::default(), Vec::new());
        for (number, entry) in entries.iter().enumerate() {
            let rule = u16::try_from(number).expect("an asset has fewer rules than that");
            let mut read = |texts: &[String]| -> Vec<Phrase> {
                texts.iter().map(|text| phrase::parse(text, &mut phrases, lexicon)).collect()
            };
            let (say, near, unless) = (read(&entry.say), read(&entry.near), read(&entry.unless));
            for phrase in say {
                let Next { sketch, gap } = phrases.next(phrase);
                let start = Start { sketch, phrase, rule, gap };
                starts.extend(phrases.first(phrase).iter().map(|word| (*word, start)));
            }
            let (near, unless) = (Company::of(near, &phrases), Company::of(unless, &phrases));
            list.push(Rule { id: entry.id, score: entry.score, topic: entry.topic, near, unless });
        }
        Self { list, phrases, starts: ByWord::of(starts) }
    }

    /// Finds the rules that the words of a sentence fire, each once, where its first phrase stands, and those it
    /// refutes.
    pub(super) fn fire(&self, words: &[Word], ledger: &mut Ledger, mut found: impl FnMut(Firing<T>)) {
        ledger.done.clear();
        ledger.near.clear();
        let sketch = sketch(words);
        for (at, word) in words.iter().enumerate() {
            let starts = self.starts.get(word.number);
            if starts.is_empty() {
                continue;
            }
            let after = After::of(words, at);
            for start in starts.iter().filter(|start| after.may_be(start.next())) {
                let Some(end) = self.phrases.ends(start.phrase, words, at + 1) else { continue };
                let Some(standing) = self.standing(start.rule, words, sketch, at, ledger) else { continue };
                let span = Span::new(word.span().start, words[end - 1].span().end);
                let Rule { id, score, topic, .. } = self.list[usize::from(start.rule)];
                found(Firing { id, score, topic, standing, span });
            }
        }
    }

    /// Tells what a sentence makes of a rule whose phrase stands at a word; nothing where the rule is done with.
    fn standing(
        &self,
        number: u16,
        words: &[Word],
        sketch: u64,
        at: usize,
        Ledger { done, near }: &mut Ledger,
    ) -> Option<Standing> {
        if done.contains(&number) {
            return None;
        }
        let rule = &self.list[usize::from(number)];
        if !near.contains(&number) {
            if !rule.near.is_empty() && !rule.near.stands(&self.phrases, words, sketch) {
                done.push(number);
                return None;
            }
            near.push(number);
        }
        if context::is_negated(words, at) {
            return Some(Standing::Denied);
        }
        done.push(number);
        let refuted = rule.unless.stands(&self.phrases, words, sketch);
        Some(if refuted { Standing::Doubted } else { Standing::Fires })
    }
}

impl Start {
    const fn next(self) -> Next {
        Next { sketch: self.sketch, gap: self.gap }
    }
}

impl Company {
    fn of(all: Vec<Phrase>, phrases: &Phrases) -> Self {
        let (single, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|phrase| phrases.is_word(*phrase));
        let numbers = single.iter().flat_map(|word| phrases.first(*word)).copied().collect();
        let others = others.into_iter().map(|phrase| (phrases.needs(phrase), phrase)).collect();
        Self { words: Choice::of(numbers), phrases: others }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// Returns `true` if any of it stands in a sentence with this sketch.
    fn stands(&self, phrases: &Phrases, words: &[Word], sketch: u64) -> bool {
        let stands = |(needs, phrase): &(Needs, Phrase)| needs.may_be_in(sketch) && phrases.stands_in(*phrase, words);
        self.words.stands_in(words, sketch) || self.phrases.iter().any(stands)
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
