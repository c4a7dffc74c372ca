//! The phrases that make hunts fit, and the words that show platforms, looked for in one pass over an article.

use std::{collections::BTreeMap, hash::Hasher};

use memchr::memmem;
use serde::Deserialize;

use super::{
    Hunt,
    platform::{self, Platforms},
    story,
};
use crate::{
    article::{BlockKind, Document},
    attack::TechniqueId,
    text::{Evidence, Fnv, FnvMap, Part, Span},
};

/// As many places of one hunt's phrases are kept.
const KEPT: usize = 4;

/// What in an article makes a hunt fit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Triggers {
    /// One of these, shown with evidence.
    pub techniques: Vec<TechniqueId>,
    /// One of these in the text: whole words, any case, a hyphen and a line break stand for a space.
    pub phrases: Vec<String>,
}

impl Triggers {
    /// Tells whether a technique that an article shows makes the hunt fit.
    ///
    /// A hunt for a technique is also one for its sub-techniques, unless it names those that it is for; never the
    /// other way about.
    pub(super) fn want(&self, shown: TechniqueId) -> bool {
        let parent = shown.parent();
        let named = |id: &TechniqueId| id.is_sub() && id.parent() == parent;
        self.techniques.contains(&shown) || self.techniques.contains(&parent) && !self.techniques.iter().any(named)
    }
}

/// Every phrase and platform word, ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Index {
    phrases: Vec<(Vec<u8>, Vec<Meaning>)>,
    /// For the hash of the first word of each phrase, the phrases that have it, and how many bytes of each stand before it.
    anchors: FnvMap<u64, Vec<(usize, usize)>>,
    /// Phrases without an ASCII letter or digit, which have no such word.
    unanchored: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Meaning {
    /// A phrase of the hunt at this place of the catalogue.
    Hunt(usize),
    Platform(&'static str),
    /// Where a title has it, the article is about something beside an attack.
    Aside,
}

/// What was found in an article.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The phrases of each hunt that has any, by place in the catalogue, in the order of the article.
    pub phrases: BTreeMap<usize, Vec<Evidence>>,
    pub platforms: Platforms,
    /// Whether the title is about something beside an attack.
    pub aside: bool,
}

impl Index {
    pub(super) fn of<'a>(hunts: impl Iterator<Item = &'a Hunt>) -> Self {
        let mut meanings: BTreeMap<Vec<u8>, Vec<Meaning>> = BTreeMap::new();
        for (place, hunt) in hunts.enumerate() {
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
        let mut index = Self::default();
        for (phrase, meanings) in meanings.into_iter().filter(|(phrase, _)| !phrase.trim_ascii().is_empty()) {
            index.add(phrase, meanings);
        }
        index
    }

    fn add(&mut self, phrase: Vec<u8>, meanings: Vec<Meaning>) {
        let number = self.phrases.len();
        match words(&phrase).next() {
            Some((start, hash)) => self.anchors.entry(hash).or_default().push((number, start)),
            None => self.unanchored.push(number),
        }
        self.phrases.push((phrase, meanings));
    }

    /// Looks through an article, its furniture left out.
    pub(super) fn read(&self, title: &str, document: &Document) -> Reading {
        let mut reading = Reading::default();
        self.scan(title, &mut reading, |span| Some(Evidence::in_title(title, span)));
        self.scan(&document.text, &mut reading, |span| {
            let block = document.block_at(span.start)?;
            let inside = block.kind != BlockKind::Furniture && span.end <= block.span.end;
            inside.then(|| Evidence::in_text(&document.text, span))
        });
        reading
    }

    fn scan(&self, text: &str, reading: &mut Reading, evidence: impl Fn(Span) -> Option<Evidence>) {
        for (span, number) in self.places(text) {
            let Some(evidence) = evidence(span) else { continue };
            for meaning in &self.phrases[number].1 {
                match meaning {
                    Meaning::Platform(platform) => reading.platforms.add(platform),
                    Meaning::Aside => reading.aside |= evidence.part == Part::Title,
                    Meaning::Hunt(place) => {
                        let phrases = reading.phrases.entry(*place).or_default();
                        let known = phrases.iter().any(|known| covers(known, &evidence));
                        if phrases.len() < KEPT && !known {
                            phrases.push(evidence.clone());
                        }
                    }
                }
            }
        }
    }

    /// Gives where phrases stand in whole words, in the order of their ends, the longer before the shorter.
    fn places(&self, text: &str) -> Vec<(Span, usize)> {
        let folded = fold(text);
        let mut places = Vec::new();
        let mut add = |start: usize, number: usize| {
            let phrase = &self.phrases[number].0;
            let span = Span::new(start, start + phrase.len());
            if folded[start..].starts_with(phrase) && is_whole(text, span) {
                places.push((span, number));
            }
        };
        for (at, hash) in words(&folded) {
            for (number, before) in self.anchors.get(&hash).into_iter().flatten() {
                if let Some(start) = at.checked_sub(*before) {
                    add(start, *number);
                }
            }
        }
        for number in &self.unanchored {
            memmem::find_iter(&folded, &self.phrases[*number].0).for_each(|start| add(start, *number));
        }
        places.sort_unstable_by_key(|(span, _)| (span.end, span.start));
        places
    }
}

/// Gives where each run of ASCII letters and digits begins, and its hash.
fn words(bytes: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
        let mut hash = Fnv::default();
        at = start;
        while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            hash.write_u8(*byte);
            at += 1;
        }
        Some((start, hash.finish()))
    })
}

fn covers(known: &Evidence, new: &Evidence) -> bool {
    known.part == Part::Text && new.part == Part::Text && known.span.overlaps(new.span)
        || known.phrase.eq_ignore_ascii_case(&new.phrase)
}

/// Folds case and what stands for a space; the length stays, so that places stay.
fn fold(text: &str) -> Vec<u8> {
    let folded = text.bytes().map(|byte| match byte {
        b'\n' | b'\r' | b'\t' | b'-' | b'_' => b' ',
        byte => byte.to_ascii_lowercase(),
    });
    folded.collect()
}

/// Tells whether no letter or digit runs into the span from either side.
fn is_whole(text: &str, span: Span) -> bool {
    let inside = &text[span.range()];
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = letter(text[..span.start].chars().next_back()) && letter(inside.chars().next());
    let after = letter(text[span.end..].chars().next()) && letter(inside.chars().next_back());
    !before && !after
}

#[cfg(test)]
mod tests {
    use super::{Document, Index, Triggers};
    use crate::hunt::Catalogue;

    fn phrases(text: &str) -> Vec<String> {
        let catalogue = Catalogue::shipped();
        let reading = catalogue.index().read("", &Document::from_plain(text));
        let place = catalogue.iter().position(|hunt| hunt.id.0 == "UC_SUPPLY_CHAIN").unwrap();
        reading.phrases.get(&place).into_iter().flatten().map(|evidence| evidence.phrase.clone()).collect()
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
            let techniques = own.iter().map(|id| id.parse().unwrap()).collect();
            Triggers { techniques, phrases: Vec::new() }.want(shown.parse().unwrap())
        };
        assert!(wants(&["T1078"], "T1078.004"));
        assert!(wants(&["T1078", "T1078.002"], "T1078"));
        assert!(!wants(&["T1078", "T1078.002"], "T1078.004"));
        assert!(!wants(&["T1078.002"], "T1078"));
    }

    #[test]
    fn the_words_of_every_platform_are_read() {
        let index = Index::of(std::iter::empty());
        let reading = index.read("Windows", &Document::from_plain("x.exe on an iPhone, windowsill"));
        assert!(reading.platforms.suit(&["windows".into()]));
    }
}
