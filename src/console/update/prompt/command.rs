//! The commands of the palette.

use std::path::PathBuf;

use jiff::SignedDuration;

use super::verb;
use crate::{
    console::{
        action::{Action, Ask, Copy, Tune},
        effect::Effect,
        state::{App, Candidate, ListFilter, Tone},
        update::{act, marks, palette::VERBS, parameters, views},
    },
    hunt::Dialect,
    triage::Change,
};

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
        _ => app.refuse(format!("`{text}` is no command")),
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
            None => app.refuse(format!("there is no view `{word}`")),
        },
        "theme" => vec![Effect::Theme(word.to_owned())],
        "window" | "cap" => match word.parse() {
            Ok(count) => {
                let tune = if verb == "cap" { Tune::Cap } else { Tune::Window };
                parameters::tune(app, tune, Some(count))
            }
            Err(_) => app.refuse(format!("`{word}` is no number")),
        },
        "prefix" => parameters::prefix(app, word),
        "dialect" => match Dialect::ALL.into_iter().find(|dialect| dialect.name() == word) {
            Some(dialect) => {
                app.dialect = dialect;
                app.say(Tone::Plain, format!("hunts are shown and copied as {}", dialect.label()));
                Vec::new()
            }
            None => {
                app.refuse(format!("`{word}` is not a dialect: {} are", Dialect::ALL.map(Dialect::name).join(", ")))
            }
        },
        "tag" => {
            let articles = marks::targets(app);
            super::tag(app, &articles, word)
        }
        "owner" => marks::settle_on(app, vec![Change::Owner(word.to_owned())]),
        _ => match length(word).and_then(|length| app.now.checked_add(length).ok()) {
            Some(until) => marks::settle_on(app, vec![Change::Snooze(until)]),
            None => app.refuse("write how long: 3h, 2d or 1w"),
        },
    }
}

/// Has the report for the next shift written into a file; `~` is the home folder.
fn report(app: &mut App, file: &str) -> Vec<Effect> {
    if file.is_empty() {
        let copy = app.keymap.key_of(Action::Copy(Copy::HandOver));
        return app.refuse(format!("write the name of a file; {copy} copies the report"));
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
