use std::path::PathBuf;

use jiff::SignedDuration;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};

use super::verb;
use crate::{
    config::SHIPPED_THEMES,
    console::{
        action::{Action, Ask, Copy, TABLE, Tune},
        message::Effect,
        state::{App, Candidate, ListFilter, Tone},
        update::{act, marks, parameters, refuse, views},
    },
    hunt::Dialect,
    triage::Change,
    verb::{Flag, MarkArgs, flags},
};

/// The commands that take a word more, each with what it does.
const VERBS: [(&str, &str); 13] = [
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

fn actions(text: &str) -> Vec<&'static crate::console::action::Entry> {
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

/// Runs a command: a line number, a command with its word, or the chosen action.
pub(super) fn run(app: &mut App, text: &str, chosen: Option<&Candidate>) -> Vec<Effect> {
    if let Ok(line) = text.parse::<usize>() {
        app.list.go(line.saturating_sub(1));
        return Vec::new();
    }
    let whole = match chosen {
        // What `mark` is to do is written out; what it could do besides is only offered.
        Some(Candidate::Word(word, _)) if !word.ends_with(' ') && !text.starts_with("mark ") => word.clone(),
        _ => text.to_owned(),
    };
    let (verb, word) = whole.split_once(' ').unwrap_or((&whole, ""));
    if VERBS.iter().any(|(known, _)| *known == verb) {
        return with_word(app, verb, word.trim());
    }
    match chosen.and_then(Candidate::action) {
        Some(action) if action != Action::Ask(Ask::Command) => act::act(app, action, None),
        _ if text.is_empty() => Vec::new(),
        _ => refuse(app, format!("`{text}` is no command")),
    }
}

fn with_word(app: &mut App, verb: &str, word: &str) -> Vec<Effect> {
    match verb {
        "list" => verb::list(app, word),
        "show" => verb::show(app, word),
        "mark" => verb::mark(app, word),
        "report" => report(app, word),
        "view" => match app.views.iter().find(|view| view.name.eq_ignore_ascii_case(word)).cloned() {
            Some(view) => views::enter(app, ListFilter::view(&view)),
            None => refuse(app, format!("there is no view `{word}`")),
        },
        "theme" => vec![Effect::Theme(word.to_owned())],
        "window" | "cap" => match word.parse() {
            Ok(count) => {
                let tune = if verb == "cap" { Tune::Cap } else { Tune::Window };
                parameters::tune(app, tune, Some(count))
            }
            Err(_) => refuse(app, format!("`{word}` is no number")),
        },
        "prefix" => parameters::prefix(app, word),
        "dialect" => match Dialect::ALL.into_iter().find(|dialect| dialect.name() == word) {
            Some(dialect) => {
                app.dialect = dialect;
                app.say(Tone::Plain, format!("hunts are shown and copied as {}", dialect.label()));
                Vec::new()
            }
            None => {
                refuse(app, format!("`{word}` is not a dialect: {} are", Dialect::ALL.map(Dialect::name).join(", ")))
            }
        },
        "tag" => {
            let articles = marks::targets(app);
            super::tag(app, &articles, word)
        }
        "owner" => marks::settle_on(app, vec![Change::Owner(word.to_owned())]),
        _ => match length(word).and_then(|length| app.now.checked_add(length).ok()) {
            Some(until) => marks::settle_on(app, vec![Change::Snooze(until)]),
            None => refuse(app, "write how long: 3h, 2d or 1w"),
        },
    }
}

/// Has the report for the next shift written into a file; `~` is the home folder.
fn report(app: &mut App, file: &str) -> Vec<Effect> {
    if file.is_empty() {
        let copy = app.keymap.key_of(Action::Copy(Copy::HandOver));
        return refuse(app, format!("write the name of a file; {copy} copies the report"));
    }
    let home = file.strip_prefix("~/").zip(std::env::home_dir());
    let path = home.map_or_else(|| PathBuf::from(file), |(rest, home)| home.join(rest));
    vec![Effect::Report(path, app.now)]
}

/// Reads a length of time: a number and h, d or w.
fn length(text: &str) -> Option<SignedDuration> {
    let hours = match text.chars().last()? {
        'h' => 1,
        'd' => 24,
        'w' => 168,
        _ => return None,
    };
    let number: i64 = text[..text.len() - 1].parse().ok().filter(|number| (1..=10_000).contains(number))?;
    Some(SignedDuration::from_hours(number * hours))
}

#[cfg(test)]
mod tests {
    use super::{SignedDuration, length};

    #[test]
    fn lengths_are_a_number_and_a_unit() {
        assert_eq!(length("2d"), Some(SignedDuration::from_hours(48)));
        for bad in ["", "d", "0h", "-1h", "2m", "2", "é", "99999w"] {
            assert_eq!(length(bad), None, "{bad}");
        }
    }
}
