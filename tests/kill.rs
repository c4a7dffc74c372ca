//! Fetching, killed at random moments: the file stays sound, and the next fetch brings exactly what is missing.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "support/server.rs"]
mod server;

use std::{
    collections::HashSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use huntdeck::{
    store::Store,
    triage::{Filter, Order},
};
use server::{Reply, Server};

const FEEDS: u64 = 3;
/// How many items a feed gets with each round, and how many it shows. The feeds together get more than one transaction
/// takes, so that a kill can come between two.
const NEW: u64 = 120;
const SHOWN: u64 = 240;

/// Writes a feed as it is in a round, the newest item first.
fn feed(path: &str, round: u64) -> String {
    let mut feed = String::from("<rss version='2.0'><channel><title>T</title>");
    let last = (round + 1) * NEW;
    for item in (last.saturating_sub(SHOWN)..last).rev() {
        let text = format!("The C2 of item {item} was evil{item}[.]example, and it used CVE-2026-{}. ", 10_000 + item)
            .repeat(8);
        let _ = write!(
            feed,
            "<item><title>item {item} of {path}</title><link>https://news.example{path}/{item}</link>\
             <description>{text}</description></item>"
        );
    }
    feed + "</channel></rss>"
}

/// A folder with a configuration and a database, and the feeds that fill it.
struct Desk {
    folder: tempfile::TempDir,
    round: Arc<AtomicU64>,
    runtime: tokio::runtime::Runtime,
    _server: Server,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let round = Arc::new(AtomicU64::new(0));
        let now = Arc::clone(&round);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server =
            runtime.block_on(Server::start(move |request| Reply::ok(feed(&request.path, now.load(Ordering::SeqCst)))));
        let mut config = String::new();
        for number in 0..FEEDS {
            let url = server.url(&format!("/f{number}"));
            let _ = writeln!(config, "[[feeds]]\nname = \"Feed {number}\"\nurl = {url:?}");
        }
        fs::write(folder.path().join("c.toml"), config).unwrap();
        Self { folder, round, runtime, _server: server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn fetch(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_huntdeck"))
            .env_clear()
            .env("HOME", self.folder.path())
            .arg("--config")
            .arg(self.path("c.toml"))
            .arg("--db")
            .arg(self.path("h.db"))
            .args(["fetch", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Returns the titles in the database, which has to be sound.
    fn titles(&self) -> Vec<String> {
        titles(&self.runtime, &self.path("h.db"))
    }
}

fn titles(runtime: &tokio::runtime::Runtime, file: &Path) -> Vec<String> {
    let store = Store::open(file).unwrap();
    runtime.block_on(async {
        assert_eq!(store.check().await.unwrap(), [""; 0]);
        let page = store.page(&Filter::default(), Order::Date, None, 1_000_000).await.unwrap();
        page.rows.into_iter().map(|row| row.title).collect()
    })
}

/// What came of some kills.
#[derive(Debug, Default)]
struct Sum {
    kills: u64,
    /// Those before the end of the fetch.
    in_time: u64,
    /// Those after which some of the new articles were saved, and some were not.
    in_part: u64,
}

/// Kills fetches at moments drawn by a seed, each followed by one that is left alone.
fn killed(times: u64, mut seed: u64, sum: &mut Sum) {
    let desk = Desk::new();
    let mut usual = Duration::from_millis(500);
    for round in 0..times {
        desk.round.store(round, Ordering::SeqCst);
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let mut child = desk.fetch();
        std::thread::sleep(usual * u32::try_from(seed % 1_000).unwrap() / 1_000);
        sum.kills += 1;
        sum.in_time += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let wanted = ((round + 1) * NEW * FEEDS) as usize;
        if desk.path("h.db").exists() {
            let had = desk.titles().len();
            assert!(had <= wanted, "round {round}: {had} articles of {wanted}");
            sum.in_part += u64::from(had < wanted && had > wanted - (NEW * FEEDS) as usize);
        }
        // The leases of the killed one are of a process that is no more, so they are not waited out.
        let begun = Instant::now();
        let whole = desk.fetch().wait_with_output().unwrap();
        assert!(whole.status.success(), "round {round}: {} {}", whole.status, String::from_utf8_lossy(&whole.stderr));
        usual = begun.elapsed();
        let titles = desk.titles();
        assert_eq!(titles.len(), wanted, "round {round}: an article is lost or doubled");
        assert_eq!(titles.iter().collect::<HashSet<_>>().len(), wanted, "round {round}");
    }
}

#[test]
fn eight_kills_lose_and_double_nothing() {
    let mut sum = Sum::default();
    killed(8, 0x9e37_79b9_7f4a_7c15, &mut sum);
    assert!(sum.in_time > 0, "{sum:?}");
}

#[test]
#[ignore = "takes minutes; CONTRIBUTING.md has its command"]
fn two_hundred_kills_lose_and_double_nothing() {
    let mut sum = Sum::default();
    // Ten databases rather than one: reading all of a large one after each kill is what would take long.
    for desk in 1..=10 {
        killed(20, desk << 32 ^ 0x9e37_79b9_7f4a_7c15, &mut sum);
        println!("{sum:?}");
    }
}
