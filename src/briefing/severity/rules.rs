//! The signals of `assets/severity.toml`, read once.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Severity,
    asset::{Advisory, Bands, Count, Entry, File, Words},
    lexicon::{Lexicon, UNKNOWN},
    phrase::{Phrase, fault},
    reading::Zone,
    word::Word,
};
use crate::text::{
    ByWord,
    phrase::{self, After, Next, Phrases},
};

/// All that the asset says.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) bands: Bands,
    /// How many bytes of text, after the title, are the lead.
    pub(super) lead: usize,
    pub(super) advisory: Advisory,
    pub(super) signals: Vec<Rule>,
    pub(super) lexicon: Lexicon,
    pub(super) phrases: Phrases,
    /// Where phrases may begin, by the first word, those of one word in the order of the asset.
    starts: ByWord<Start>,
    negation: Denial,
    supposition: Denial,
}

/// One signal.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    points: Points,
    /// In how many sentences of the body it must stand, when it stands in none before.
    pub(super) times: usize,
    pub(super) at_most: Option<Severity>,
    pub(super) count: Option<Count>,
    /// One of each group must have been found.
    pub(super) all: Vec<Vec<Other>>,
    /// None of these may have been found.
    pub(super) without: Vec<Other>,
    pub(super) tags: Vec<String>,
    deniable: bool,
    /// Whether "could be" before the phrase refutes it.
    firm: bool,
    has_phrases: bool,
    near: Vec<Phrase>,
    unless: Vec<Phrase>,
}

/// A phrase that fires a signal.
#[derive(Debug)]
struct Say {
    phrase: Phrase,
    /// The only zone it is read in.
    only: Option<Zone>,
    /// Whether it must begin with a word that has a capital letter.
    capital: bool,
}

/// A phrase of a signal, as its first word leads to it; packed, as most are read and passed over.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// The sketch of what must come after the first word.
    sketch: u64,
    phrase: phrase::Phrase,
    signal: u16,
    /// Where it does not begin: a bit for each zone that it is not read in, [`SMALL`], [`INSIDE`]; and [`GAP`].
    never: u8,
}

/// A word without a capital letter.
const SMALL: u8 = 1 << 3;
/// A word that is not the first of its sentence.
const INSIDE: u8 = 1 << 4;
/// A gap may stand before what must come.
const GAP: u8 = 1 << 5;

impl Start {
    /// Returns `true` if the phrase may begin with a word that is `here`.
    const fn may_be(&self, here: u8, after: After) -> bool {
        after.may_be(Next { sketch: self.sketch, gap: self.never & GAP != 0 }) && self.never & here == 0
    }
}

/// Another signal, which a signal builds on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    /// Its place among the signals.
    pub(super) number: usize,
    /// Whether only the title counts.
    pub(super) in_title: bool,
}

/// Points by the zone; none where the signal is not looked for.
#[derive(Clone, Copy, Debug)]
struct Points {
    title: Option<i32>,
    lead: Option<i32>,
    body: Option<i32>,
}

impl Points {
    const fn at(self, zone: Zone) -> Option<i32> {
        match zone {
            Zone::Title => self.title,
            Zone::Lead => self.lead,
            Zone::Body => self.body,
        }
    }
}

/// Words that take a phrase back when they stand before it, and how many words they reach over.
#[derive(Debug)]
struct Denial {
    words: Vec<u16>,
    reach: usize,
}

impl Denial {
    fn holds(&self, sentence: &[Word], at: usize) -> bool {
        let known = |word: &Word| word.number != UNKNOWN && self.words.contains(&word.number);
        sentence[at.saturating_sub(self.reach)..at].iter().any(known)
    }
}

impl Rules {
    /// Returns the rules compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rules> = OnceLock::new();
        SHIPPED
            .get_or_init(|| Self::parse(include_str!("../../../assets/severity.toml")).expect("a test loads the asset"))
    }

    /// Reads rules from TOML.
    ///
    /// # Errors
    /// A sentence that names the signal and what is wrong with it.
    pub(super) fn parse(toml: &str) -> Result<Self, String> {
        let File { lead, bands, advisory, negation, supposition, signal } =
            toml::from_str(toml).map_err(|error| error.to_string())?;
        let (mut lexicon, mut phrases, mut starts) = (Lexicon::default(), Phrases::default(), Vec::new());
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut signals = Vec::with_capacity(signal.len());
        for entry in signal {
            let name = entry.name.clone();
            let fault = |fault| format!("signal `{name}`: {fault}");
            let (rule, say) = Rule::read(entry, &numbers, &mut lexicon, &mut phrases).map_err(fault)?;
            starts.extend(starts_of(signals.len() as u16, &rule, &say, &phrases));
            if numbers.insert(name.clone(), signals.len()).is_some() {
                return Err(format!("signal `{name}` stands twice"));
            }
            signals.push(rule);
        }
        let mut denial = |Words { words, reach }| Denial {
            words: words.iter().map(|word: &String| lexicon.learn(word)).collect(),
            reach,
        };
        let (negation, supposition) = (denial(negation), denial(supposition));
        let starts = ByWord::of(starts);
        Ok(Self { bands, lead, advisory, signals, lexicon, phrases, starts, negation, supposition })
    }

    /// Finds the phrases of signals that stand in a sentence and that nothing before them takes back: the signal, the
    /// first word and the one after the last.
    pub(super) fn fire(&self, zone: Zone, sentence: &[Word], mut found: impl FnMut(usize, usize, usize)) {
        for (at, word) in sentence.iter().enumerate() {
            let starts = self.starts.get(word.number);
            if starts.is_empty() {
                continue;
            }
            let after = After::of(sentence, at);
            let here = 1 << zone as u8 | if word.capital { 0 } else { SMALL } | if at == 0 { 0 } else { INSIDE };
            for start in starts.iter().filter(|start| start.may_be(here, after)) {
                let Some(end) = self.phrases.ends(start.phrase, sentence, at + 1) else { continue };
                let signal = usize::from(start.signal);
                if !self.denies(&self.signals[signal], sentence, at) {
                    found(signal, at, end);
                }
            }
        }
    }

    /// Returns `true` if the words before a phrase take it back.
    fn denies(&self, rule: &Rule, sentence: &[Word], at: usize) -> bool {
        rule.deniable && self.negation.holds(sentence, at) || rule.firm && self.supposition.holds(sentence, at)
    }
}

/// Returns where the phrases of a signal may begin, each with the number of the word.
fn starts_of(signal: u16, rule: &Rule, say: &[Say], phrases: &Phrases) -> Vec<(u16, Start)> {
    let starts = say.iter().flat_map(|Say { phrase, only, capital }| {
        let is_read = |zone: Zone| rule.points.at(zone).is_some() && only.is_none_or(|only| only == zone);
        let unread = Zone::ALL.into_iter().filter(|zone| !is_read(*zone)).fold(0, |bits, zone| bits | 1 << zone as u8);
        let Next { sketch, gap } = phrases.next(phrase.words);
        let bit = |holds: bool, bit: u8| if holds { bit } else { 0 };
        let never = unread | bit(*capital, SMALL) | bit(phrase.begins, INSIDE) | bit(gap, GAP);
        let start = Start { sketch, phrase: phrase.words, signal, never };
        phrases.first(phrase.words).iter().map(move |word| (*word, start))
    });
    starts.collect()
}

impl Rule {
    /// Reads a signal and the phrases that fire it.
    fn read(
        entry: Entry,
        known: &HashMap<String, usize>,
        lexicon: &mut Lexicon,
        phrases: &mut Phrases,
    ) -> Result<(Self, Vec<Say>), String> {
        let other = |name: &str| {
            let (name, in_title) = name.strip_suffix("@title").map_or((name, false), |name| (name, true));
            let number = known.get(name).ok_or_else(|| format!("no signal above it is called `{name}`"))?;
            Ok::<_, String>(Other { number: *number, in_title })
        };
        let group = |names: &String| names.split('|').map(&other).collect::<Result<Vec<_>, _>>();
        let all = entry.all.iter().map(group).collect::<Result<Vec<_>, _>>()?;
        let without = entry.without.iter().map(|name| other(name)).collect::<Result<Vec<_>, _>>()?;
        let mut read = |texts: &[String]| -> Result<Vec<Phrase>, String> {
            let phrase = |text: &String| fault(text).map_or_else(|| Ok(Phrase::parse(text, phrases, lexicon)), Err);
            texts.iter().map(phrase).collect()
        };
        let mut say = Vec::new();
        for (texts, only, capital) in [
            (&entry.say, None, entry.capital),
            (&entry.say_title, Some(Zone::Title), entry.capital),
            (&entry.say_small, None, false),
        ] {
            say.extend(read(texts)?.into_iter().map(|phrase| Say { phrase, only, capital }));
        }
        let (near, unless) = (read(&entry.near)?, read(&entry.unless)?);
        let points = Points { title: entry.title, lead: entry.lead, body: entry.body };
        let rule = Self {
            name: entry.name,
            points,
            times: entry.times,
            at_most: entry.at_most,
            count: entry.count,
            all,
            without,
            tags: entry.tags,
            deniable: entry.deniable,
            firm: entry.firm,
            has_phrases: !say.is_empty(),
            near,
            unless,
        };
        Ok((rule, say))
    }

    /// Returns the points of the signal in a zone; 0 where it is not looked for.
    pub(super) fn points(&self, zone: Zone) -> i32 {
        self.points.at(zone).unwrap_or(0)
    }

    /// Returns `true` if the signal has phrases of its own; else it is made of others.
    pub(super) const fn has_phrases(&self) -> bool {
        self.has_phrases
    }

    /// Returns `true` if what must stand near stands in the sentence, and nothing that refutes.
    pub(super) fn holds(&self, phrases: &Phrases, sentence: &[Word]) -> bool {
        let stands = |phrase: &Phrase| phrase.stands_in(phrases, sentence);
        (self.near.is_empty() || self.near.iter().any(stands)) && !self.unless.iter().any(stands)
    }
}
