//! The signals of `assets/severity.toml`, read once.

use std::{collections::HashMap, sync::OnceLock};

use super::{
    Severity,
    asset::{Advisory, Bands, Count, Entry, File, Words},
    lexicon::{Lexicon, UNKNOWN},
    phrase::{self, Phrase},
    reading::Zone,
    word::Word,
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
    /// For the number of each word the phrases that begin with it.
    starts: Vec<Vec<Start>>,
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
    say: Vec<Say>,
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

/// A phrase of a signal, as its first word leads to it.
#[derive(Clone, Copy, Debug)]
struct Start {
    signal: usize,
    phrase: usize,
    /// The zones that it is read in.
    zones: [bool; 3],
    /// Whether the first word must have a capital letter.
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
    /// Gives the rules compiled into the program.
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
        let mut lexicon = Lexicon::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut signals = Vec::with_capacity(signal.len());
        for entry in signal {
            let name = entry.name.clone();
            let rule =
                Rule::read(entry, &numbers, &mut lexicon).map_err(|fault| format!("signal `{name}`: {fault}"))?;
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
        let starts = starts(&signals);
        Ok(Self { bands, lead, advisory, signals, lexicon, starts, negation, supposition })
    }

    /// Gives the phrases that may begin with a word in a zone, as (signal, phrase).
    pub(super) fn starting_with(&self, word: &Word, zone: Zone) -> impl Iterator<Item = (usize, usize)> {
        let starts = self.starts.get(usize::from(word.number)).map_or(&[][..], Vec::as_slice);
        let may = move |start: &&Start| start.zones[zone as usize] && (word.capital || !start.capital);
        starts.iter().filter(may).map(|start| (start.signal, start.phrase))
    }

    /// Tells whether the words before a phrase take it back.
    pub(super) fn denies(&self, rule: &Rule, sentence: &[Word], at: usize) -> bool {
        rule.deniable && self.negation.holds(sentence, at) || rule.firm && self.supposition.holds(sentence, at)
    }
}

fn starts(signals: &[Rule]) -> Vec<Vec<Start>> {
    let mut starts: Vec<Vec<Start>> = Vec::new();
    for (signal, rule) in signals.iter().enumerate() {
        for (phrase, say) in rule.say.iter().enumerate() {
            let is_read = |zone| rule.points.at(zone).is_some() && say.only.is_none_or(|only| only == zone);
            let start = Start { signal, phrase, zones: Zone::ALL.map(is_read), capital: say.capital };
            for word in say.phrase.first() {
                let word = usize::from(*word);
                starts.resize_with(starts.len().max(word + 1), Vec::new);
                starts[word].push(start);
            }
        }
    }
    starts
}

impl Rule {
    fn read(entry: Entry, known: &HashMap<String, usize>, lexicon: &mut Lexicon) -> Result<Self, String> {
        let other = |name: &str| {
            let (name, in_title) = name.strip_suffix("@title").map_or((name, false), |name| (name, true));
            let number = known.get(name).ok_or_else(|| format!("no signal above it is called `{name}`"))?;
            Ok::<_, String>(Other { number: *number, in_title })
        };
        let group = |names: &String| names.split('|').map(&other).collect::<Result<Vec<_>, _>>();
        let all = entry.all.iter().map(group).collect::<Result<Vec<_>, _>>()?;
        let without = entry.without.iter().map(|name| other(name)).collect::<Result<Vec<_>, _>>()?;
        let mut read = |texts: &[String]| -> Result<Vec<Phrase>, String> {
            texts.iter().map(|text| phrase::fault(text).map_or_else(|| Ok(Phrase::parse(text, lexicon)), Err)).collect()
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
            say,
            near,
            unless,
        })
    }

    /// Gives the points of the signal in a zone; 0 where it is not looked for.
    pub(super) fn points(&self, zone: Zone) -> i32 {
        self.points.at(zone).unwrap_or(0)
    }

    /// Tells whether the signal has phrases of its own; else it is made of others.
    pub(super) const fn has_phrases(&self) -> bool {
        !self.say.is_empty()
    }

    /// Gives the word after a phrase of the signal that begins at `at`, where one of its first words stands.
    pub(super) fn ends(&self, phrase: usize, sentence: &[Word], at: usize) -> Option<usize> {
        self.say[phrase].phrase.ends(sentence, at)
    }

    /// Tells whether what must stand near stands in the sentence, and nothing that refutes.
    pub(super) fn holds(&self, sentence: &[Word]) -> bool {
        (self.near.is_empty() || self.near.iter().any(|phrase| phrase.stands_in(sentence)))
            && !self.unless.iter().any(|phrase| phrase.stands_in(sentence))
    }
}
