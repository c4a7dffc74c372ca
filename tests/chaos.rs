//! Many rounds of a feed that misbehaves by a seed: what comes through is exact, and what does not is told.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/server.rs"]
mod server;

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use huntdeck::{
    config::{FeedSettings, FetchSettings},
    feed::{FetchError, Fetched, Fetcher, Validators},
};
use server::{Reply, Request, Server};

/// How many feeds misbehave at the same time, and for how many rounds each.
const FEEDS: u64 = 50;
const ROUNDS: u64 = 10;
/// How many ways of misbehaving there are.
const MOODS: u64 = 16;

/// Draws the mood of a round; any mixing of the bits will do.
fn mood(feed: u64, round: u64) -> u64 {
    let mut seed = (feed << 32 | round) ^ 0x9e37_79b9_7f4a_7c15;
    for _ in 0..4 {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
    }
    seed % MOODS
}

/// Writes the feed as it is in a round: one more item each time, the newest first.
fn feed_of(round: u64) -> String {
    let mut feed = String::from("<rss version='2.0'><channel><title>T</title>");
    for item in (0..=round).rev() {
        let _ = write!(feed, "<item><title>item {item}</title><link>https://news.example/{item}</link></item>");
    }
    feed + "</channel></rss>"
}

fn reply(mood: u64, round: u64, request: &Request) -> Reply {
    let good = || Reply::ok(feed_of(round)).header("ETag", &format!("\"{round}\""));
    match mood {
        0 if request.headers.contains_key("if-none-match") => Reply::status(304).body("a body that must not be here"),
        1 => Reply::status(503).header("Retry-After", "7200"),
        2 => Reply::status(429).header("Retry-After", "Wed, 01 Jan 2070 00:00:00 GMT"),
        3 => Reply::status(403).body("<html>blocked"),
        4 => Reply::ok("<!doctype html><title>Maintenance</title>"),
        5 => good().late(Duration::from_secs(3)),
        6 => Reply::redirect(302, "http://169.254.169.254/latest/meta-data/"),
        7 => Reply::redirect(307, "/circle"),
        8 => Reply::ok(vec![b'<'; 3_000_000]),
        9 => Reply::ok("\0\x1b[2J\u{9b}"),
        10 => Reply::ok(feed_of(round).replace("item ", "AT&T \u{1b}[31m ")),
        11 => good().body("<p>and a page after it</p>"),
        12 => good().wait(Duration::from_millis(20)),
        _ => good(),
    }
}

async fn misbehave(feed: u64) {
    let round = Arc::new(AtomicU64::new(0));
    let now = Arc::clone(&round);
    let server = Server::start(move |request| {
        let round = now.load(Ordering::SeqCst);
        reply(mood(feed, round), round, request)
    })
    .await;
    let settings = FetchSettings {
        read_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_secs(2),
        max_feed_mb: 2,
        ..FetchSettings::default()
    };
    let fetcher = Fetcher::new(&settings).unwrap();
    let source: FeedSettings = toml::from_str(&format!("name = \"f\"\nurl = {:?}", server.url("/feed"))).unwrap();
    let mut known = Validators::default();
    for number in 0..ROUNDS {
        round.store(number, Ordering::SeqCst);
        let mood = mood(feed, number);
        match fetcher.fetch(&source, &known).await {
            Ok(Fetched::Fresh(fresh)) => {
                let links: Vec<_> = fresh.feed.entries.iter().filter_map(|entry| entry.link.clone()).collect();
                let wanted: Vec<_> = (0..=number).rev().map(|item| format!("https://news.example/{item}")).collect();
                assert_eq!(links, wanted, "mood {mood}: no item is lost or doubled");
                assert_eq!(fresh.feed.repaired, mood == 10, "mood {mood}");
                assert!(fresh.feed.entries.iter().all(|entry| !entry.title.contains(char::is_control)));
                known = fresh.validators;
            }
            Ok(Fetched::Unchanged { .. }) => assert!(mood == 0 && !known.is_empty()),
            Err(error) => told(mood, &error, &server),
        }
    }
}

fn told(mood: u64, error: &FetchError, server: &Server) {
    let fits = match mood {
        1 => error.retry_after() == Some(Duration::from_hours(2)),
        2 => error.retry_after() == Some(Duration::from_hours(24)),
        3 => error.status() == Some(403),
        4 | 9 => matches!(error, FetchError::NotFeed { .. }),
        5 => matches!(error, FetchError::Timeout { .. }),
        6 => matches!(error, FetchError::Refused { .. }),
        7 => matches!(error, FetchError::Redirects { .. } | FetchError::NotFeed { .. }),
        8 => matches!(error, FetchError::TooLarge { .. }),
        _ => false,
    };
    let words = error.to_string();
    assert!(fits && words.contains(&server.url("/")) && !words.contains(char::is_control), "mood {mood}: {words}");
}

#[tokio::test]
async fn five_hundred_rounds_lose_and_double_nothing() {
    let rounds: Vec<_> = (0..FEEDS).map(|feed| tokio::spawn(misbehave(feed))).collect();
    for round in rounds {
        round.await.unwrap();
    }
}
