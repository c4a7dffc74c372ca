//! Many rounds of a feed that misbehaves by a seed: what comes through is exact, and what does not is told.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/server.rs"]
mod server;

use std::{
    collections::BTreeSet,
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use huntdeck::{
    briefing::Briefer,
    config::{FetchSettings, Settings},
    feed::{FetchError, Fetched, Fetcher, Validators},
    hunt::Catalogue,
    intake::{FetchRun, Selection},
    source::FeedState,
    source::Source,
    store::Store,
    triage::Filter,
    triage::Order,
};
use server::{Reply, Request, Server};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

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
    let source: Source = toml::from_str(&format!("name = \"f\"\nurl = {:?}", server.url("/feed"))).unwrap();
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

/// How many feeds go through the whole intake, and how many items each shows.
const WATCHED: u64 = 5;
const SHOWN: u64 = 40;

/// Writes a feed of the intake in a round: one more item each time, the last of them shown.
fn shown(path: &str, round: u64) -> String {
    let mut feed = String::from("<rss version='2.0'><channel><title>T</title>");
    for item in (round.saturating_sub(SHOWN)..=round).rev() {
        let _ = write!(
            feed,
            "<item><title>item {item} of {path}</title><link>https://news.example{path}/{item}</link>\
             <description>It used evil{item}[.]example.</description></item>"
        );
    }
    feed + "</channel></rss>"
}

fn answer(mood: u64, round: u64, request: &Request) -> Reply {
    let text = shown(&request.path, round);
    let good = || Reply::ok(text.clone()).header("ETag", &format!("\"{round}\""));
    let half = &text[..text.floor_char_boundary(text.len() / 2)];
    match mood {
        1..=4 | 6..=9 => reply(mood, round, request),
        5 => good().late(Duration::from_millis(400)),
        10 => Reply::ok(text.replace("evil", "AT&T evil")),
        11 => Reply::ok(half).length(text.len()).header("ETag", "\"half\"").reset(),
        12 => Reply::ok(half).wait(Duration::from_millis(400)).body("x"),
        13 if request.before.is_multiple_of(2) => Reply::status(500),
        _ => good(),
    }
}

/// Returns what this process holds of memory of its own in MB, where the system tells: not the pages of the program, of
/// which ever more are touched.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1_024)
}

/// Runs rounds of the whole intake over feeds that misbehave, and then some more in which they show nothing new; the
/// last round with new items is a good one.
async fn intake(rounds: u64, still: u64) {
    let round = Arc::new(AtomicU64::new(0));
    let now = Arc::clone(&round);
    let server = Server::start(move |request| {
        let round = now.load(Ordering::SeqCst);
        let feed = u64::from(*request.path.as_bytes().last().unwrap());
        answer(if round + 1 == rounds { MOODS } else { mood(feed, round) }, round.min(rounds - 1), request)
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("h.db")).unwrap();
    let names = (0..WATCHED).map(|feed| format!("/f{feed}"));
    let settings = Settings {
        feeds: names.clone().map(|name| Source::new(name.clone(), server.url(&name))).collect(),
        fetch: FetchSettings {
            read_timeout: Duration::from_millis(200),
            total_timeout: Duration::from_secs(2),
            max_feed_mb: 2,
            ..FetchSettings::default()
        },
        ..Settings::default()
    };
    let (sender, mut receiver) = mpsc::channel(64);
    let passes = FetchRun::new(
        store.clone(),
        Arc::new(Fetcher::new(&settings.fetch).unwrap()),
        Arc::new(Briefer::new(Catalogue::shipped())),
        Arc::new(settings),
        sender,
        CancellationToken::new(),
    );
    let listening = tokio::spawn(async move { while receiver.recv().await.is_some() {} });
    let mut failed = 0;
    let mut resident_by_quarter = Vec::new();
    for number in 0..rounds + still {
        round.store(number, Ordering::SeqCst);
        failed += passes.run(&Selection::All).await.unwrap().failed;
        for health in store.feeds().await.unwrap() {
            assert_eq!(health.state == FeedState::Failing, !health.error.is_empty(), "round {number}: {health:?}");
            assert!(!health.error.contains(char::is_control), "{}", health.error);
        }
        if (number + 1) * 4 >= rounds * (resident_by_quarter.len() as u64 + 1) {
            resident_by_quarter.extend(resident());
        }
    }
    let resident_at_last = resident();
    let page = store.page(&Filter::default(), Order::Date, None, 1_000_000).await.unwrap();
    let mut titles: Vec<String> = page.rows.into_iter().map(|row| row.title).collect();
    titles.sort();
    let items = |name: String| (0..rounds).map(move |item| format!("item {item} of {name}"));
    let wanted: BTreeSet<String> = names.flat_map(items).collect();
    assert!(titles.iter().eq(&wanted), "an item is lost or doubled");
    assert_eq!(store.check().await.unwrap(), [""; 0]);
    drop(passes);
    listening.await.unwrap();
    println!("{rounds} and {still} rounds, {failed} failures told, {} articles", titles.len());
    stays_small(rounds, still, &resident_by_quarter, resident_at_last);
}

/// Holds against the memory at each quarter of the rounds with news, and after those without.
fn stays_small(rounds: u64, still: u64, by_quarter: &[u64], at_last: Option<u64>) {
    println!("MB at each quarter: {by_quarter:?}, at last: {at_last:?}");
    // A store that grows fills the caches of its connections; nothing else may grow.
    assert!(rounds < 100 || grown(by_quarter) <= 8, "memory grows: {by_quarter:?} MB");
    let before = by_quarter.get(3).copied();
    assert!(still < 100 || at_last <= before.map(|before| before + 1), "memory grows in rounds without news");
}

/// Returns by how much memory grew after the first quarter, which fills caches: what grows on would grow for ever.
fn grown(by_quarter: &[u64]) -> u64 {
    by_quarter.last().zip(by_quarter.first()).map_or(0, |(late, early)| late.saturating_sub(*early))
}

#[tokio::test]
async fn a_misbehaving_feed_loses_and_doubles_nothing_in_the_store() {
    intake(10, 2).await;
}

#[tokio::test]
#[ignore = "takes minutes; CONTRIBUTING.md has its command"]
async fn five_hundred_rounds_of_the_whole_intake_lose_nothing_and_stay_small() {
    intake(500, 250).await;
}
