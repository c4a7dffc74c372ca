//! The signals of `assets/severity.toml`, read once.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Severity,
    asset::{Advisory, Bands, Count, Entry, File, Negation, Supposition},
    zone::Zone,
};
use crate::reading::{AnyPhrase, Phrases, Reading, Sketch, Spelling, Traits, Word};

/// All that the asset says.
#[derive(Debug)]
pub(super) struct SignalRules {
    pub(super) bands: Bands,
    /// How many bytes of text, after the title, are the lead.
    pub(super) lead: usize,
    pub(super) advisory: Advisory,
    pub(super) signals: Vec<SignalRule>,
    pub(super) phrases: Phrases<Say>,
    /// How many words a negation reaches over.
    negation_reach: usize,
    supposition: AnyPhrase,
    /// How many words a supposition reaches over.
    supposition_reach: usize,
}

/// One signal.
#[derive(Debug)]
pub(super) struct SignalRule {
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
    near: AnyPhrase,
    unless: AnyPhrase,
}

/// A phrase that fires a signal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Say {
    signal: u16,
    /// In which zones it is read, by their numbers.
    zones: [bool; 3],
    /// Whether it must begin with a word that has a capital letter.
    capital: bool,
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

impl SignalRules {
    /// Returns the rules compiled into the program.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<SignalRules> = OnceLock::new();
        SHIPPED
            .get_or_init(|| Self::parse(include_str!("../../../assets/severity.toml")).expect("a test loads the asset"))
    }

    /// Reads rules from TOML.
    ///
    /// # Errors
    /// A sentence that names the signal and what is wrong with it.
    pub(super) fn parse(toml: &str) -> Result<Self, String> {
        let File { lead, bands, advisory, negation: Negation { reach: negation_reach }, supposition, signal } =
            toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut phrases = Phrases::new(Spelling::Form);
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut signals = Vec::with_capacity(signal.len());
        for entry in signal {
            let name = entry.name.clone();
            let fault = |fault| format!("signal `{name}`: {fault}");
            let rule = SignalRule::read(entry, signals.len() as u16, &numbers, &mut phrases).map_err(fault)?;
            if numbers.insert(name.clone(), signals.len()).is_some() {
                return Err(format!("signal `{name}` stands twice"));
            }
            signals.push(rule);
        }
        let Supposition { words, reach: supposition_reach } = supposition;
        let supposition = AnyPhrase::parse(&words, &mut phrases)?;
        Ok(Self { bands, lead, advisory, signals, phrases, negation_reach, supposition, supposition_reach })
    }

    /// Finds the phrases of signals that stand in a sentence and that nothing before them takes back: the signal, the
    /// first word and the one after the last.
    pub(super) fn fire(
        &self,
        reading: &Reading<'_>,
        zone: Zone,
        words: &[Word],
        numbers: &[u16],
        mut found: impl FnMut(usize, usize, usize),
    ) {
        let has_capital = |at: usize| reading.form(words[at]).traits.has(Traits::CAPITAL);
        let may = |say: Say, at: usize| say.zones[zone as usize] && (!say.capital || has_capital(at));
        self.phrases.find(numbers, may, |say, at, end| {
            let rule = &self.signals[usize::from(say.signal)];
            let before = &numbers[at.saturating_sub(self.supposition_reach)..at];
            let denied = rule.deniable && reading.is_negated(words, at, self.negation_reach);
            let supposed = || rule.firm && self.supposition.stands(&self.phrases, before, Sketch::of(before));
            if !denied && !supposed() {
                found(usize::from(say.signal), at, end);
            }
        });
    }
}

impl SignalRule {
    /// Reads a signal; the phrases that fire it are added to the others.
    fn read(
        entry: Entry,
        signal: u16,
        known: &HashMap<String, usize>,
        phrases: &mut Phrases<Say>,
    ) -> Result<Self, String> {
        let other = |name: &str| {
            let (name, in_title) = name.strip_suffix("@title").map_or((name, false), |name| (name, true));
            let number = known.get(name).ok_or_else(|| format!("no signal above it is called `{name}`"))?;
            Ok::<_, String>(Other { number: *number, in_title })
        };
        let group = |names: &String| names.split('|').map(&other).collect::<Result<Vec<_>, _>>();
        let all = entry.all.iter().map(group).collect::<Result<Vec<_>, _>>()?;
        let without = entry.without.iter().map(|name| other(name)).collect::<Result<Vec<_>, _>>()?;
        let points = Points { title: entry.title, lead: entry.lead, body: entry.body };
        for (texts, only, capital) in [
            (&entry.say, None, entry.capital),
            (&entry.say_title, Some(Zone::Title), entry.capital),
            (&entry.say_small, None, false),
        ] {
            let is_read = |zone| points.at(zone).is_some() && only.is_none_or(|only| only == zone);
            let say = Say { signal, zones: Zone::ALL.map(is_read), capital };
            texts.iter().try_for_each(|text| phrases.add(text, say))?;
        }
        let has_phrases = [&entry.say, &entry.say_title, &entry.say_small].iter().any(|texts| !texts.is_empty());
        let (near, unless) = (AnyPhrase::parse(&entry.near, phrases)?, AnyPhrase::parse(&entry.unless, phrases)?);
        Ok(Self {
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
            has_phrases,
            near,
            unless,
        })
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
    pub(super) fn holds(&self, phrases: &Phrases<Say>, sentence: &[u16], sketch: Sketch) -> bool {
        (self.near.is_empty() || self.near.stands(phrases, sentence, sketch))
            && !self.unless.stands(phrases, sentence, sketch)
    }
}
