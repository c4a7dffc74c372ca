//! Lists of feeds, as other readers write and read them.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use anyhow::Context;
use url::Url;

use super::{free_name, known_as};
use crate::{
    cli::{
        Outcome,
        desk::Desk,
        output::{self, Output},
    },
    feed::opml::{self, Outline},
    source::Source,
    text::{counted, masked_url},
};

/// The greatest list that is read, in bytes.
const LARGEST: u64 = 20_000_000;

/// Adds the feeds of a list that are not there yet.
pub(super) fn import(desk: &Desk, list: &Path, dry_run: bool, output: &mut Output) -> anyhow::Result<Outcome> {
    let shown = list.display();
    let found = opml::import(&read(list).with_context(|| format!("cannot read {shown}"))?)
        .with_context(|| format!("{shown} is no list of feeds"))?;
    let mut file = desk.config_to_change()?;
    let mut feeds = file.settings()?.feeds;
    let (mut added, mut known) = (0, 0);
    for outline in found.feeds {
        if let Some(feed) = known_as(&feeds, &outline.url) {
            output.line(format_args!("known as {:?}: {}", feed.name, masked_url(&outline.url)))?;
            known += 1;
            continue;
        }
        let name = free_name([outline.name], &feeds);
        let feed = Source { tags: outline.categories, ..Source::new(name, outline.url) };
        output.line(format_args!("new: {} {} {}", feed.name, masked_url(&feed.url), feed.tags.join(", ")))?;
        file.add_feed(&feed);
        feeds.push(feed);
        added += 1;
    }
    for left in &found.left_out {
        output.line(format_args!("left out: {}: {}", left.entry, left.why))?;
    }
    if added > 0 && !dry_run {
        file.save()?;
    }
    let to = if dry_run { "would be added to" } else { "added to" };
    output.line(format_args!(
        "{} {to} {}, {known} had been there",
        counted(added, "feed"),
        desk.config_file.display()
    ))?;
    Ok(if added == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Writes the feeds as a list. Folders have no place in one, and a password is nobody else's business.
pub(super) fn export(desk: &Desk, to: Option<&Path>, output: &mut Output) -> anyhow::Result<Outcome> {
    let feeds = &desk.settings.feeds;
    let outlines: Vec<Outline> = feeds.iter().filter_map(outline).collect();
    let text = opml::export("huntdeck", &outlines);
    match to {
        Some(path) => fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?,
        None => output.raw(text.as_bytes())?,
    }
    let left = feeds.len() - outlines.len();
    if left > 0 {
        output::complain(&format!("{} left out: a list has no place for files and folders", counted(left, "feed")));
    }
    Ok(if outlines.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn outline(feed: &Source) -> Option<Outline> {
    let mut url = Url::parse(&feed.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    // It fails only for addresses that cannot hold a login.
    let _ = (url.set_username(""), url.set_password(None));
    let url = if feed.url.contains('@') { url.to_string() } else { feed.url.clone() };
    Some(Outline { name: feed.name.clone(), url, site: None, categories: feed.tags.clone() })
}

fn read(list: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if list == Path::new("-") {
        io::stdin().lock().take(LARGEST).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(list)?.take(LARGEST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
