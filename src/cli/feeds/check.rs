use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::{
    cli::{Outcome, desk::Desk, output::Output},
    feed::{self, Fetched, Fetcher, ParsedFeed, Validators},
    source::Source,
};

/// The greatest feed that is read from standard input, in bytes.
const LARGEST: u64 = 64 << 20;

/// What `feeds check` prints.
#[derive(Serialize)]
struct Checked<'a> {
    path: &'a str,
    kind: &'a str,
    entries: usize,
    title: &'a str,
    first: Option<FirstEntry<'a>>,
    repaired: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
    without_date: usize,
}

#[derive(Serialize)]
struct FirstEntry<'a> {
    title: &'a str,
    link: Option<&'a str>,
    published_iso: Option<Timestamp>,
}

/// Reads one feed and says what is in it.
pub(super) async fn run(desk: &Desk, place: &str, output: &mut Output) -> anyhow::Result<Outcome> {
    let parsed = read(desk, place).await?;
    let first = parsed.entries.first().map(|entry| FirstEntry {
        title: &entry.title,
        link: parsed.first_address(),
        published_iso: entry.published.or(entry.updated),
    });
    output.json(&Checked {
        path: place,
        kind: parsed.format,
        entries: parsed.entries.len(),
        title: &parsed.title,
        first,
        repaired: parsed.repaired,
        remark: parsed.remark.as_deref(),
        without_date: parsed.entries.iter().filter(|entry| entry.published.or(entry.updated).is_none()).count(),
    })?;
    Ok(if parsed.entries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

async fn read(desk: &Desk, place: &str) -> anyhow::Result<ParsedFeed> {
    let on_the_web = Url::parse(place).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !on_the_web && !Path::new(place).is_dir() {
        let bytes = bytes(place).with_context(|| format!("cannot read {place}"))?;
        return feed::recognise(&bytes, None, None).with_context(|| format!("{place} is no feed"));
    }
    if on_the_web && desk.offline {
        bail!("--offline asks no server: leave it out to check {place}");
    }
    let settings = Source::new(place, place);
    match Fetcher::new(&desk.settings.fetch)?.fetch(&settings, &Validators::default()).await? {
        Fetched::Fresh(fresh) => Ok(fresh.feed),
        Fetched::Unchanged { .. } => {
            bail!("{place} answers \"not modified\" to a first request: its server is at fault")
        }
    }
}

/// Reads a file, or standard input for `-`.
fn bytes(place: &str) -> io::Result<Vec<u8>> {
    if place != "-" {
        return fs::read(place);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST).read_to_end(&mut bytes).map(|_| bytes)
}
