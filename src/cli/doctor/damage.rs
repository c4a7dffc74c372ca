//! A damaged database: what can be read of it, and how to save that.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Finding::{self, Bad, Good};
use crate::{
    cli::{Outcome, desk::Desk, output::Output},
    store::{Rescued, Store},
    text::counted,
};

/// Checks the database.
pub(super) async fn database(desk: &Desk, store: &Store) -> Finding {
    let file = store.path().display();
    match store.check().await {
        Ok(faults) if faults.is_empty() && store.is_read_only() => {
            Good(format!("{file} is sound; it cannot be written, so it is only read"))
        }
        Ok(faults) if faults.is_empty() => Good(format!("{file} is sound")),
        Ok(faults) => Bad(format!("{file} is damaged ({}); {}", faults.join("; "), what_to_do(desk))),
        Err(error) => Bad(format!("{error}; {}", what_to_do(desk))),
    }
}

/// Says why a database cannot be opened, and what of it can be saved.
pub(super) fn unopenable(desk: &Desk, error: &anyhow::Error) -> Finding {
    let exists = desk.store_file.as_deref().is_some_and(Path::is_file);
    Bad(if exists { format!("{error:#}; {}", what_to_do(desk)) } else { format!("{error:#}") })
}

/// Writes what can be read of the database into a new one.
pub(in crate::cli) async fn save(desk: &Desk, to: &Path, output: &mut Output) -> anyhow::Result<Outcome> {
    let from = desk.store_file.as_deref().context("there is no home directory: name the damaged database with --db")?;
    let rescued = Store::rescue(from, to).await?;
    output.line(format_args!("{} is in {}", words(&rescued), to.display()))?;
    output.line(format_args!("move {} away and put this one in its place", from.display()))?;
    Ok(if rescued.articles == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Says what can be read, how it is saved, and which copies there are.
fn what_to_do(desk: &Desk) -> String {
    let Some(file) = desk.store_file.as_deref() else { return String::new() };
    let copies = copies(file);
    let copies = if copies.is_empty() {
        String::new()
    } else {
        format!("; there is a copy of before an update too: {}", copies.join(", "))
    };
    match Store::readable(file) {
        Ok(rescued) if rescued.articles > 0 => {
            let saved = with_ending(file, ".saved");
            let saved = saved.display();
            format!(
                "{} can be read: `huntdeck doctor --save {saved}` writes it into a new database{copies}",
                words(&rescued)
            )
        }
        _ => format!("nothing of it can be read: move it away and fetch again, or put a copy in its place{copies}"),
    }
}

fn words(rescued: &Rescued) -> String {
    let lost = match (rescued.without_text, rescued.lost) {
        (0, 0) => String::new(),
        (texts, 0) => format!(", {texts} without text"),
        (0, lost) => format!(", {lost} lost"),
        (texts, lost) => format!(", {texts} without text and {lost} lost"),
    };
    let articles = counted(rescued.articles, "article");
    format!("{articles} ({} that somebody worked on{lost})", rescued.worked_on)
}

/// Returns the copies that were made before updates, by name.
fn copies(file: &Path) -> Vec<String> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return Vec::new();
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let start = format!("{name}.before-v");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<String> = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(&start)))
        .map(|entry| entry.path().display().to_string())
        .collect();
    copies.sort();
    copies
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
