use std::{env, io::IsTerminal, path::Path};

use jiff::{SignedDuration, Timestamp};

use super::{Outcome, desk::Desk, output::Output};
use crate::{
    clipboard::{Route, routes},
    query::Query,
    store::{FeedHealth, FeedState, Order, Store},
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
pub(super) async fn run(desk: &Desk, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut findings = vec![("configuration", configuration(desk))];
    match desk.store() {
        Ok(store) => {
            findings.push(("database", database(desk, &store).await));
            findings.push(("data", data(&store).await?));
            findings.push(("feeds", feeds(desk, &store.feeds().await?)));
        }
        Err(error) => findings.push(("database", Bad(format!("{error:#}")))),
    }
    findings.push(("log and copies", folder(desk.paths.as_ref().map(|paths| paths.state.as_path()))));
    findings.push(("terminal", terminal()));
    findings.push(("clipboard", clipboard(&desk.settings.console.clipboard)));
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
    Good(format!("{from}; {enabled} feeds, {} hunts", desk.hunts().iter().count()))
}

async fn database(desk: &Desk, store: &Store) -> Finding {
    let file = desk.store_file.as_deref().map(|file| file.display().to_string()).unwrap_or_default();
    match store.check().await {
        Ok(faults) if faults.is_empty() => Good(format!("{file} is sound")),
        Ok(faults) => {
            Bad(format!("{file} is damaged ({}): move it away and fetch again, or restore a copy", faults.join("; ")))
        }
        Err(error) => Bad(error.to_string()),
    }
}

async fn data(store: &Store) -> anyhow::Result<Finding> {
    let count = store.count(&Query::default()).await?;
    let newest = store.page(&Query::default(), Order::Date, None, 1).await?.rows.into_iter().next();
    let now = Timestamp::now();
    Ok(match newest {
        None => Note("no article yet: `huntdeck fetch` asks the feeds".to_owned()),
        Some(row) if row.seen > now.saturating_add(SignedDuration::from_hours(1))? => Bad(format!(
            "the newest article came in at {:.0}, which is later than now ({now:.0}): set the clock",
            row.seen
        )),
        Some(row) => Good(format!("{count} articles, the newest of {:.0}", row.published)),
    })
}

fn feeds(desk: &Desk, known: &[FeedHealth]) -> Finding {
    let enabled = |name: &str| desk.settings.feeds.iter().any(|feed| feed.enabled && feed.name == name);
    let failing: Vec<&FeedHealth> =
        known.iter().filter(|health| health.state == FeedState::Failing && enabled(&health.name)).collect();
    if known.is_empty() {
        return Note("none has been asked yet".to_owned());
    }
    if failing.is_empty() {
        return Good(format!("none of {} fails", known.len()));
    }
    let worst: Vec<String> =
        failing.iter().take(5).map(|health| format!("{} ({})", health.name, health.error)).collect();
    let more = failing.len().saturating_sub(worst.len());
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    Bad(format!(
        "{} of {} fail: {}{more}; `huntdeck feeds` says since when",
        failing.len(),
        known.len(),
        worst.join(", ")
    ))
}

/// Checks that a folder can be written to by writing to it: permissions, quotas and full disks all show there.
fn folder(path: Option<&Path>) -> Finding {
    let Some(path) = path else {
        return Bad("there is no home directory: set HOME, or name files with --config and --db".to_owned());
    };
    let probe = path.join(".doctor");
    let tried = std::fs::create_dir_all(path)
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
    Good(format!("{term}, {colours}"))
}

/// Says where a copy would go. What the terminal does with OSC 52 can not be asked, so that is said.
fn clipboard(setting: &str) -> Finding {
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
