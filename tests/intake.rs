//! The flow against a loopback server: feeds with their quirks in, briefings in the store out.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "support/server.rs"]
mod server;

use std::sync::Arc;

use huntdeck::{
    briefing::{Briefer, Severity},
    config::Settings,
    feed::Fetcher,
    hunt::Catalogue,
    intake::{FeedOutcome, FetchRun, Progress, Selection, Summary, Watch, load_demo, wake, watch},
    query,
    source::{FeedState, Source, SourceKind},
    store::Store,
    triage::{Change, Order, Row, State, Verdict},
};
use jiff::Timestamp;
use server::{Reply, Server};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// A store and the feeds that fill it.
struct Desk {
    store: Store,
    settings: Settings,
}

impl Desk {
    fn with(feeds: Vec<Source>) -> Self {
        Self { store: Store::in_memory().unwrap(), settings: Settings { feeds, ..Settings::default() } }
    }

    /// Runs over every feed once and returns its sum and all that was told.
    async fn fetch(&self) -> (Summary, Vec<Progress>) {
        let (sender, mut receiver) = mpsc::channel(1_024);
        let fetch_run = FetchRun::new(
            self.store.clone(),
            Arc::new(Fetcher::new(&self.settings.fetch).unwrap()),
            Arc::new(Briefer::new(Catalogue::shipped())),
            Arc::new(self.settings.clone()),
            sender,
            CancellationToken::new(),
        );
        let summary = fetch_run.run(&Selection::All).await.unwrap();
        drop(fetch_run);
        let mut told = Vec::new();
        while let Some(progress) = receiver.recv().await {
            told.push(progress);
        }
        (summary, told)
    }

    async fn rows(&self, text: &str) -> Vec<Row> {
        let query = query::parse(text, Timestamp::now()).unwrap();
        self.store.page(&query, Order::Date, None, 1_000).await.unwrap().rows
    }
}

fn rss(items: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>https://news.example/</link>\
         <description>d</description>{items}</channel></rss>"
    )
    .into_bytes()
}

fn item(number: u32, body: &str) -> String {
    format!(
        "<item><title>Article {number}</title><link>https://news.example/{number}</link>\
         <pubDate>Mon, 23 Nov 2026 0{}:00:00 GMT</pubDate><description><![CDATA[{body}]]></description></item>",
        number % 10
    )
}

/// Answers with a body and an `ETag`, and with 304 to who has it.
fn conditional(tag: &str, body: Vec<u8>) -> impl Fn(&server::Request) -> Reply + use<> {
    let tag = tag.to_owned();
    move |request| match request.headers.get("if-none-match") {
        Some(known) if *known == tag => Reply::status(304),
        _ => Reply::ok(body.clone()).header("ETag", &tag),
    }
}

#[tokio::test]
async fn every_item_becomes_a_briefing_and_a_second_round_adds_nothing() {
    let body = rss(&(1..=7).map(|number| item(number, "The C2 server was evil[.]example.")).collect::<String>());
    let server = Server::start(conditional("\"one\"", body)).await;
    let desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);

    let (first, told) = desk.fetch().await;
    assert_eq!((first.feeds, first.new, first.failed), (1, 7, 0));
    assert!(matches!(told.first(), Some(Progress::Started { feeds: 1 })));
    let rows = desk.rows("").await;
    assert_eq!(rows.len(), 7);
    let item = desk.store.item(rows[0].id).await.unwrap().unwrap();
    assert_eq!(item.briefing.indicators[0].value, "evil.example");
    assert_eq!(desk.store.feeds().await.unwrap()[0].state, FeedState::Ok);

    let (second, _) = desk.fetch().await;
    assert_eq!((second.unchanged, second.new, second.changed), (1, 0, 0));
    assert_eq!(server.requests()[1].headers["if-none-match"], "\"one\"");
    assert_eq!(desk.rows("").await.len(), 7);
}

#[tokio::test]
async fn an_edited_article_is_rebuilt_in_place_and_keeps_its_triage() {
    let server = Server::start(|request| match request.before {
        0 => Reply::ok(rss(&item(1, "A first version with few words."))),
        _ => Reply::ok(rss(&item(1, "A second version. It names the C2 domain bad[.]example in its longer text."))),
    })
    .await;
    let desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);
    desk.fetch().await;
    let id = desk.rows("").await[0].id;
    for change in [Change::Note("ours".into()), Change::Review(Verdict::Escalated)] {
        desk.store.mark(vec![id], change, Timestamp::now()).await.unwrap();
    }
    let (second, _) = desk.fetch().await;
    assert_eq!((second.new, second.changed), (0, 1));
    let item = desk.store.item(id).await.unwrap().unwrap();
    assert_eq!((item.row.standing.state, item.row.standing.note.as_str()), (State::New, "ours"));
    assert_eq!(
        item.row.reopened.unwrap().why,
        "was escalated; LOW → HIGH, 1 indicator more",
        "it means more than before"
    );
    assert!(item.article.document.text.contains("second version"));
    assert!(item.briefing.indicators.iter().any(|indicator| indicator.value == "bad.example"));
}

#[tokio::test]
async fn one_broken_item_costs_at_most_itself_and_is_told() {
    let body =
        rss(&format!("{}<item><title>Fish & chips</title><link>https://news.example/9</link></item>", item(1, "x")));
    let server = Server::start(move |_| Reply::ok(body.clone())).await;
    let desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);
    let (summary, _) = desk.fetch().await;
    assert_eq!(summary.new, 2);
    let health = &desk.store.feeds().await.unwrap()[0];
    assert_eq!(health.state, FeedState::Repaired);
    assert!(!health.remark.is_empty());
}

#[tokio::test]
async fn a_failing_feed_is_told_in_words_and_does_not_stop_the_others() {
    let server = Server::start(|request| match request.path.as_str() {
        "/good" => Reply::ok(rss(&item(1, "x"))),
        _ => Reply::status(403).body("no"),
    })
    .await;
    let feeds = vec![Source::new("Bad", server.url("/bad")), Source::new("Good", server.url("/good"))];
    let desk = Desk::with(feeds);
    let (summary, told) = desk.fetch().await;
    assert_eq!((summary.feeds, summary.failed, summary.new), (2, 1, 1));
    let failed = told.iter().find_map(|progress| match progress {
        Progress::Asked { feed, outcome: FeedOutcome::Failed(why), .. } => Some((feed.as_str(), why.as_str())),
        _ => None,
    });
    let (feed, why) = failed.unwrap();
    assert_eq!(feed, "Bad");
    assert!(why.contains("403"), "{why}");
    let health = desk.store.feeds().await.unwrap().into_iter().find(|health| health.name == "Bad").unwrap();
    assert_eq!((health.state, health.http_status, health.failures), (FeedState::Failing, Some(403), 1));
    assert!(health.due.unwrap() > Timestamp::now() && health.failing_since.is_some());
}

#[tokio::test]
async fn what_two_feeds_give_of_one_page_is_one_story() {
    let server = Server::start(|request| match request.path.as_str() {
        "/a" => Reply::ok(rss(&item(1, "x"))),
        _ => Reply::ok(rss(&item(1, "x").replace("news.example/1", "www.news.example/1?utm_source=b"))),
    })
    .await;
    let desk = Desk::with(vec![Source::new("A", server.url("/a")), Source::new("B", server.url("/b"))]);
    desk.fetch().await;
    let rows = desk.rows("").await;
    assert_eq!(rows.len(), 2);
    assert!(rows[0].story.is_some() && rows[0].story == rows[1].story);
    let mut feeds: Vec<_> = rows.iter().flat_map(|row| row.feeds.clone()).collect();
    feeds.sort();
    assert_eq!(feeds, ["A", "B"]);
}

#[tokio::test]
async fn include_exclude_and_tags_of_a_feed_hold() {
    let items: String = (1..=3).map(|number| item(number, "x")).collect();
    let server = Server::start(move |_| Reply::ok(rss(&items))).await;
    let feed = Source {
        include: vec!["article".into()],
        exclude: vec!["article 2".into()],
        tags: vec!["team".into()],
        ..Source::new("News", server.url("/rss"))
    };
    let desk = Desk::with(vec![feed]);
    desk.fetch().await;
    let titles: Vec<String> = desk.rows("tag:team").await.into_iter().map(|row| row.title).collect();
    assert_eq!(titles, ["Article 3", "Article 1"]);
}

#[tokio::test]
async fn the_demo_set_goes_the_same_road_shows_every_severity_and_can_be_purged() {
    let desk = Desk::with(Vec::new());
    let briefer = Briefer::new(Catalogue::shipped());
    load_demo(&desk.store, &briefer, Timestamp::now()).await.unwrap();
    let rows = desk.rows("demo").await;
    assert!((15..=25).contains(&rows.len()));
    for severity in Severity::ALL {
        assert!(rows.iter().any(|row| row.severity == severity), "no demo article is {}", severity.word());
    }
    assert!(
        rows.iter()
            .filter(|row| row.counts.indicators > 0 && row.counts.techniques > 0 && row.counts.hunts > 0)
            .count()
            >= 8
    );
    desk.store.purge_demo().await.unwrap();
    assert!(desk.rows("").await.is_empty());
}

#[tokio::test]
async fn a_page_is_filed_under_its_feed_and_the_summary_is_known_again() {
    let summary = "A loader was seen.";
    let page =
        format!("<html><body><article><p>{}</p></article></body></html>", "The C2 was evil[.]example. ".repeat(40));
    let server = Server::start(move |request| match request.path.as_str() {
        "/1" => Reply::ok(page.clone()).header("Content-Type", "text/html"),
        path => {
            let link = format!("http://{}/1", request.headers["host"]);
            assert_eq!(path, "/rss");
            Reply::ok(rss(&item(1, summary).replace("https://news.example/1", &link)))
        }
    })
    .await;
    let trust = huntdeck::source::Trust { pages: true, ..Default::default() };
    let feed = Source { full_text: Some(true), trust, ..Source::new("News", server.url("/rss")) };
    let desk = Desk::with(vec![feed]);
    desk.fetch().await;
    let rows = desk.rows("").await;
    assert_eq!(rows[0].feeds, ["News"]);
    let item = desk.store.item(rows[0].id).await.unwrap().unwrap();
    assert!(item.article.document.text.contains("evil[.]example"));
    let (again, _) = desk.fetch().await;
    assert_eq!((again.new, again.changed), (0, 0), "the summary does not replace the page");
    assert_eq!(desk.rows("ioc:evil.example feed:news").await.len(), 1);
    assert_eq!(desk.store.feeds().await.unwrap().len(), 1);
    assert_eq!(desk.store.feeds().await.unwrap()[0].articles, 1);
}

#[tokio::test]
async fn a_feed_that_asks_for_patience_keeps_it_when_nothing_changed() {
    let body =
        String::from_utf8(rss(&item(1, "x"))).unwrap().replace("<link>https://news.example/</link>", "<ttl>240</ttl>");
    let server = Server::start(conditional("\"one\"", body.into_bytes())).await;
    let desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);
    for _ in 0..2 {
        desk.fetch().await;
        let health = &desk.store.feeds().await.unwrap()[0];
        let wait = health.due.unwrap().duration_since(health.asked.unwrap());
        assert_eq!(wait.as_secs(), 240 * 60, "{:?}", health.state);
    }
}

#[tokio::test]
async fn the_catalogue_raises_the_news_that_is_there_and_tells_of_it() {
    let kev = r#"{"title":"KEV","vulnerabilities":[{"cveID":"CVE-2026-12345","vendorProject":"Contoso","product":"Gateway",
        "vulnerabilityName":"Contoso Gateway Flaw","dateAdded":"2026-11-24","shortDescription":"A flaw."}]}"#;
    let news = item(1, "The flaw CVE-2026-12345 in Contoso Gateway was fixed.");
    let server = Server::start(move |request| match request.path.as_str() {
        "/kev" => Reply::ok(kev),
        _ => Reply::ok(rss(&news)),
    })
    .await;
    let mut desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);
    desk.fetch().await;
    let before = desk.rows("").await[0].clone();
    desk.store.mark(vec![before.id], Change::Star(true), Timestamp::now()).await.unwrap();
    desk.settings.feeds = vec![Source { kind: Some(SourceKind::Kev), ..Source::new("CISA KEV", server.url("/kev")) }];
    let (_, told) = desk.fetch().await;
    let touched =
        told.iter().any(|progress| matches!(progress, Progress::Asked { touched, .. } if *touched == [before.id]));
    assert!(touched, "{told:?}");
    let after = desk.store.item(before.id).await.unwrap().unwrap();
    assert_eq!((after.row.score, after.row.others, after.row.standing.starred), (before.score + 4, 1, true));
    assert_eq!(after.briefing.score, after.briefing.signals.iter().map(|signal| signal.points).sum::<i32>());
}

#[tokio::test]
async fn a_snoozed_article_comes_back_by_itself_and_is_told_of() {
    let server = Server::start(move |_| Reply::ok(rss(&item(1, "A loader waits.")))).await;
    let desk = Desk::with(vec![Source::new("News", server.url("/rss"))]);
    desk.fetch().await;
    let id = desk.rows("").await[0].id;
    let due = Timestamp::now();
    desk.store.mark(vec![id], Change::Snooze(due), due).await.unwrap();
    let (sender, mut receiver) = mpsc::channel(4);
    let cancel = CancellationToken::new();
    let waking = tokio::spawn(wake(desk.store.clone(), sender, cancel.clone()));
    assert_eq!(receiver.recv().await, Some(Progress::Woken(vec![id])));
    assert_eq!(desk.rows("").await[0].standing.state, State::New);
    cancel.cancel();
    waking.await.unwrap();
}

#[tokio::test]
async fn a_slow_host_gives_its_place_up() {
    let slow = Server::always(Reply::ok(rss("")).late(std::time::Duration::from_secs(12))).await;
    let quick = Server::always(Reply::ok(rss(&item(1, "a")))).await;
    let mut desk = Desk::with(vec![
        Source::new("Slow", slow.url("/")),
        Source::new("Quick", quick.url("/").replace("127.0.0.1", "localhost")),
    ]);
    desk.settings.fetch.parallel = 1;
    let (summary, told) = desk.fetch().await;
    assert_eq!(summary.feeds, 2);
    let asked = told.iter().filter_map(|progress| match progress {
        Progress::Asked { feed, .. } => Some(feed.as_str()),
        _ => None,
    });
    assert_eq!(asked.collect::<Vec<_>>(), ["Quick", "Slow"], "the one that was asked last answers first");
}

#[tokio::test]
async fn a_time_that_lies_years_ahead_keeps_no_feed_from_being_asked() {
    let server = Server::always(Reply::ok(rss(&item(1, "a")))).await;
    let desk = Desk::with(vec![Source::new("News", server.url("/"))]);
    desk.fetch().await;
    let mut health = desk.store.feeds().await.unwrap().remove(0);
    health.due = Some("2034-01-01T00:00:00Z".parse().unwrap());
    desk.store.feed_done(health).await.unwrap();
    let (sender, _told) = mpsc::channel(1_024);
    let fetch_run = FetchRun::new(
        desk.store.clone(),
        Arc::new(Fetcher::new(&desk.settings.fetch).unwrap()),
        Arc::new(Briefer::new(Catalogue::shipped())),
        Arc::new(desk.settings.clone()),
        sender,
        CancellationToken::new(),
    );
    assert_eq!(fetch_run.run(&Selection::Due).await.unwrap().feeds, 1);
    let now = Timestamp::now();
    let due = fetch_run.next_due(now).await.unwrap().unwrap();
    assert!(due > now && due.duration_since(now) <= jiff::SignedDuration::from_hours(24), "{due}");
}

#[tokio::test]
async fn a_store_that_is_locked_for_long_is_told_of_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let server = Server::always(Reply::ok(rss(&item(1, "a")))).await;
    let store = Store::open(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let settings = Settings { feeds: vec![Source::new("News", server.url("/"))], ..Settings::default() };
    let (sender, mut told) = mpsc::channel(1_024);
    let cancel = CancellationToken::new();
    let fetch_run = FetchRun::new(
        store,
        Arc::new(Fetcher::new(&settings.fetch).unwrap()),
        Arc::new(Briefer::new(Catalogue::shipped())),
        Arc::new(settings),
        sender,
        cancel.clone(),
    );
    let watching = tokio::spawn(watch(fetch_run, Watch::default(), cancel.clone()));
    let mut seen = Vec::new();
    let all = async {
        while let Some(progress) = told.recv().await {
            match progress {
                Progress::StoreFailed { why, .. } => {
                    assert!(why.contains("locked"), "{why}");
                    seen.push("failed");
                    other.execute_batch("ROLLBACK").unwrap_or_default();
                }
                Progress::Asked { new, .. } if new.len() == 1 => {
                    seen.push("saved");
                    break;
                }
                _ => {}
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), all).await.unwrap();
    assert_eq!(seen, ["failed", "saved"]);
    cancel.cancel();
    watching.await.unwrap();
}
