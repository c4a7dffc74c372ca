//! The phrases that make hunts fit, and the words that show platforms, looked for in one pass over an article.

mod phrase;

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;
use serde::Deserialize;

use super::{
    Hunt,
    platform::{self, Platforms},
    story,
};
use crate::{
    article::{BlockKind, Tokenized},
    attack::{TechniqueHit, TechniqueId},
    indicator::Kinds,
    text::{ByWord, Evidence, FnvMap, Part, Span, Tokens, Vocabulary, WordMap},
};
use phrase::{Anchor, fold, is_whole, stands, words};

/// As many places of one hunt's phrases are kept.
const KEPT: usize = 4;

/// What in an article makes a hunt fit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Triggers {
    /// One of these, shown with evidence. A hunt for a technique is also one for its sub-techniques, unless it names
    /// those that it is for; never the other way about.
    pub techniques: Vec<TechniqueId>,
    /// One of these in the text: whole words, any case, a hyphen and a line break stand for a space.
    pub phrases: Vec<String>,
}

/// Every phrase and platform word, ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Index {
    phrases: Vec<(Vec<u8>, Vec<Meaning>)>,
    /// One word of each phrase.
    words: Vocabulary,
    /// The phrases by the numbers of these words.
    anchors: ByWord<Anchor>,
    /// Phrases without an ASCII letter or digit, which have no such word.
    unanchored: Vec<usize>,
    /// For each technique that hunts name, these hunts by their places in the catalogue.
    named: FnvMap<TechniqueId, Vec<usize>>,
    /// For each technique, the hunts that name it and none of its sub-techniques: they are for all of these.
    families: FnvMap<TechniqueId, Vec<usize>>,
    /// The kinds of values that each hunt takes, by place: none for one that is for a behaviour.
    takes: Vec<Kinds>,
}

#[derive(Clone, Copy, Debug)]
enum Meaning {
    /// A phrase of the hunt at this place of the catalogue.
    Hunt(usize),
    /// The platform at this place of the known ones.
    Platform(usize),
    /// Where a title has it, the article is about something beside an attack.
    Aside,
}

/// What was found in an article.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The phrases of each hunt, by place in the catalogue, in the order of the article.
    pub phrases: Vec<Vec<Evidence>>,
    pub platforms: Platforms,
    /// Whether the title is about something beside an attack.
    pub aside: bool,
}

impl Index {
    pub(super) fn of<'a>(hunts: impl Iterator<Item = &'a Hunt>) -> Self {
        let mut index = Self::default();
        let mut meanings: BTreeMap<Vec<u8>, Vec<Meaning>> = BTreeMap::new();
        for (place, hunt) in hunts.enumerate() {
            index.takes.push(Kinds::of(hunt.takes()));
            index.name(place, &hunt.triggers.techniques);
            for phrase in &hunt.triggers.phrases {
                meanings.entry(fold(phrase)).or_default().push(Meaning::Hunt(place));
            }
        }
        for (platform, word) in platform::words() {
            meanings.entry(fold(&word)).or_default().push(Meaning::Platform(platform));
        }
        for word in story::asides() {
            meanings.entry(fold(&word)).or_default().push(Meaning::Aside);
        }
        let mut shared: WordMap<usize> = WordMap::default();
        meanings.keys().flat_map(|phrase| words(phrase)).for_each(|(_, hash)| *shared.entry(hash).or_default() += 1);
        let mut anchors = Vec::new();
        for (phrase, meanings) in meanings.into_iter().filter(|(phrase, _)| !phrase.trim_ascii().is_empty()) {
            match index.anchor(&phrase, &shared) {
                Some(anchor) => anchors.push(anchor),
                None => index.unanchored.push(index.phrases.len()),
            }
            index.phrases.push((phrase, meanings));
        }
        index.anchors = ByWord::of(anchors);
        index
    }

    /// Finds the word that leads to a phrase; none where it has no word, or the words have no number left.
    fn anchor(&mut self, phrase: &[u8], shared: &WordMap<usize>) -> Option<(u16, Anchor)> {
        // The rarest, as far as can be told: one that few phrases share, and long rather than short.
        let commonness =
            |word: &(Span, u64)| shared.get(&word.1).map_or(0, |phrases| phrases * 1_000) / word.0.len().pow(2);
        let (word, hash) = words(phrase).min_by_key(commonness)?;
        let anchor = Anchor::of(self.phrases.len(), phrase, word)?;
        Some((self.words.learn(hash)?, anchor))
    }

    fn name(&mut self, place: usize, techniques: &[TechniqueId]) {
        for id in techniques.iter().collect::<BTreeSet<_>>() {
            self.named.entry(*id).or_default().push(place);
            if !techniques.iter().any(|other| other.is_sub() && other.parent() == *id) {
                self.families.entry(*id).or_default().push(place);
            }
        }
    }

    /// Returns for each hunt, by its place, the techniques that make it fit.
    pub(super) fn wanted<'a>(&self, shown: &[&'a TechniqueHit]) -> Vec<Vec<&'a TechniqueHit>> {
        let mut wanted: Vec<Vec<&TechniqueHit>> = vec![Vec::new(); self.takes.len()];
        for hit in shown {
            let family = hit.id.is_sub().then(|| self.families.get(&hit.id.parent())).flatten();
            for place in self.named.get(&hit.id).into_iter().chain(family).flatten() {
                wanted[*place].push(hit);
            }
        }
        wanted
    }

    /// Returns the kinds of values that each hunt takes, by its place: the hunts themselves lie far apart in memory.
    pub(super) fn takes(&self) -> &[Kinds] {
        &self.takes
    }

    /// Looks through an article, its furniture left out.
    pub(super) fn read(&self, article: &Tokenized<'_>) -> Reading {
        let mut reading = Reading { phrases: vec![Vec::new(); self.takes.len()], ..Reading::default() };
        self.scan(&article.title, Part::Title, &mut reading, |_| true);
        self.scan(&article.text, Part::Text, &mut reading, |span| {
            let block = article.document.block_at(span.start);
            block.is_some_and(|block| block.kind != BlockKind::Furniture && span.end <= block.span.end)
        });
        reading
    }

    fn scan(&self, tokens: &Tokens<'_>, part: Part, reading: &mut Reading, is_read: impl Fn(Span) -> bool) {
        for (span, number) in self.places(tokens).into_iter().filter(|(span, _)| is_read(*span)) {
            let phrase = &tokens.text()[span.range()];
            for meaning in &self.phrases[number].1 {
                match meaning {
                    Meaning::Platform(platform) => reading.platforms.add(*platform),
                    Meaning::Aside => reading.aside |= part == Part::Title,
                    Meaning::Hunt(place) => {
                        let known = &mut reading.phrases[*place];
                        if known.len() < KEPT && !known.iter().any(|known| covers(known, part, span, phrase)) {
                            known.push(Evidence { span, phrase: phrase.to_owned(), part });
                        }
                    }
                }
            }
        }
    }

    /// Returns the phrases that a word leads to.
    fn anchors(&self, hash: u64) -> &[Anchor] {
        self.anchors.get(self.words.number_of(hash))
    }

    /// Returns where phrases stand in whole words, in the order of their ends, the longer before the shorter.
    fn places(&self, tokens: &Tokens<'_>) -> Vec<(Span, usize)> {
        let text = tokens.text();
        let mut places = Vec::new();
        let mut add = |span: Span, number: usize| {
            if stands(&self.phrases[number].0, text.as_bytes(), span) && is_whole(text, span) {
                places.push((span, number));
            }
        };
        let mut add_around = |at: usize, anchors: &[Anchor]| {
            for anchor in anchors {
                if let Some(span) = anchor.around(at, text.as_bytes()) {
                    add(span, anchor.phrase as usize);
                }
            }
        };
        for token in tokens.all() {
            if token.shape().is_plain() {
                add_around(token.span().start, self.anchors(token.hash));
            } else {
                for (word, hash) in words(&text.as_bytes()[token.span().range()]) {
                    add_around(token.span().start + word.start, self.anchors(hash));
                }
            }
        }
        if !self.unanchored.is_empty() {
            let folded = fold(text);
            for number in &self.unanchored {
                let phrase = &self.phrases[*number].0;
                memmem::find_iter(&folded, phrase).for_each(|at| add(Span::new(at, at + phrase.len()), *number));
            }
        }
        places.sort_unstable_by_key(|(span, _)| (span.end, span.start));
        places
    }
}

fn covers(known: &Evidence, part: Part, span: Span, phrase: &str) -> bool {
    known.part == Part::Text && part == Part::Text && known.span.overlaps(span)
        || known.phrase.eq_ignore_ascii_case(phrase)
}

#[cfg(test)]
mod tests {
    use super::{Index, Kinds, TechniqueHit, Tokenized};
    use crate::{article::Document, hunt::Catalogue};

    fn phrases(text: &str) -> Vec<String> {
        let catalogue = Catalogue::shipped();
        let reading = catalogue.index().read(&Tokenized::of("", &Document::from_plain(text)));
        let place = catalogue.iter().position(|hunt| hunt.meta.id.0 == "UC_SUPPLY_CHAIN").unwrap();
        reading.phrases[place].iter().map(|evidence| evidence.phrase.clone()).collect()
    }

    #[test]
    fn a_phrase_is_found_in_whole_words_and_any_case() {
        assert_eq!(phrases("A Supply-Chain\nAttack on …"), ["Supply-Chain\nAttack"]);
        assert!(phrases("resupply chain attack").is_empty());
        assert!(phrases("supply chain attackerless").is_empty());
    }

    #[test]
    fn a_hunt_that_names_sub_techniques_is_for_these_alone() {
        let wants = |own: &[&str], shown: &str| {
            let mut index = Index { takes: vec![Kinds::default(); 8], ..Index::default() };
            index.name(7, &own.iter().map(|id| id.parse().unwrap()).collect::<Vec<_>>());
            let hit = TechniqueHit { id: shown.parse().unwrap(), score: 1.0, evidence: Vec::new() };
            index.wanted(&[&hit])[7].len() == 1
        };
        assert!(wants(&["T1078"], "T1078.004"));
        assert!(wants(&["T1078", "T1078.002"], "T1078"));
        assert!(!wants(&["T1078", "T1078.002"], "T1078.004"));
        assert!(!wants(&["T1078.002"], "T1078"));
    }

    #[test]
    fn the_words_of_every_platform_are_read() {
        let index = Index::of(std::iter::empty());
        let reading = index.read(&Tokenized::of("Windows", &Document::from_plain("x.exe on an iPhone, windowsill")));
        assert!(reading.platforms.suit(&["windows".into()]));
    }
}
