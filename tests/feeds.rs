//! Feeds against a server that misbehaves in every way that servers do. Nothing here leaves loopback.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/server.rs"]
mod server;

use std::{fmt::Write, time::Duration};

use huntdeck::{
    config::FetchSettings,
    feed::{FetchError, Fetched, Fetcher, Fresh, Validators},
    source::{Source, SourceKind},
};
use server::{Reply, Server};

const FEED: &str = "<rss version='2.0'><channel><title>T</title><ttl>30</ttl><item><title>one</title>\
                    <link>https://news.example/1</link></item></channel></rss>";

fn settings() -> FetchSettings {
    FetchSettings {
        connect_timeout: Duration::from_millis(500),
        read_timeout: Duration::from_millis(1_500),
        total_timeout: Duration::from_secs(2),
        max_feed_mb: 12,
        max_page_mb: 1,
        ..FetchSettings::default()
    }
}

fn feed(url: &str) -> Source {
    toml::from_str(&format!("name = \"test\"\nurl = {url:?}")).unwrap()
}

async fn fetch_with(url: &str, validators: &Validators) -> Result<Fetched, FetchError> {
    Fetcher::new(&settings()).unwrap().fetch(&feed(url), validators).await
}

async fn fetch(url: &str) -> Result<Fetched, FetchError> {
    fetch_with(url, &Validators::default()).await
}

async fn fresh(url: &str) -> Fresh {
    match fetch(url).await {
        Ok(Fetched::Fresh(fresh)) => fresh,
        other => panic!("{other:?}"),
    }
}

async fn fault(reply: Reply) -> (FetchError, usize) {
    let server = Server::always(reply).await;
    let error = fetch(&server.url("/feed")).await.unwrap_err();
    assert!(error.to_string().contains(&server.url("/feed")), "the address is named: {error}");
    assert!(!error.to_string().contains('\n'), "one sentence: {error}");
    (error, server.requests().len())
}

/// Fetches through a fetcher that can reach nothing but `127.0.0.1`.
fn confined() -> Fetcher {
    Fetcher::reaching_only(&settings(), &["127.0.0.1".parse().unwrap()]).unwrap()
}

#[tokio::test]
async fn validators_are_sent_back_and_304_is_a_success() {
    let server = Server::start(|request| match request.headers.get("if-none-match").map(String::as_str) {
        Some("\"v1\"") => Reply::status(304).header("ETag", "\"v1\"").header("Cache-Control", "max-age=600"),
        _ => Reply::ok(FEED).header("ETag", "\"v1\"").header("Last-Modified", "Sun, 01 Nov 2026 00:00:00 GMT"),
    })
    .await;
    let first = fresh(&server.url("/feed")).await;
    assert_eq!((first.status, first.feed.entries.len()), (200, 1));
    assert_eq!(first.min_interval, Some(Duration::from_mins(30)), "the feed's own ttl");
    let second = fetch_with(&server.url("/feed"), &first.validators).await.unwrap();
    let unchanged = Fetched::Unchanged { status: 304, moved_to: None, min_interval: Some(Duration::from_mins(10)) };
    assert_eq!(second, unchanged);
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "newsboat#2732: a 304 is never retried");
    assert_eq!(requests[1].headers["if-modified-since"], "Sun, 01 Nov 2026 00:00:00 GMT");
    assert!(requests[0].headers["user-agent"].starts_with("huntdeck/"));
}

#[tokio::test]
async fn a_304_with_a_body_is_a_304_and_every_200_replaces_the_validators() {
    let server = Server::start(|request| match request.before {
        0 => Reply::ok(FEED).header("ETag", "\"a\""),
        1 => Reply::ok(FEED).header("ETag", "\"b\""),
        2 => Reply::ok(FEED),
        _ => Reply::status(304).body(FEED),
    })
    .await;
    let url = server.url("/feed");
    let mut known = Validators::default();
    for wanted in [Some("\"a\""), Some("\"b\""), None] {
        let Ok(Fetched::Fresh(fresh)) = fetch_with(&url, &known).await else { panic!("a feed was sent") };
        assert_eq!(fresh.validators.etag.as_deref(), wanted);
        known = fresh.validators;
    }
    known.etag = Some("\"c\"".into());
    assert!(matches!(fetch_with(&url, &known).await, Ok(Fetched::Unchanged { status: 304, .. })));
    let unasked = fetch_with(&url, &Validators::default()).await.unwrap_err();
    assert_eq!(unasked.status(), Some(304), "nothing is known, so nothing can be unchanged");
}

#[tokio::test]
async fn a_server_that_recovers_is_asked_again() {
    for status in [500, 503, 429] {
        let server = Server::start(move |request| match request.before {
            0 => Reply::status(status).header("Retry-After", "0"),
            _ => Reply::ok(FEED),
        })
        .await;
        fresh(&server.url("/feed")).await;
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_long_retry_after_is_told_and_not_sat_out() {
    let (error, requests) = fault(Reply::status(429).header("Retry-After", "3600")).await;
    assert_eq!((error.status(), error.retry_after(), requests), (Some(429), Some(Duration::from_hours(1)), 1));
    let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2);
    let date = at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let (error, _) = fault(Reply::status(503).header("Retry-After", &date)).await;
    let wait = error.retry_after().unwrap().as_secs();
    assert!((7_100..=7_200).contains(&wait), "{wait}");
}

#[tokio::test]
async fn what_is_refused_for_good_is_asked_once() {
    for status in [400, 401, 403, 404, 410, 418] {
        let (error, requests) = fault(Reply::status(status).body("<html>blocked</html>")).await;
        assert_eq!((error.status(), requests), (Some(status), 1), "{error}");
    }
}

#[tokio::test]
async fn slow_servers_are_given_up() {
    let (late, requests) = fault(Reply::ok(FEED).late(Duration::from_secs(5))).await;
    assert!(matches!(late, FetchError::Timeout { .. }) && requests == 1, "{late}");
    let (silent, _) = fault(Reply::ok("<rss>").wait(Duration::from_secs(5)).body("x")).await;
    assert!(matches!(silent, FetchError::Timeout { .. }), "{silent}");
    let mut dripping = Reply::ok("<rss>");
    for _ in 0..50 {
        dripping = dripping.wait(Duration::from_millis(100)).body("x");
    }
    let (slow, _) = fault(dripping).await;
    assert!(matches!(slow, FetchError::Timeout { .. }), "{slow}");
}

#[tokio::test]
async fn a_reset_connection_is_tried_again_and_then_told() {
    let (reset, requests) = fault(Reply::ok(&FEED[..60]).length(FEED.len()).reset()).await;
    assert!(matches!(reset, FetchError::Broken { .. }) && requests == 3, "{reset} after {requests}");
}

#[tokio::test]
async fn of_a_body_that_breaks_off_the_whole_items_are_taken_and_that_is_told() {
    let whole = "<item><title>two</title><link>https://news.example/2</link></item>";
    let cut = FEED.replace("</channel></rss>", whole) + "<item><title>three</title><link>https://news.exam";
    for reply in [
        Reply::ok(cut.clone()).length(cut.len() + 100).header("ETag", "\"x\""),
        Reply::ok(cut.clone()).length(cut.len() + 100).reset(),
    ] {
        let server = Server::always(reply).await;
        let fresh = fresh(&server.url("/feed")).await;
        let titles: Vec<_> = fresh.feed.entries.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["one", "two"], "the item that is cut in two is left for the next time");
        assert!(fresh.feed.repaired && fresh.validators.is_empty(), "the next request has to bring the rest");
        let remark = fresh.feed.remark.unwrap();
        assert!(remark.starts_with("only the first 2 items arrived") && remark.contains("broke off"), "{remark}");
        assert_eq!(server.requests().len(), 3);
    }
    let (nothing, _) = fault(Reply::ok(&cut[..60]).length(cut.len())).await;
    assert!(matches!(nothing, FetchError::Broken { .. }), "{nothing}");
}

#[tokio::test]
async fn a_body_that_can_not_be_decoded_is_told() {
    let (not_gzip, _) = fault(Reply::ok(FEED).header("Content-Encoding", "gzip")).await;
    assert!(matches!(not_gzip, FetchError::Broken { .. }), "{not_gzip}");
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_told() {
    let nobody = Server::always(Reply::ok("")).await.url("/feed");
    let error = fetch(&nobody).await.unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_speak_tls_is_told() {
    let server = Server::always(Reply::ok(FEED)).await;
    let error = fetch(&server.url("/feed").replace("http:", "https:")).await.unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. } | FetchError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn endless_bodies_and_bombs_are_cut_off() {
    let (endless, requests) = fault(Reply::ok("<rss>").endless(vec![b'x'; 65_536])).await;
    assert!(matches!(endless, FetchError::TooLarge { limit_mb: 12, .. }) && requests == 1, "{endless}");
    let (bomb, _) = fault(Reply::ok(gzip_of_zeros(100)).header("Content-Encoding", "gzip")).await;
    assert!(matches!(bomb, FetchError::TooLarge { .. }), "{bomb}");
}

/// Makes gzip of `megabytes` MB of zeros by hand: deflate says "distance 1, length 258" again and again.
fn gzip_of_zeros(megabytes: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    // Fixed Huffman codes: literal 0 is 00110000, length 258 is 11000101, distance 1 is 00000.
    bits.extend([false, false, true, true, false, false, false, false]);
    for _ in 0..megabytes * 1_000_000 / 258 {
        bits.extend([true, true, false, false, false, true, false, true, false, false, false, false, false]);
    }
    bits.extend([false; 7]);
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for byte in bits.chunks(8) {
        out.push(byte.iter().enumerate().fold(0, |sum, (at, bit)| sum | u8::from(*bit) << at));
    }
    out.extend([0; 8]);
    out
}

#[tokio::test]
async fn every_encoding_of_content_is_understood() {
    let server = Server::start(|request| match request.path.as_str() {
        "/gzip" => Reply::ok(stored_gzip(FEED)).header("Content-Encoding", "gzip"),
        "/zstd" => Reply::ok(raw_zstd(FEED)).header("Content-Encoding", "zstd"),
        "/br" => Reply::ok(stored_brotli(FEED)).header("Content-Encoding", "br"),
        _ => Reply::ok(stored_zlib(FEED)).header("Content-Encoding", "deflate"),
    })
    .await;
    for path in ["/gzip", "/zstd", "/br", "/deflate"] {
        assert_eq!(fresh(&server.url(path)).await.feed.entries.len(), 1, "{path}");
    }
    let accepted = &server.requests()[0].headers["accept-encoding"];
    assert!(["gzip", "br", "zstd", "deflate"].iter().all(|encoding| accepted.contains(encoding)), "{accepted}");
}

/// Wraps text in one stored block of deflate, with a head and a tail.
fn stored(head: &[u8], text: &str, tail: &[u8]) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    [head, &[1], &length.to_le_bytes(), &(!length).to_le_bytes(), text.as_bytes(), tail].concat()
}

fn stored_gzip(text: &str) -> Vec<u8> {
    let mut sum = u32::MAX;
    for byte in text.bytes() {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    let length = u32::try_from(text.len()).unwrap();
    stored(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], text, &[(!sum).to_le_bytes(), length.to_le_bytes()].concat())
}

fn stored_zlib(text: &str) -> Vec<u8> {
    let (a, b) = text.bytes().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    stored(&[0x78, 0x01], text, &(b << 16 | a).to_be_bytes())
}

/// One raw block: magic, "one segment with its size in a byte", size, "last block, raw", bytes.
fn raw_zstd(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    let block = (u32::from(length) << 3 | 1).to_le_bytes();
    [&[0x28, 0xb5, 0x2f, 0xfd, 0x20, length], &block[..3], text.as_bytes()].concat()
}

/// One uncompressed block: small window, not last, sixteen bits of length, uncompressed; then "last and empty".
fn stored_brotli(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len() - 1).unwrap();
    let head = (length << 4 | 1 << 20).to_le_bytes();
    [&head[..3], text.as_bytes(), &[0b11]].concat()
}

#[tokio::test]
async fn redirects_are_followed_and_moves_for_good_are_told() {
    let server = Server::start(|request| match request.path.as_str() {
        "/old" => Reply::redirect(301, "/older"),
        "/older" => Reply::redirect(308, "/feed"),
        "/detour" => Reply::redirect(302, "/feed"),
        "/circle" => Reply::redirect(302, "/circle"),
        "/nowhere" => Reply::status(301),
        _ => Reply::ok(FEED),
    })
    .await;
    assert_eq!(fresh(&server.url("/old")).await.moved_to, Some(server.url("/feed")));
    assert_eq!(fresh(&server.url("/detour")).await.moved_to, None);
    let circle = fetch(&server.url("/circle")).await.unwrap_err();
    assert!(matches!(circle, FetchError::Redirects { .. }), "{circle}");
    let nowhere = fetch(&server.url("/nowhere")).await.unwrap_err();
    assert!(matches!(nowhere, FetchError::Redirects { .. }), "{nowhere}");
}

#[tokio::test]
async fn redirects_into_a_network_are_refused_before_a_packet_leaves() {
    let private = Server::always(Reply::ok(FEED)).await;
    let inside = format!("http://127.0.0.2:{}/feed", private.port());
    let targets = [
        inside.as_str(),
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:1/",
        "http://[::ffff:10.0.0.1]/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "file:///etc/passwd",
        "ftp://192.0.2.1/",
    ];
    for target in targets {
        let owned = target.to_owned();
        let server = Server::start(move |_| Reply::redirect(302, &owned)).await;
        for fetcher in [Fetcher::new(&settings()).unwrap(), confined()] {
            let error = fetcher.fetch(&feed(&server.url("/feed")), &Validators::default()).await.unwrap_err();
            assert!(matches!(error, FetchError::Refused { .. }), "{target}: {error}");
        }
        let error = confined().page(&server.url("/page")).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. }), "{target}: {error}");
    }
    let by_name = format!("http://localhost:{}/feed", private.port());
    let server = Server::start(move |_| Reply::redirect(302, &by_name)).await;
    let error = fetch(&server.url("/feed")).await.unwrap_err();
    assert!(matches!(error, FetchError::Refused { .. }), "{error}");
    assert!(private.requests().is_empty());
}

#[tokio::test]
async fn pages_of_articles_never_come_from_a_private_address() {
    let server = Server::always(Reply::ok("<p>secret")).await;
    let fetcher = Fetcher::new(&settings()).unwrap();
    let by_name = format!("http://localhost:{}/", server.port());
    for url in
        [server.url("/"), by_name, "http://[::1]/".into(), "http://192.168.1.1/".into(), "file:///etc/hosts".into()]
    {
        let error = fetcher.page(&url).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. } | FetchError::Address { .. }), "{url}: {error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_name_is_judged_by_the_addresses_it_has() {
    let server = Server::always(Reply::ok(FEED)).await;
    let by_name = format!("http://localhost:{}/feed", server.port());
    let elsewhere = Fetcher::reaching_only(&settings(), &["192.0.2.1".parse().unwrap()]).unwrap();
    let error = elsewhere.fetch(&feed(&by_name), &Validators::default()).await.unwrap_err();
    assert!(matches!(error, FetchError::Refused { .. }), "{error}");
    assert!(server.requests().is_empty());
    assert!(confined().fetch(&feed(&by_name), &Validators::default()).await.is_ok());
}

#[tokio::test]
async fn secrets_stay_with_the_host_that_the_configuration_names() {
    let other = Server::always(Reply::ok(FEED)).await;
    let target = format!("http://localhost:{}/feed", other.port());
    let server = Server::start(move |request| match request.path.as_str() {
        "/same" => Reply::redirect(302, "/feed"),
        "/other" => Reply::redirect(302, &target),
        _ => Reply::ok(FEED),
    })
    .await;
    let mut settings = feed(&server.url("/same"));
    settings.headers.insert("X-Key".into(), "k3y".into());
    let fetcher = confined();
    fetcher.fetch(&settings, &Validators::default()).await.unwrap();
    assert_eq!(server.requests()[1].headers["x-key"], "k3y");
    settings.url = server.url("/other");
    fetcher.fetch(&settings, &Validators::default()).await.unwrap();
    assert!(!other.requests()[0].headers.contains_key("x-key"));
    assert!(!other.requests()[0].headers.contains_key("authorization"));
    let other_port = Server::always(Reply::ok(FEED)).await;
    let target = other_port.url("/feed");
    let server = Server::start(move |_| Reply::redirect(302, &target)).await;
    settings.url = server.url("/feed");
    fetcher.fetch(&settings, &Validators::default()).await.unwrap();
    assert!(!other_port.requests()[0].headers.contains_key("x-key"), "another port is another origin");
    settings.headers.insert("X-Other".into(), "${HUNTDECK_TEST_UNSET}".into());
    let error = fetcher.fetch(&settings, &Validators::default()).await.unwrap_err();
    assert!(error.to_string().contains("HUNTDECK_TEST_UNSET"), "{error}");
}

#[tokio::test]
async fn what_is_secret_in_an_address_is_not_told() {
    let server = Server::always(Reply::status(404)).await;
    let url = server.url("/feed?api_key=s3cret").replace("http://", "http://T0KEN@");
    for url in [url.clone(), url.replace("http:", "gopher:"), url.replace(&format!(":{}", server.port()), ":1")] {
        let told = fetch(&url).await.unwrap_err().to_string();
        assert!(!told.contains("s3cret") && !told.contains("T0KEN"), "{told}");
    }
    let moved = Server::start(move |request| match request.path.as_str() {
        "/old?token=s3cret" => Reply::redirect(302, "/new?token=s3cret"),
        _ => Reply::ok("<html>s"),
    })
    .await;
    let told = fetch(&moved.url("/old?token=s3cret")).await.unwrap_err().to_string();
    assert!(!told.contains("s3cret"), "{told}");
}

#[tokio::test]
async fn pages_are_decoded_cut_and_only_text() {
    let server = Server::start(|request| match request.path.as_str() {
        "/latin" => Reply::ok(b"<p>Gr\xf6\xdfe".to_vec()).header("Content-Type", "text/html; charset=iso-8859-1"),
        "/long" => Reply::ok("x".repeat(3_000_000)).header("Content-Type", "text/html"),
        "/moved" => Reply::redirect(302, "/latin"),
        "/pdf" => Reply::ok("%PDF").header("Content-Type", "application/pdf"),
        _ => Reply::status(403).body("no robots"),
    })
    .await;
    let fetcher = confined();
    let page = fetcher.page(&server.url("/moved")).await.unwrap();
    assert_eq!((page.html.as_str(), page.cut, page.final_url), ("<p>Größe", false, server.url("/latin")));
    let page = fetcher.page(&server.url("/long")).await.unwrap();
    assert_eq!((page.html.len(), page.cut), (1_000_000, true));
    assert!(matches!(fetcher.page(&server.url("/pdf")).await, Err(FetchError::NotText { .. })));
    assert_eq!(fetcher.page(&server.url("/x")).await.unwrap_err().status(), Some(403));
}

#[tokio::test]
async fn one_host_is_asked_one_thing_at_a_time() {
    let server = Server::always(Reply::ok(FEED).late(Duration::from_millis(50))).await;
    let fetcher = Fetcher::new(&settings()).unwrap();
    let (a, b, none) = (feed(&server.url("/a")), feed(&server.url("/b")), Validators::default());
    let (a, b) = tokio::join!(fetcher.fetch(&a, &none), fetcher.fetch(&b, &none));
    assert!(a.is_ok() && b.is_ok());
    assert_eq!(server.most_at_once(), 1);
}

#[tokio::test]
async fn a_dropped_fetch_stops_and_gives_its_turn_on() {
    let server = Server::start(|request| match request.path.as_str() {
        "/endless" => Reply::ok("<rss>").wait(Duration::from_mins(1)),
        _ => Reply::ok(FEED),
    })
    .await;
    let patient =
        FetchSettings { read_timeout: Duration::from_mins(1), total_timeout: Duration::from_mins(1), ..settings() };
    let fetcher = Fetcher::new(&patient).unwrap();
    let (endless, next, none) = (feed(&server.url("/endless")), feed(&server.url("/next")), Validators::default());
    let stopped = tokio::time::timeout(Duration::from_millis(500), fetcher.fetch(&endless, &none)).await;
    assert!(stopped.is_err());
    let next = tokio::time::timeout(Duration::from_secs(10), fetcher.fetch(&next, &none)).await;
    assert!(matches!(next, Ok(Ok(_))), "the turn at the host was given on");
}

#[tokio::test]
async fn github_advisories_come_page_by_page() {
    let page = |id: &str| format!(r#"[{{"ghsa_id":"{id}","summary":"s","severity":"high"}}]"#);
    let server = Server::start(move |request| match request.path.as_str() {
        "/advisories" => Reply::ok(page("GHSA-1"))
            .header("Link", r#"</advisories?after=x>; rel="next", </advisories?before=y>; rel="prev""#),
        "/advisories?after=x" => Reply::ok(page("GHSA-2")).header("Link", r#"<https://other.example/3>; rel="next""#),
        _ => Reply::status(500),
    })
    .await;
    let source = Source { kind: Some(SourceKind::Ghsa), ..feed(&server.url("/advisories")) };
    let fetched = Fetcher::new(&settings()).unwrap().fetch(&source, &Validators::default()).await;
    let Ok(Fetched::Fresh(fresh)) = fetched else { panic!("{fetched:?}") };
    let ids: Vec<_> = fresh.feed.entries.iter().filter_map(|entry| entry.guid.as_deref()).collect();
    assert_eq!(ids, ["GHSA-1", "GHSA-2"]);
    assert_eq!((server.requests().len(), fresh.feed.remark), (2, None));
}

#[tokio::test]
async fn a_feed_does_not_pass_for_a_catalogue() {
    let listed = r#"{"vulnerabilities":[{"cveID":"CVE-2026-0001","vulnerabilityName":"n"}]}"#;
    let server = Server::always(Reply::ok(listed)).await;
    let fetcher = Fetcher::new(&settings()).unwrap();
    for kind in [None, Some(SourceKind::Rss), Some(SourceKind::Ghsa)] {
        let source = Source { kind, ..feed(&server.url("/feed")) };
        let error = fetcher.fetch(&source, &Validators::default()).await.unwrap_err();
        assert!(matches!(error, FetchError::NotFeed { .. }), "{kind:?}: {error}");
    }
    let source = Source { kind: Some(SourceKind::Kev), ..feed(&server.url("/feed")) };
    let Ok(Fetched::Fresh(fresh)) = fetcher.fetch(&source, &Validators::default()).await else { panic!("it is said") };
    assert!(fresh.feed.entries[0].advisory.is_some());
    assert_eq!(fetcher.discover(&feed(&server.url("/feed"))).await.unwrap().feed.kind, SourceKind::Kev);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_a_device_and_a_socket_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (pipe, socket) = (folder.path().join("pipe.xml"), folder.path().join("socket.xml"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [pipe.to_str().unwrap(), socket.to_str().unwrap(), "/dev/zero"] {
        let begun = std::time::Instant::now();
        let error = fetch(path).await.unwrap_err();
        assert!(matches!(error, FetchError::File { .. }), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{path}");
    }
    let told = fresh(folder.path().to_str().unwrap()).await.feed.remark.unwrap();
    assert_eq!(told, "2 files skipped: 2 not regular files");
}

#[tokio::test]
async fn files_and_folders_are_sources_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("feed.xml");
    std::fs::write(&file, FEED).unwrap();
    let as_url = format!("file://{}", file.display());
    for source in [file.to_str().unwrap(), &as_url, folder.path().to_str().unwrap()] {
        let fresh = fresh(source).await;
        assert_eq!(fresh.feed.entries.len(), 1, "{source}");
        let again = fetch_with(source, &fresh.validators).await.unwrap();
        assert!(matches!(again, Fetched::Unchanged { .. }), "{source}");
    }
    let missing = fetch("/no/such/folder").await.unwrap_err();
    assert!(matches!(missing, FetchError::File { .. }) && missing.to_string().contains("/no/such/folder"));
}

#[tokio::test]
async fn a_page_where_a_feed_should_be_is_explained() {
    let html = "<html><head><link rel=alternate type=application/rss+xml href=/rss></head>";
    let server = Server::always(Reply::ok(html)).await;
    let error = fetch(&server.url("/blog")).await.unwrap_err();
    assert!(error.to_string().contains(&server.url("/rss")), "{error}");
}

#[tokio::test]
async fn hostile_feeds_are_read_and_harmless() {
    let item =
        |inner: &str| format!("<rss version='2.0'><channel><title>T</title><item>{inner}</item></channel></rss>");
    let laughs = (1..10).fold(String::new(), |mut declared, n| {
        let _ = write!(declared, "<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
        declared
    });
    let server = Server::start(move |request| match request.path.as_str() {
        "/title" => Reply::ok(item(&format!("<title>{}</title>", "A".repeat(10_000_000)))),
        "/nested" => Reply::ok(item(&format!("<title>n</title><description>{}</description>", "<a>".repeat(100_000)))),
        "/deep" => Reply::ok(format!("<rss>{}", "<channel><item>".repeat(100_000))),
        "/laughs" => Reply::ok(format!("<!DOCTYPE r [<!ENTITY l0 \"ha\">{laughs}]>{}", item("<title>&l9;</title>"))),
        "/control" => {
            Reply::ok(item("<title>a\0b\u{1b}]52;c;eA==\u{7}c&#27;</title><link>https://n.example/\u{1b}</link>"))
        }
        "/twice" => Reply::ok(item("<guid>1</guid></item><item><guid>1</guid>")),
        "/times" => Reply::ok(item(
            "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item><item><pubDate>2070-01-01</pubDate>",
        )),
        _ => Reply::status(404),
    })
    .await;
    let get = async |path: &str| fresh(&server.url(path)).await.feed;
    assert!(get("/title").await.entries[0].title.len() < 4_096);
    assert_eq!(get("/nested").await.entries[0].title, "n");
    assert!(get("/deep").await.entries.len() <= 20_000);
    assert_eq!(get("/laughs").await.entries[0].title, "&l9;");
    let control = get("/control").await;
    let (title, link) = (&control.entries[0].title, control.entries[0].link.as_deref());
    assert!(!title.contains(char::is_control) && link == Some("https://n.example/"), "{title:?} {link:?}");
    assert_eq!(get("/twice").await.entries.len(), 2);
    let times: Vec<_> =
        get("/times").await.entries.iter().map(|e| e.published.map(jiff::Timestamp::as_second)).collect();
    assert_eq!(times, [Some(0), Some(3_155_760_000)]);
}

#[tokio::test]
async fn a_feed_has_a_user_agent_headers_and_trust_of_its_own() {
    let server = Server::start(|request| match request.path.as_str() {
        "/page" => Reply::ok("<p>in the intranet").header("Content-Type", "text/html"),
        _ => Reply::ok(FEED),
    })
    .await;
    let mut own = feed(&server.url("/feed"));
    own.user_agent = Some("intranet-reader/2".into());
    own.headers.insert("X-Key".into(), "k-$(echo secret)".into());
    let fetcher = Fetcher::new(&settings()).unwrap();
    fetcher.fetch(&own, &Validators::default()).await.unwrap();
    let asked = &server.requests()[0].headers;
    assert_eq!((asked["user-agent"].as_str(), asked["x-key"].as_str()), ("intranet-reader/2", "k-secret"));
    assert!(matches!(fetcher.page_of(&server.url("/page"), &own).await, Err(FetchError::Refused { .. })));
    own.trust.pages = true;
    assert_eq!(fetcher.page_of(&server.url("/page"), &own).await.unwrap().html, "<p>in the intranet");
    let elsewhere = fetcher.page_of("http://192.168.1.1/page", &own).await;
    assert!(matches!(elsewhere, Err(FetchError::Refused { .. })), "only its own host is trusted");
    own.trust.ca = Some("/no/such/authority.pem".into());
    let error = fetcher.fetch(&own, &Validators::default()).await.unwrap_err();
    assert!(error.to_string().contains("/no/such/authority.pem"), "{error}");
}

#[tokio::test]
async fn a_feed_that_a_page_names_elsewhere_is_a_strangers_word() {
    let inside = Server::always(Reply::ok(FEED)).await;
    let named = format!("http://localhost:{}/feed", inside.port());
    let html = format!("<!doctype html><head><link rel=alternate type=application/rss+xml href='{named}'></head>");
    let server = Server::start(move |request| match request.path.as_str() {
        "/blog" => Reply::ok(html.clone()),
        _ => Reply::status(404),
    })
    .await;
    let error = Fetcher::new(&settings()).unwrap().discover(&feed(&server.url("/blog"))).await.unwrap_err();
    assert!(matches!(error, FetchError::NotFeed { .. }), "{error}");
    assert!(inside.requests().is_empty());
}
