//! The loop over a screen in memory and events of a script: no terminal, no store, no network.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex},
};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures::{Stream, StreamExt as _, stream};
use huntdeck::{
    article::{Article, Document, Entry, Identity},
    attack::TechniqueId,
    briefing::{Briefing, Severity},
    config::{ConsoleSettings, Paths},
    console::{Card, Day, Library, Options, Progress, Rendering, Tally, Workshop, drive, screen::Memory},
    hunt::{Confidence, Dialect, HuntId, Parameters, Proposal, Query as Hunt, Value},
    query::Query,
    store::{
        ArticleId, Change, Cursor, FeedHealth, Item, Journal, Order, Page, Row, Ruling, State, StoreError, Stretch,
    },
};
use jiff::Timestamp;
use tokio::sync::mpsc;

const QUERY: &str = "index=edr \"C:\\\\Users\\\\*\"\n| stats count\tby host";

/// A library of one article, which notes down what is marked.
#[derive(Clone, Default)]
struct Shelf {
    marks: Arc<Mutex<Vec<Change>>>,
}

fn item() -> Item {
    let proposal = Proposal { id: HuntId("UC_ONE".into()), because: Vec::new(), values: Vec::new() };
    let briefing = Briefing { severity: Severity::High, score: 7, hunts: vec![proposal], ..Briefing::default() };
    let row = Row {
        id: ArticleId(1),
        title: "One article about a loader".into(),
        source: "The Example News".into(),
        url: None,
        published: Timestamp::UNIX_EPOCH,
        date_guessed: false,
        seen: Timestamp::UNIX_EPOCH,
        changed: None,
        severity: Severity::High,
        score: 7,
        state: State::New,
        verdict: None,
        tags: Vec::new(),
        starred: false,
        demo: false,
        counts: (0, 0, 1),
        feeds: Vec::new(),
        story: None,
        others: 0,
    };
    let article = Article {
        identity: Identity::of(&Entry::default()),
        title: row.title.clone(),
        source: row.source.clone(),
        url: None,
        published: row.published,
        date_guessed: false,
        author: None,
        categories: Vec::new(),
        document: Document::from_plain("It waits for a command."),
        advisory: None,
    };
    let (note, owner) = (String::new(), String::new());
    Item { row, article, briefing, note, owner, snoozed_until: None, copied: Vec::new() }
}

impl Library for Shelf {
    async fn page(&self, _: &Query, _: Order, _: Option<Cursor>, _: usize) -> Result<Page, StoreError> {
        Ok(Page { rows: vec![item().row], next: None })
    }

    async fn outline(&self, _: &Query, _: Order, _: Option<Cursor>, _: usize) -> Result<Vec<Stretch>, StoreError> {
        Ok(Vec::new())
    }

    async fn tally(&self, _: &Query) -> Result<Tally, StoreError> {
        Ok(Tally { severities: [0, 1, 0, 0] })
    }

    async fn ids(&self, _: &Query, _: usize) -> Result<Vec<ArticleId>, StoreError> {
        Ok(vec![ArticleId(1)])
    }

    async fn rows(&self, _: Vec<ArticleId>) -> Result<Vec<Row>, StoreError> {
        Ok(vec![item().row])
    }

    async fn item(&self, _: ArticleId) -> Result<Option<Item>, StoreError> {
        Ok(Some(item()))
    }

    async fn story(&self, _: ArticleId) -> Result<Vec<Row>, StoreError> {
        Ok(Vec::new())
    }

    async fn mark(&self, _: Vec<ArticleId>, change: Change, _: Timestamp) -> Result<Option<i64>, StoreError> {
        self.marks.lock().unwrap().push(change);
        Ok(Some(1))
    }

    async fn undo(&self, _: Timestamp) -> Result<Option<Journal>, StoreError> {
        Ok(None)
    }

    async fn redo(&self, _: Timestamp) -> Result<Option<Journal>, StoreError> {
        Ok(None)
    }

    async fn history(&self, _: usize) -> Result<Vec<Journal>, StoreError> {
        Ok(Vec::new())
    }

    async fn techniques(&self, _: &Query) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        Ok(Vec::new())
    }

    async fn trend(&self, _: &Query, _: usize, _: Timestamp) -> Result<Vec<Day>, StoreError> {
        Ok(Vec::new())
    }

    async fn sources(
        &self,
        _: &Query,
        _: usize,
        _: usize,
        _: Timestamp,
    ) -> Result<Vec<(String, Vec<u64>)>, StoreError> {
        Ok(Vec::new())
    }

    async fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        Ok(Vec::new())
    }

    async fn rebrief(&self, _: ArticleId, _: Article, _: Briefing) -> Result<(), StoreError> {
        Ok(())
    }

    async fn searches(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }
    async fn keep_searches(&self, _: Vec<String>) -> Result<(), StoreError> {
        Ok(())
    }
    async fn last_visit(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn feeds(&self) -> Result<Vec<FeedHealth>, StoreError> {
        Ok(Vec::new())
    }
}

struct Bench;

impl Workshop for Bench {
    fn cards(&self, proposals: &[Proposal], _: &Parameters) -> Vec<Card> {
        render(proposals)
    }

    fn chosen(&self, _: &[Value], _: Dialect, _: &Parameters) -> Result<Vec<String>, String> {
        Err("none".into())
    }

    fn brief(&self, item: &Item, _: &[Ruling]) -> Briefing {
        item.briefing.clone()
    }

    fn briefing(&self, item: &Item, _: &Parameters, _: usize) -> String {
        item.row.title.clone()
    }
}

fn render(proposals: &[Proposal]) -> Vec<Card> {
    let card = |proposal: &Proposal| Card {
        id: proposal.id.clone(),
        title: "One hunt".into(),
        confidence: Confidence::Low,
        phase: "c2",
        telemetry: Vec::new(),
        false_positives: Vec::new(),
        values: Vec::new(),
        because: Vec::new(),
        renderings: vec![Rendering {
            dialect: Dialect::Spl,
            query: Ok(Hunt { text: QUERY.into(), notes: Vec::new() }),
        }],
    };
    proposals.iter().map(card).collect()
}

fn options(folder: &Path) -> Options {
    let paths = Paths { config: folder.join("config"), data: folder.join("data"), state: folder.join("state") };
    let mut options = Options::new(paths, Arc::new(Bench));
    options.settings = ConsoleSettings { clipboard: "osc52".into(), ..ConsoleSettings::default() };
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
    let shelf = Shelf::default();
    let mut screen = Memory::new(80, 24);
    let (_tell, progress) = mpsc::channel(1);
    drive(shelf.clone(), options(folder.path()), progress, &mut screen, pressed("yxq"), std::future::pending())
        .await
        .unwrap();
    assert_eq!(screen.copied, [QUERY]);
    assert_eq!(std::fs::read_to_string(folder.path().join("state/copied.txt")).unwrap(), QUERY);
    assert_eq!(*shelf.marks.lock().unwrap(), [Change::Copied("UC_ONE spl".into()), Change::Dismiss]);
    assert!(text(&screen).contains("HIGH"));
}

#[tokio::test]
async fn progress_is_shown_and_a_stop_ends_the_loop() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Memory::new(80, 24);
    let (tell, progress) = mpsc::channel(4);
    tell.send(Progress::Started(9)).await.unwrap();
    let stop = tokio::time::sleep(std::time::Duration::from_millis(400));
    drive(Shelf::default(), options(folder.path()), progress, &mut screen, stream::pending(), stop).await.unwrap();
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
    drive(Shelf::default(), options(folder.path()), progress, &mut screen, stream::pending(), stop).await.unwrap();
    assert!(text(&screen).contains("`dismiss` (x) and `star` (x)"), "{}", text(&screen));
}
