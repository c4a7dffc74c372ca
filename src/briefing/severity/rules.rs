//! The signals of `assets/severity.toml`, read once.

use std::{collections::HashMap, sync::OnceLock};

use serde::Deserialize;

use super::{
    Severity,
    phrase::{self, Phrase},
    reading::{Lexicon, UNKNOWN, Word, Zone},
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
    /// For each word the phrases that begin with it, as (signal, phrase).
    starts: HashMap<u16, Vec<(usize, usize)>>,
    negation: Denial,
    supposition: Denial,
}

/// The lowest score of each severity.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bands {
    med: i32,
    high: i32,
    crit: i32,
}

impl Bands {
    pub(super) fn severity(self, score: i32) -> Severity {
        match score {
            score if score >= self.crit => Severity::Crit,
            score if score >= self.high => Severity::High,
            score if score >= self.med => Severity::Med,
            _ => Severity::Low,
        }
    }

    /// Gives the highest score that still has a severity.
    pub(super) const fn top(self, severity: Severity) -> i32 {
        match severity {
            Severity::Low => self.med - 1,
            Severity::Med => self.high - 1,
            Severity::High => self.crit - 1,
            Severity::Crit => i32::MAX,
        }
    }
}

/// What is counted, of all that was found in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Counted {
    Hunts,
    Techniques,
    Indicators,
}

/// Points for each thing of a kind, up to a most, when there are at least so many.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    pub(super) of: Counted,
    pub(super) each: i32,
    pub(super) most: i32,
    #[serde(default = "once")]
    pub(super) least: usize,
}

/// Points for the fields of an advisory.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advisory {
    pub(super) kev: i32,
    pub(super) ransomware: i32,
    /// For a due date at most `soon_days` after the publication.
    pub(super) due_soon: i32,
    pub(super) soon_days: i32,
    pub(super) wide: i32,
    pub(super) niche: i32,
    pub(super) critical: i32,
    pub(super) high: i32,
    pub(super) medium: i32,
    pub(super) low: i32,
    /// For a CVSS base score of at least 9.0.
    pub(super) cvss_critical: i32,
    /// For a CVSS base score of at least 7.0.
    pub(super) cvss_high: i32,
    pub(super) malware: i32,
    /// For malware in some versions of a package that has good ones too.
    pub(super) hijacked: i32,
    pub(super) popular: i32,
    /// Packages that many others depend on.
    pub(super) popular_packages: Vec<String>,
    /// The signals whose phrases name products, for `wide` and `niche`.
    pub(super) wide_signal: String,
    pub(super) niche_signal: String,
}

/// One signal.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) title: i32,
    pub(super) lead: i32,
    pub(super) body: i32,
    /// In how many sentences of the body it must stand, when it stands in none before.
    pub(super) times: usize,
    pub(super) at_most: Option<Severity>,
    pub(super) count: Option<Count>,
    /// One of each group must have been found.
    pub(super) all: Vec<Vec<Other>>,
    /// None of these may have been found.
    pub(super) without: Vec<Other>,
    pub(super) tags: Vec<String>,
    /// Whether it has phrases of its own; else it is made of others.
    pub(super) has_phrases: bool,
    zones: Zones,
    capital: bool,
    deniable: bool,
    /// Whether "could be" before the phrase refutes it.
    firm: bool,
    say: Vec<(Phrase, Option<Zone>)>,
    near: Vec<Phrase>,
    unless: Vec<Phrase>,
}

/// Another signal, which a signal builds on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    /// Its place among the signals.
    pub(super) number: usize,
    /// Whether only the title counts.
    pub(super) in_title: bool,
}

#[derive(Clone, Copy, Debug)]
struct Zones {
    title: bool,
    lead: bool,
    body: bool,
}

impl Zones {
    const fn has(self, zone: Zone) -> bool {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lead: usize,
    bands: Bands,
    advisory: Advisory,
    negation: Words,
    supposition: Words,
    signal: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
    reach: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    title: Option<i32>,
    lead: Option<i32>,
    body: Option<i32>,
    #[serde(default = "once")]
    times: usize,
    at_most: Option<Severity>,
    count: Option<Count>,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    capital: bool,
    #[serde(default = "yes")]
    deniable: bool,
    #[serde(default)]
    firm: bool,
    #[serde(default)]
    say: Vec<String>,
    #[serde(default)]
    say_title: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

const fn once() -> usize {
    1
}

const fn yes() -> bool {
    true
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

    /// Gives the phrases that may begin with a word, as (signal, phrase).
    pub(super) fn starting_with(&self, word: &Word) -> &[(usize, usize)] {
        if word.number == UNKNOWN { &[] } else { self.starts.get(&word.number).map_or(&[], Vec::as_slice) }
    }

    /// Tells whether the words before a phrase take it back.
    pub(super) fn denies(&self, rule: &Rule, sentence: &[Word], at: usize) -> bool {
        rule.deniable && self.negation.holds(sentence, at) || rule.firm && self.supposition.holds(sentence, at)
    }
}

fn starts(signals: &[Rule]) -> HashMap<u16, Vec<(usize, usize)>> {
    let mut starts: HashMap<u16, Vec<(usize, usize)>> = HashMap::new();
    for (number, rule) in signals.iter().enumerate() {
        for (place, (phrase, _)) in rule.say.iter().enumerate() {
            for word in phrase.first() {
                starts.entry(*word).or_default().push((number, place));
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
        let anywhere = read(&entry.say)?.into_iter().map(|phrase| (phrase, None));
        let titles = read(&entry.say_title)?.into_iter().map(|phrase| (phrase, Some(Zone::Title)));
        let say: Vec<_> = anywhere.chain(titles).collect();
        let (near, unless) = (read(&entry.near)?, read(&entry.unless)?);
        let zones = Zones { title: entry.title.is_some(), lead: entry.lead.is_some(), body: entry.body.is_some() };
        Ok(Self {
            has_phrases: !say.is_empty(),
            name: entry.name,
            title: entry.title.unwrap_or(0),
            lead: entry.lead.unwrap_or(0),
            body: entry.body.unwrap_or(0),
            times: entry.times,
            at_most: entry.at_most,
            count: entry.count,
            all,
            without,
            tags: entry.tags,
            zones,
            capital: entry.capital,
            deniable: entry.deniable,
            firm: entry.firm,
            say,
            near,
            unless,
        })
    }

    pub(super) const fn points(&self, zone: Zone) -> i32 {
        match zone {
            Zone::Title => self.title,
            Zone::Lead => self.lead,
            Zone::Body => self.body,
        }
    }

    /// Tells whether the signal is looked for in a zone at all.
    pub(super) const fn reads(&self, zone: Zone) -> bool {
        self.zones.has(zone)
    }

    /// Gives the word after a phrase of the signal that begins at `at`.
    pub(super) fn ends(&self, phrase: usize, zone: Zone, sentence: &[Word], at: usize) -> Option<usize> {
        let (phrase, only) = &self.say[phrase];
        if only.is_some_and(|only| only != zone) || self.capital && !sentence[at].capital {
            return None;
        }
        phrase.matches(sentence, at)
    }

    /// Tells whether what must stand near stands in the sentence, and nothing that refutes.
    pub(super) fn holds(&self, sentence: &[Word]) -> bool {
        (self.near.is_empty() || self.near.iter().any(|phrase| phrase.stands_in(sentence)))
            && !self.unless.iter().any(|phrase| phrase.stands_in(sentence))
    }
}
