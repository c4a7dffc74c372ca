use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        args::{FeedsListArgs, ListFormat},
        desk::Desk,
        output::{Output, age},
    },
    source::{FeedState, Health, Source},
    text::masked_url,
};

/// A feed as JSON has it.
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

/// Lists the feeds; ends with its own code when one that is asked fails.
pub(super) async fn run(desk: &Desk, args: &FeedsListArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let known = desk.store()?.feeds().await?;
    let (never, now) = (Health::default(), Timestamp::now());
    let health = |feed: &Source| known.iter().find(|health| health.name == feed.name).unwrap_or(&never);
    let fails = |feed: &Source| feed.enabled && health(feed).state == FeedState::Failing;
    let is_array = args.format == ListFormat::Json;
    let mut printed = 0;
    for feed in desk.settings.feeds.iter().filter(|feed| !args.quiet || fails(feed)) {
        if is_array {
            output.json_in_array(&ListedFeed::new(feed, &masked_url(&feed.url), health(feed)), printed == 0)?;
        } else if args.json {
            output.json(&ListedFeed::new(feed, &masked_url(&feed.url), health(feed)))?;
        } else {
            output.line(line(feed, health(feed), now))?;
        }
        printed += 1;
    }
    if is_array {
        output.end_array(printed == 0)?;
    }
    Ok(match desk.settings.feeds.as_slice() {
        [] => Outcome::Nothing,
        feeds if feeds.iter().any(fails) => Outcome::SomeFail,
        _ => Outcome::Done,
    })
}

impl<'a> ListedFeed<'a> {
    fn new(feed: &'a Source, url: &'a str, health: &'a Health) -> Self {
        Self {
            name: &feed.name,
            url,
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
        }
    }
}

fn line(feed: &Source, health: &Health, now: Timestamp) -> String {
    format!(
        "{:<9}  {:>6}  {:<28}  {:>12}  {:>12}  {}",
        state(feed, health),
        health.articles,
        feed.name,
        health.good.map_or_else(|| "never".to_owned(), |good| format!("{} ago", age(now, good))),
        next(feed, health, now),
        words(feed, health)
    )
}

fn state(feed: &Source, health: &Health) -> &'static str {
    if feed.enabled { health.state.name() } else { "off" }
}

/// Says when a feed is asked again.
fn next(feed: &Source, health: &Health, now: Timestamp) -> String {
    match health.due {
        _ if !feed.enabled => "never".to_owned(),
        Some(due) if due > now => format!("next in {}", age(due, now)),
        _ => "due now".to_owned(),
    }
}

fn words(feed: &Source, health: &Health) -> String {
    let times = if health.failures > 1 { format!("{} times ", health.failures) } else { String::new() };
    let since = health.failing_since.map(|since| format!("{times}since {since:.0}: ")).unwrap_or_default();
    if !health.error.is_empty() {
        format!("{since}{}", health.error)
    } else if health.remark.is_empty() {
        masked_url(&feed.url)
    } else {
        format!("{} — {}", masked_url(&feed.url), health.remark)
    }
}
