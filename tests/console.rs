//! The loop over a screen in memory and events of a script: no terminal, no store, no network.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{io, path::Path, sync::Arc};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures::{Stream, StreamExt as _, stream};
use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{Briefer, Briefing, Severity},
    config::{ClipboardSetting, ConsoleSettings, Paths},
    console::{Options, drive, screen::Memory},
    hunt::{Catalogue, Dialect, HuntId, Parameters, Proposal},
    intake::Progress,
    store::{BriefedArticle, Store},
    triage::Change,
};
use jiff::Timestamp;
use tokio::sync::mpsc;

const HUNT: &str = "UC_POWERSHELL_ENCODED";

/// Returns a store with one article in it.
async fn store() -> Store {
    let proposal = Proposal { id: HuntId(HUNT.into()), because: Vec::new(), values: Vec::new() };
    let briefing = Briefing { severity: Severity::High, score: 7, hunts: vec![proposal], ..Briefing::default() };
    let entry = Entry {
        title: "One article about a loader".into(),
        content: Content::Plain("It waits for a command.".into()),
        ..Entry::default()
    };
    let article = Article::from_entry(entry, "The Example News", Timestamp::UNIX_EPOCH);
    let store = Store::in_memory().unwrap();
    let feed = "The Example News".into();
    store
        .save(vec![BriefedArticle { article, briefing, feed, demo: false, page: false }], Timestamp::now())
        .await
        .unwrap();
    store
}

/// Returns the query that the console copies first.
fn query() -> String {
    let hunt = Catalogue::shipped().get(&HuntId(HUNT.into())).unwrap();
    hunt.render(&[], Dialect::Spl, &Parameters::default()).unwrap().text
}

fn options(folder: &Path) -> Options {
    let paths = Paths { config: folder.join("config"), data: folder.join("data"), state: folder.join("state") };
    let mut options = Options::new(paths, Arc::new(Briefer::new(Catalogue::shipped())));
    options.settings = ConsoleSettings { clipboard: ClipboardSetting::Osc52, ..ConsoleSettings::default() };
    options
}

/// Presses keys, each when the console has nothing else to do.
fn pressed(keys: &'static str) -> impl Stream<Item = io::Result<Event>> + Unpin {
    let events = keys.chars().map(|c| Ok(Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))));
    Box::pin(stream::iter(events).then(|event| async {
        for _ in 0..200 {
            tokio::task::yield_now().await;
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        event
    }))
}

fn text(screen: &Memory) -> String {
    screen.terminal.backend().buffer().content.iter().map(ratatui::buffer::Cell::symbol).collect()
}

#[tokio::test]
async fn the_console_shows_copies_marks_and_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let store = store().await;
    let mut screen = Memory::new(80, 24);
    let (_tell, progress) = mpsc::channel(1);
    drive(store.clone(), options(folder.path()), progress, &mut screen, pressed("yxq"), std::future::pending())
        .await
        .unwrap();
    assert_eq!(screen.copied, [query()]);
    assert_eq!(std::fs::read_to_string(folder.path().join("state/copied.txt")).unwrap(), query());
    let changes: Vec<Change> = store.history(9).await.unwrap().into_iter().map(|line| line.change).collect();
    assert_eq!(changes, [Change::Dismiss, Change::Copied(format!("{HUNT} spl"))]);
    assert!(text(&screen).contains("HIGH"));
}

#[tokio::test]
async fn progress_is_shown_and_a_stop_ends_the_loop() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Memory::new(80, 24);
    let (tell, progress) = mpsc::channel(4);
    tell.send(Progress::Started { feeds: 9 }).await.unwrap();
    let stop = tokio::time::sleep(std::time::Duration::from_millis(400));
    drive(store().await, options(folder.path()), progress, &mut screen, stream::pending(), stop).await.unwrap();
    let shown = text(&screen);
    assert!(shown.contains("feeds 0/9") && shown.contains("One article"), "{shown}");
}

#[tokio::test]
async fn a_keymap_with_a_fault_is_a_message_and_no_exit() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("config")).unwrap();
    std::fs::write(folder.path().join("config/keymap.toml"), "star = \"x\"").unwrap();
    let mut screen = Memory::new(200, 24);
    let (_tell, progress) = mpsc::channel(1);
    let stop = tokio::time::sleep(std::time::Duration::from_millis(400));
    drive(store().await, options(folder.path()), progress, &mut screen, stream::pending(), stop).await.unwrap();
    assert!(text(&screen).contains("`dismiss` (x) and `star` (x)"), "{}", text(&screen));
}
