mod add;
mod check;
mod lists;
mod remove;

use jiff::Timestamp;
use serde::Serialize;

use super::{
    Outcome,
    args::{FeedsArgs, FeedsVerb},
    desk::Desk,
    output::{Output, age},
};
use crate::{
    source::Source,
    source::{FeedState, Health},
    text::masked_url,
};

/// Lists the feeds with how they fare, checks one, or changes which there are.
pub(super) async fn run(desk: &Desk, args: &FeedsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    match &args.verb {
        None | Some(FeedsVerb::List { json: false }) => list(desk, false, output).await,
        Some(FeedsVerb::List { json: true }) => list(desk, true, output).await,
        Some(FeedsVerb::Check { place }) => check::run(desk, place, output).await,
        Some(FeedsVerb::Add(args)) => add::run(desk, args, output).await,
        Some(FeedsVerb::Remove { feeds }) => remove::run(desk, feeds, output).await,
        Some(FeedsVerb::Import { file, dry_run }) => lists::import(desk, file, *dry_run, output),
        Some(FeedsVerb::Export { file }) => lists::export(desk, file.as_deref(), output),
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
    let (never, now) = (Health::default(), Timestamp::now());
    for feed in &desk.settings.feeds {
        let health = known.iter().find(|health| health.name == feed.name).unwrap_or(&never);
        if json {
            output.json(&ListedFeed {
                name: &feed.name,
                url: &masked_url(&feed.url),
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
                "{:<9}  {:>6}  {:<28}  {:>12}  {:>12}  {}",
                state(feed, health),
                health.articles,
                feed.name,
                health.good.map_or_else(|| "never".to_owned(), |good| format!("{} ago", age(now, good))),
                next(feed, health, now),
                words(feed, health)
            ))?;
        }
    }
    Ok(if desk.settings.feeds.is_empty() { Outcome::Nothing } else { Outcome::Done })
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

/// Finds the feed of a name, in any case.
fn named<'a>(feeds: &'a [Source], name: &str) -> Option<&'a Source> {
    feeds.iter().find(|feed| feed.name.eq_ignore_ascii_case(name))
}

/// Returns the first of these names that no feed has, else the first of them with a number.
fn free_name<const N: usize>(names: [String; N], feeds: &[Source]) -> String {
    let plain = names[0].clone();
    let numbered = (2..).map(|number| format!("{plain} {number}"));
    let free = names.into_iter().chain(numbered).find(|name| named(feeds, name).is_none());
    free.expect("there are numbers enough")
}

/// Finds the feed of an address, however it is written: scheme, `www.` and a slash at the end make no other feed.
fn known_as<'a>(feeds: &'a [Source], url: &str) -> Option<&'a Source> {
    fn bare(url: &str) -> String {
        let url = url.trim().trim_end_matches('/');
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        format!("{}{path}", host.to_ascii_lowercase())
    }
    let wanted = bare(url);
    feeds.iter().find(|feed| bare(&feed.url) == wanted)
}

#[cfg(test)]
mod tests {
    use super::{free_name, known_as};
    use crate::source::Source;

    #[test]
    fn one_feed_has_one_address_however_it_is_written() {
        let feeds = [Source::new("a", "https://www.News.example/Feed/"), Source::new("b", "/srv/inbox")];
        let name = |url: &str| known_as(&feeds, url).map(|feed| feed.name.as_str());
        assert_eq!(name("http://news.example/Feed"), Some("a"));
        assert_eq!(name("https://news.example/feed"), None);
        assert_eq!(name("/srv/inbox/"), Some("b"));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let feeds = ["News", "news 2", "News (news.example)"].map(|name| Source::new(name, "/srv"));
        let free = |names: [&str; 2], taken: usize| free_name(names.map(str::to_owned), &feeds[..taken]);
        assert_eq!(free(["News", "News (news.example)"], 0), "News");
        assert_eq!(free(["NEWS", "News (news.example)"], 2), "News (news.example)");
        assert_eq!(free(["News", "News (news.example)"], 3), "News 3");
    }
}
