mod damage;
mod feeds;
mod growth;
mod machine;

pub(super) use damage::save;

use std::{env, io::IsTerminal, path::Path};

use jiff::{SignedDuration, Timestamp};

use super::{
    Outcome,
    desk::Desk,
    output::{Output, age},
};
use crate::{
    clipboard::{Route, routes},
    config::ClipboardSetting,
    source::Health,
    store::{Store, private_folder},
    text::counted,
    triage::{Filter, Order},
};

/// What one check found.
enum Finding {
    Good(String),
    /// It works, but something should be known.
    Note(String),
    /// It does not work; what to do about it.
    Bad(String),
}

use Finding::{Bad, Good, Note};

/// Checks everything that huntdeck needs, and says what to do about what is wrong.
///
/// `fault` is what is wrong with the configuration; everything else is checked with the shipped one then.
pub(super) async fn run(desk: &Desk, fault: Option<&anyhow::Error>, output: &mut Output) -> anyhow::Result<Outcome> {
    let now = Timestamp::now();
    let faulty = fault.map(|fault| Bad(format!("{fault:#}; the rest is checked as if it were not there")));
    let mut findings = vec![("configuration", faulty.unwrap_or_else(|| configuration(desk)))];
    findings.extend(feeds::secrets(desk).map(|finding| ("secrets", finding)));
    match desk.store() {
        Ok(store) => {
            findings.push(("database", damage::database(desk, &store).await));
            if let Err(error) = data_findings(desk, &store, now, &mut findings).await {
                findings.push(("data", Bad(format!("{error:#}"))));
            }
        }
        Err(error) => findings.push(("database", damage::unopenable(desk, &error))),
    }
    findings.extend(desk.store_file.as_deref().and_then(machine::disk).map(|finding| ("disk", finding)));
    findings.extend(machine::network(desk).map(|finding| ("network", finding)));
    findings.push(("log and copies", folder(desk.paths.as_ref().map(|paths| paths.state.as_path()))));
    findings.push(("terminal", terminal()));
    findings.push(("clipboard", clipboard(desk.settings.console.clipboard)));
    let mut outcome = Outcome::Done;
    for (what, finding) in findings {
        let (sign, text) = match finding {
            Good(text) => ("ok  ", text),
            Note(text) => ("note", text),
            Bad(text) => {
                outcome = Outcome::Faulty;
                ("BAD ", text)
            }
        };
        output.line(format_args!("{sign}  {what}: {text}"))?;
    }
    Ok(outcome)
}

fn configuration(desk: &Desk) -> Finding {
    let enabled = desk.settings.feeds.iter().filter(|feed| feed.enabled).count();
    let from = if desk.config_file.exists() {
        desk.config_file.display().to_string()
    } else {
        format!("as shipped; {} would change it", desk.config_file.display())
    };
    if enabled == 0 {
        return Note(format!("{from}; no feed is enabled, so nothing will be fetched"));
    }
    Good(format!("{from}; {}, {}", counted(enabled, "feed"), counted(desk.hunts().iter().count(), "hunt")))
}

/// Adds what is to be said of what the database holds.
async fn data_findings(
    desk: &Desk,
    store: &Store,
    now: Timestamp,
    findings: &mut Vec<(&'static str, Finding)>,
) -> anyhow::Result<()> {
    let known = store.feeds().await?;
    findings.push(("data", data(store, &known, now).await?));
    findings.push(("size", growth::finding(desk, store, now).await?));
    findings.push(("clock", machine::clock(store, &known, now).await?));
    findings.extend(feeds::all(desk, &known, now).into_iter().map(|finding| ("feeds", finding)));
    Ok(())
}

/// Says what there is and how old it is.
async fn data(store: &Store, known: &[Health], now: Timestamp) -> anyhow::Result<Finding> {
    let count = store.count(&Filter::default()).await?;
    let newest = store.page(&Filter::default(), Order::Date, None, 1).await?.rows.into_iter().next();
    let Some(newest) = newest else { return Ok(Note("no article yet: `huntdeck fetch` asks the feeds".to_owned())) };
    let text = format!("{}, the newest of {:.0}", counted(count, "article"), newest.published);
    Ok(match known.iter().filter_map(|health| health.good).max() {
        None => Note(format!("{text}; no feed has answered yet: `huntdeck fetch` asks them")),
        Some(good) if now.duration_since(good) > SignedDuration::from_hours(24) => {
            Note(format!("{text}; no feed has answered for {}: `huntdeck fetch` asks them", age(now, good)))
        }
        Some(good) => Good(format!("{text}; the last feed answered {} ago", age(now, good))),
    })
}

/// Checks that a folder can be written to by writing to it: permissions, quotas and full disks all show there.
fn folder(path: Option<&Path>) -> Finding {
    let Some(path) = path else {
        return Bad("there is no home directory: set HOME, or name files with --config and --db".to_owned());
    };
    let probe = path.join(".doctor");
    let tried = private_folder(path)
        .and_then(|()| std::fs::write(&probe, b"huntdeck"))
        .and_then(|()| std::fs::remove_file(&probe));
    match tried {
        Ok(()) => Good(format!("{} can be written", path.display())),
        Err(error) => Bad(format!("cannot write to {}: {error}", path.display())),
    }
}

fn terminal() -> Finding {
    let term = env::var("TERM").unwrap_or_default();
    if !std::io::stdout().is_terminal() {
        return Note("standard output is no terminal here, so the console would not open".to_owned());
    }
    if term.is_empty() || term == "dumb" {
        return Bad(format!("TERM is {term:?}: the console needs a terminal that can move its cursor"));
    }
    let colours = if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        "without colours (NO_COLOR)"
    } else if env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit") {
        "24-bit colours"
    } else {
        "the palette's colours"
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|at| !at.is_empty()));
    let locale = locale.unwrap_or_default();
    if !locale.to_ascii_lowercase().replace('-', "").contains("utf8") {
        return Note(format!(
            "{term}, {colours}; the locale is {locale:?}: set LANG to one of UTF-8, such as C.UTF-8, or turn on console.plain"
        ));
    }
    Good(format!("{term}, {colours}, {locale}"))
}

/// Says where a copy would go. What the terminal does with OSC 52 cannot be asked, so that is said.
fn clipboard(setting: ClipboardSetting) -> Finding {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let routes = routes(setting, is_set);
    let names: Vec<&str> = routes.iter().map(|route| route.name()).collect();
    let names = names.join(", then ");
    match routes.first() {
        Some(Route::Terminal) => Note(format!("{names}; the terminal must allow it, and the file always has the copy")),
        Some(Route::Tmux) if env::var_os("TMUX").is_none() => Bad(format!("{names}, but this is no tmux session")),
        _ => Good(names),
    }
}
