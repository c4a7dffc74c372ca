use std::fs;

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::{
    Outcome,
    args::{FeedsArgs, FeedsVerb},
    desk::Desk,
    output::Output,
};
use crate::{
    config::FeedSettings,
    feed::{self, Fetched, Fetcher, ParsedFeed, Validators},
    store::{FeedHealth, FeedState},
};

/// Lists the feeds with how they fare, or checks one.
pub(super) async fn run(desk: &Desk, args: &FeedsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    match &args.verb {
        None | Some(FeedsVerb::List { json: false }) => list(desk, false, output).await,
        Some(FeedsVerb::List { json: true }) => list(desk, true, output).await,
        Some(FeedsVerb::Check { place }) => check(desk, place, output).await,
    }
}

#[derive(Serialize)]
struct ListedFeed<'a> {
    name: &'a str,
    url: &'a str,
    enabled: bool,
    state: FeedState,
    http_status: Option<u16>,
    error: &'a str,
    remark: &'a str,
    failing_since: Option<Timestamp>,
    failures: u32,
    asked: Option<Timestamp>,
    good: Option<Timestamp>,
    due: Option<Timestamp>,
    articles: u64,
}

async fn list(desk: &Desk, json: bool, output: &mut Output) -> anyhow::Result<Outcome> {
    let known = desk.store()?.feeds().await?;
    let never = FeedHealth::default();
    for feed in &desk.settings.feeds {
        let health = known.iter().find(|health| health.name == feed.name).unwrap_or(&never);
        if json {
            output.json(&ListedFeed {
                name: &feed.name,
                url: &feed.url,
                enabled: feed.enabled,
                state: health.state,
                http_status: health.http_status,
                error: &health.error,
                remark: &health.remark,
                failing_since: health.failing_since,
                failures: health.failures,
                asked: health.asked,
                good: health.good,
                due: health.due,
                articles: health.articles,
            })?;
        } else {
            output.line(format_args!(
                "{:<9}  {:>6}  {:<28}  {}",
                state(feed, health),
                health.articles,
                feed.name,
                words(feed, health)
            ))?;
        }
    }
    Ok(if desk.settings.feeds.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn state(feed: &FeedSettings, health: &FeedHealth) -> &'static str {
    if feed.enabled { health.state.name() } else { "off" }
}

fn words(feed: &FeedSettings, health: &FeedHealth) -> String {
    let since = health.failing_since.map(|since| format!("since {since:.0}: ")).unwrap_or_default();
    if !health.error.is_empty() {
        format!("{since}{}", health.error)
    } else if health.remark.is_empty() {
        feed.url.clone()
    } else {
        format!("{} — {}", feed.url, health.remark)
    }
}

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

async fn check(desk: &Desk, place: &str, output: &mut Output) -> anyhow::Result<Outcome> {
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
    if !Url::parse(place).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        let bytes = fs::read(place).with_context(|| format!("cannot read {place}"))?;
        return feed::parse(&bytes, None, None).with_context(|| format!("{place} is no feed"));
    }
    if desk.offline {
        bail!("--offline asks no server: leave it out to check {place}");
    }
    let settings = FeedSettings::new(place, place);
    match Fetcher::new(&desk.settings.fetch)?.fetch(&settings, &Validators::default()).await? {
        Fetched::Fresh(fresh) => Ok(fresh.feed),
        Fetched::Unchanged { .. } => {
            bail!("{place} answers \"not modified\" to a first request: its server is at fault")
        }
    }
}
