//! What the palette offers: the commands that take a word, their words, and every action.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::{
    config::SHIPPED_THEMES,
    console::{
        action::{Entry, TABLE},
        state::{App, Candidate},
    },
    hunt::Dialect,
    verb::{Flag, MarkArgs, flags},
};

/// The commands that take a word more, each with what it does.
pub(super) const VERBS: [(&str, &str); 13] = [
    ("list", "QUERY: list what it finds, as the command line does; --all for every state"),
    ("show", "NUMBER: show an article, or those about a CVE"),
    ("mark", "--reviewed, --dismissed, --note TEXT …: change what is selected, or what --query finds"),
    ("report", "FILE: write the report for the next shift into a file"),
    ("view", "NAME: show a saved view"),
    ("theme", "NAME: change the colours"),
    ("dialect", "spl, kql or sigma: the dialect that is shown and copied"),
    ("window", "DAYS: how far back queries look"),
    ("cap", "NUMBER: how many values a query has at the most"),
    ("prefix", "TEXT: an index or macro before SPL searches; nothing takes it off"),
    ("tag", "NAME…: add tags; -NAME takes one off"),
    ("owner", "NAME: give it to somebody; nothing gives it back"),
    ("snooze", "3h, 2d or 1w: put it away for so long"),
];

/// Finds what fits a text: commands with their words, then actions, best first.
pub(super) fn candidates(app: &App, text: &str) -> Vec<Candidate> {
    let mut found = words(app, text);
    found.extend(actions(text).into_iter().map(Candidate::Action));
    found
}

fn words(app: &App, text: &str) -> Vec<Candidate> {
    let Some((verb, begun)) = text.split_once(' ') else {
        let fitting = VERBS.iter().filter(|(verb, _)| !text.is_empty() && verb.starts_with(text));
        return fitting.map(|(verb, about)| Candidate::Word(format!("{verb} "), (*about).into())).collect();
    };
    if verb == "mark" {
        return mark_flags(text);
    }
    let names: Vec<String> = match verb {
        "view" => app.views.iter().map(|view| view.name.clone()).collect(),
        "theme" => app.own_themes.iter().cloned().chain(SHIPPED_THEMES.map(str::to_owned)).collect(),
        "dialect" => Dialect::ALL.map(|dialect| dialect.name().to_owned()).to_vec(),
        _ => Vec::new(),
    };
    let begun = begun.trim().to_lowercase();
    let fitting = names.into_iter().filter(|name| name.to_lowercase().starts_with(&begun));
    fitting.map(|name| Candidate::Word(format!("{verb} {name}"), "".into())).collect()
}

/// Offers the words that `mark` takes, behind those that are written already.
fn mark_flags(text: &str) -> Vec<Candidate> {
    let (written, begun) = text.rsplit_once(' ').unwrap_or((text, ""));
    if !"--".starts_with(begun) && !begun.starts_with("--") {
        return Vec::new();
    }
    let fitting = flags::<MarkArgs>("mark").into_iter().filter(|flag| flag.name.starts_with(begun));
    let word = |flag: Flag| {
        let space = if flag.takes_value { " " } else { "" };
        Candidate::Word(format!("{written} {}{space}", flag.name), flag.about.into())
    };
    fitting.map(word).collect()
}

fn actions(text: &str) -> Vec<&'static Entry> {
    if text.trim().is_empty() {
        return TABLE.iter().collect();
    }
    let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    for entry in TABLE.iter() {
        let name = pattern.score(Utf32Str::new(entry.name, &mut buffer), &mut matcher).map(|score| score * 2);
        let about = pattern.score(Utf32Str::new(entry.about, &mut buffer), &mut matcher);
        found.extend(name.max(about).map(|score| (score, entry)));
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, entry)| entry).collect()
}
