//! The store against a killed process.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::Briefing,
    store::{BriefedArticle, Store},
    triage::Filter,
};
use jiff::Timestamp;

/// Names the file to the child process; without it the child's test does nothing.
const FILE: &str = "HUNTDECK_TEST_KILLED_STORE";

const BATCH: u64 = 20;

fn filing(number: u64) -> BriefedArticle {
    let entry = Entry {
        link: Some(format!("https://news.example/{number}")),
        title: format!("Title {number}"),
        content: Content::Plain(format!("Some text about gadget{number}. ").repeat(50)),
        ..Entry::default()
    };
    let briefing = Briefing::default();
    let article = Article::from_entry(entry, "News Example", Timestamp::UNIX_EPOCH);
    BriefedArticle { article, briefing, feed: "News".into(), demo: false, page: false }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

/// The child: files batch after batch and says so, until it is killed. Bounded, should nobody kill it.
#[test]
fn child_files_until_it_is_killed() {
    let Some(file) = env::var_os(FILE) else { return };
    runtime().block_on(async {
        let store = Store::open(Path::new(&file)).unwrap();
        for batch in 0..2_000 {
            let saved =
                store.save((batch * BATCH..(batch + 1) * BATCH).map(filing).collect(), Timestamp::now()).await.unwrap();
            println!("saved {}", saved.new.len());
        }
    });
}

#[test]
fn a_kill_loses_at_most_the_transaction_in_flight() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.db");
    for told in [1, 7, 30] {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child_files_until_it_is_killed", "--nocapture"])
            .env(FILE, &file)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let heard = lines.map_while(Result::ok).filter(|line| line.contains("saved ")).take(told).count();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(heard, told);

        let store = Store::open(&file).unwrap();
        let count = runtime().block_on(store.count(&Filter::default())).unwrap();
        assert!(count >= told as u64 * BATCH, "{count} after {told} batches");
        assert!(count.is_multiple_of(BATCH), "{count}: half a batch");
        assert_eq!(runtime().block_on(store.check()).unwrap(), [""; 0]);
    }
}
