use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use ratatui::{buffer::Buffer, layout::Rect};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::{NOW, article::article, feeds::feeds};
use crate::{
    briefing::Briefer,
    config::{ClipboardSetting, Paths},
    console::{
        effect::Effect,
        keymap::Key,
        memory,
        message::{Message, Reply},
        open::Options,
        state::App,
        update::{start, update},
        view,
        work::Work,
    },
    hunt::Catalogue,
    intake::load_demo,
    store::{BriefedArticle, Saved, Store},
    triage::{ArticleId, Change, State},
};

/// The most changes of the journal that a test looks at.
const MAX_CHANGES: usize = 1_000;

/// A console at which keys are pressed. Its store is a real one in memory, and what the console asks for is done at once
/// and in order; only the browser and the notifications are recorded instead of being started.
pub(in crate::console) struct TestConsole {
    pub(in crate::console) app: App,
    pub(in crate::console) store: Store,
    pub(in crate::console) copied: Vec<String>,
    pub(in crate::console) browsed: Vec<String>,
    pub(in crate::console) notified: Vec<ArticleId>,
    work: Work,
    folder: TempDir,
    runtime: Runtime,
}

impl TestConsole {
    /// Opens a console before a number of articles.
    pub(in crate::console) fn new(size: (u16, u16), articles: i64) -> Self {
        Self::with(size, (1..=articles).map(article).collect())
    }

    /// Opens a console before these articles, which the store numbers from 1.
    pub(in crate::console) fn with(size: (u16, u16), articles: Vec<BriefedArticle>) -> Self {
        Self::open(size, |runtime, store| {
            runtime.block_on(async {
                store.save(articles, NOW).await.unwrap();
                for health in feeds() {
                    store.feed_done(health).await.unwrap();
                }
                memory::keep_searches(store, &["sev:crit vpn".into()]).await.unwrap();
                memory::keep_visit(store, NOW - SignedDuration::from_hours(9)).await.unwrap();
            });
        })
    }

    /// Opens a console as one finds it after the installation: before the demo set.
    pub(in crate::console) fn fresh(size: (u16, u16)) -> Self {
        let briefer = Briefer::new(Catalogue::shipped());
        Self::open(size, |runtime, store| {
            runtime.block_on(load_demo(store, &briefer, NOW)).unwrap();
        })
    }

    fn open(size: (u16, u16), fill: impl FnOnce(&Runtime, &Store)) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let store = Store::in_memory().unwrap();
        fill(&runtime, &store);
        let folder = tempfile::tempdir().unwrap();
        let paths = ["config", "data", "state"].map(|name| folder.path().join(name));
        let [config, data, state] = paths;
        let mut options = Options::new(Paths { config, data, state }, Arc::new(Briefer::new(Catalogue::shipped())));
        options.settings.clipboard = ClipboardSetting::Osc52;
        options.clock = || NOW;
        let mut console = Self {
            app: options.app(size),
            work: Work::new(store.clone(), &options),
            store,
            copied: Vec::new(),
            browsed: Vec::new(),
            notified: Vec::new(),
            folder,
            runtime,
        };
        let effects = start(&mut console.app);
        console.perform(effects);
        console
    }

    /// Writes a file of the user's own below the folder of the configuration.
    pub(in crate::console) fn write_config(&self, name: &str, text: &str) {
        let path: PathBuf = self.folder.path().join("config").join(Path::new(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Saves articles behind the console's back.
    pub(in crate::console) fn save(&self, articles: Vec<BriefedArticle>) -> Saved {
        self.runtime.block_on(self.store.save(articles, NOW)).unwrap()
    }

    /// Changes articles behind the console's back.
    pub(in crate::console) fn change(&self, articles: &[i64], change: Change) {
        let articles = articles.iter().copied().map(ArticleId).collect();
        self.runtime.block_on(self.store.mark(articles, change, NOW)).unwrap();
    }

    /// Makes snoozed articles new whose time has come, behind the console's back.
    pub(in crate::console) fn wake(&self, at: Timestamp) -> Vec<ArticleId> {
        self.runtime.block_on(self.store.wake(at)).unwrap()
    }

    /// Removes the articles of the demo set behind the console's back.
    pub(in crate::console) fn remove_demo(&self) {
        self.runtime.block_on(self.store.purge_demo()).unwrap();
    }

    /// Returns the changes that were made, oldest first, each with the articles that it changed.
    pub(in crate::console) fn marks(&self) -> Vec<(Vec<ArticleId>, Change)> {
        let history = self.runtime.block_on(self.store.history(MAX_CHANGES)).unwrap();
        history.into_iter().rev().map(|line| (line.articles, line.change)).collect()
    }

    /// Presses keys, written as a keymap writes them; text in quotes is typed.
    #[must_use]
    pub(in crate::console) fn press(mut self, keys: &str) -> Self {
        self.keys(keys);
        self
    }

    pub(in crate::console) fn keys(&mut self, keys: &str) {
        for (index, part) in keys.split('\'').enumerate() {
            if index % 2 == 1 {
                part.chars().for_each(|c| {
                    self.message(Message::Key(if c == ' ' { Key::parse("space").unwrap() } else { Key::char(c) }));
                });
                continue;
            }
            for key in part.split_whitespace() {
                self.message(Message::Key(Key::parse(key).unwrap()));
            }
        }
    }

    pub(in crate::console) fn message(&mut self, message: Message) {
        let effects = update(&mut self.app, message);
        self.perform(effects);
        if self.app.search_due.is_some() {
            self.app.now += SignedDuration::from_secs(1);
            let effects = update(&mut self.app, Message::Due);
            self.perform(effects);
        }
    }

    /// Does effects and what comes of them, one after the other.
    pub(in crate::console) fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        let mut done = 0;
        while let Some(effect) = waiting.pop_front() {
            done += 1;
            assert!(done < 10_000, "the console asks without end: {effect:?}");
            for reply in self.outcome(effect) {
                if let Reply::Copied { text, .. } = &reply {
                    self.copied.push(text.clone());
                }
                waiting.extend(update(&mut self.app, Message::Reply(reply)));
            }
        }
    }

    fn outcome(&mut self, effect: Effect) -> Vec<Reply> {
        match effect {
            Effect::Browse(link) => self.browsed.push(link),
            Effect::Notify(rows) => self.notified.extend(rows.iter().map(|row| row.id)),
            // The loop does these, with the terminal.
            Effect::Fetch | Effect::Redraw | Effect::Suspend => {}
            effect => {
                let work = &mut self.work;
                return self.runtime.block_on(async {
                    work.begin(effect);
                    let mut replies = Vec::new();
                    while !work.is_idle() {
                        replies.extend(work.next().await);
                    }
                    replies
                });
            }
        }
        Vec::new()
    }

    /// Draws the screen and returns its text.
    pub(in crate::console) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let lines = buffer.content.chunks(width).map(|row| {
            let mut line = String::new();
            let mut skip = 0;
            for cell in row {
                if skip == 0 {
                    line.push_str(cell.symbol());
                    skip = crate::text::width(cell.symbol()).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(in crate::console) fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.app.size.0, self.app.size.1));
        view::draw(&self.app, &mut buffer);
        buffer
    }

    /// Returns the titles of the rows with their states.
    pub(in crate::console) fn states(&self) -> Vec<State> {
        (0..self.app.list.len()).filter_map(|index| self.app.list.row(index)).map(|row| row.standing.state).collect()
    }

    /// Returns what the toast says.
    pub(in crate::console) fn said(&self) -> &str {
        self.app.toast.as_ref().map_or("", |toast| &toast.text)
    }
}
