//! The phrases that make hunts fit, and the words that show platforms, looked for in one pass over an article.

mod phrase;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    Hunt,
    platform::{self, Platforms},
    story,
};
use crate::{
    attack::{TechniqueHit, TechniqueId},
    indicator::Kinds,
    reading::{Phrases, Reading, Spelling},
    text::{Evidence, FnvMap, Part, Span},
};
use phrase::{Trigger, WordParts, fold};

/// As many places of one hunt's phrases are kept.
const MAX_PLACES: usize = 4;

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
#[derive(Debug)]
pub(super) struct Index {
    phrases: Vec<(Trigger, Vec<Meaning>)>,
    /// The words of each phrase; each means the phrase at a place of `phrases`.
    words: Phrases<u32>,
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
pub(super) struct Triggered {
    /// The phrases of each hunt, by place in the catalogue, in the order of the article.
    pub phrases: Vec<Vec<Evidence>>,
    pub platforms: Platforms,
    /// Whether the title is about something beside an attack.
    pub aside: bool,
}

impl Index {
    pub(super) fn of<'a>(hunts: impl Iterator<Item = &'a Hunt>) -> Self {
        let mut index = Self {
            phrases: Vec::new(),
            words: Phrases::new(Spelling::Form),
            named: FnvMap::default(),
            families: FnvMap::default(),
            takes: Vec::new(),
        };
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
        for (folded, meanings) in meanings {
            if let Some((trigger, words)) = Trigger::of(folded) {
                index
                    .words
                    .add_hashes(words, index.phrases.len() as u32)
                    .expect("the hunts have fewer words than that");
                index.phrases.push((trigger, meanings));
            }
        }
        index
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
    pub(super) fn read(&self, article: &Reading<'_>) -> Triggered {
        let mut triggered = Triggered { phrases: vec![Vec::new(); self.takes.len()], ..Triggered::default() };
        let mut parts = WordParts::of(article, &self.words);
        // A phrase stands within one block.
        for sentences in article.sentences().chunk_by(|one, next| one.block == next.block) {
            let text = article.part(sentences[0].part);
            let (spans, numbers) = parts.in_sentences(sentences);
            let mut places = Vec::new();
            self.words.find(
                numbers,
                |_, _| true,
                |number, at, end| {
                    let place =
                        self.phrases[number as usize].0.stands(text, Span::new(spans[at].start, spans[end - 1].end));
                    places.extend(place.map(|span| (span, number as usize)));
                },
            );
            // In the order of their ends, the longer before the shorter.
            places.sort_unstable_by_key(|(span, _)| (span.end, span.start));
            for (span, number) in places {
                self.note(sentences[0].part, span, &text[span.range()], number, &mut triggered);
            }
        }
        triggered
    }

    /// Takes note of what a phrase means.
    fn note(&self, part: Part, span: Span, phrase: &str, number: usize, triggered: &mut Triggered) {
        for meaning in &self.phrases[number].1 {
            match meaning {
                Meaning::Platform(platform) => triggered.platforms.add(*platform),
                Meaning::Aside => triggered.aside |= part == Part::Title,
                Meaning::Hunt(place) => {
                    let known = &mut triggered.phrases[*place];
                    if known.len() < MAX_PLACES && !known.iter().any(|known| covers(known, part, span, phrase)) {
                        known.push(Evidence { span, phrase: phrase.to_owned(), part });
                    }
                }
            }
        }
    }
}

fn covers(known: &Evidence, part: Part, span: Span, phrase: &str) -> bool {
    known.part == Part::Text && part == Part::Text && known.span.overlaps(span)
        || known.phrase.eq_ignore_ascii_case(phrase)
}

#[cfg(test)]
mod tests {
    use super::{Index, Kinds, Reading, TechniqueHit};
    use crate::{article::Document, hunt::Catalogue};

    fn phrases(text: &str) -> Vec<String> {
        let catalogue = Catalogue::shipped();
        let document = Document::from_plain(text);
        let reading = catalogue.index().read(&Reading::of("", &document));
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
            let mut index = Index { takes: vec![Kinds::default(); 8], ..Index::of(std::iter::empty()) };
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
        let document = Document::from_plain("x.exe on an iPhone, windowsill");
        let reading = index.read(&Reading::of("Windows", &document));
        assert!(reading.platforms.suit(&["windows".into()]));
    }
}
