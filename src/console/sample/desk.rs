use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use jiff::SignedDuration;
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    NOW,
    article::item,
    figures::{cards, feeds, trend},
};
use crate::{
    briefing::{Briefing, Severity},
    config::Paths,
    console::{
        keymap::Key,
        message::{Effect, Message, Opened, Reply, Writing},
        open::Options,
        state::{App, Card},
        theme::Theme,
        update::{start, update},
        view,
        workshop::Workshop,
    },
    hunt::{Dialect, Parameters, Proposal, Value},
    triage::{ArticleId, Change, Item, Journal, Row, Ruling, State, Tally, apply},
};

/// A workshop that makes as little as a test needs.
struct Bench;

impl Workshop for Bench {
    fn cards(&self, _: &[Proposal], _: &Parameters) -> Vec<Card> {
        Vec::new()
    }

    fn chosen(&self, values: &[Value], dialect: Dialect, _: &Parameters) -> Result<Vec<String>, String> {
        let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        Ok(vec![format!("{}: {}", dialect.name(), values.join(" "))])
    }

    fn brief(&self, item: &Item, _: &[Ruling]) -> Briefing {
        item.briefing.clone()
    }

    fn briefing(&self, item: &Item, _: &Parameters, _: usize) -> String {
        format!("# {}", item.row.title)
    }
}

/// A console at which keys are pressed; effects are done by a fake as soon as they are asked for.
pub(in crate::console) struct Desk {
    pub(in crate::console) app: App,
    pub(in crate::console) items: Vec<Item>,
    pub(in crate::console) copied: Vec<String>,
    pub(in crate::console) browsed: Vec<String>,
    pub(in crate::console) notified: Vec<ArticleId>,
    pub(in crate::console) marks: Vec<(Vec<ArticleId>, Change)>,
    journal: Vec<(Vec<Item>, Journal)>,
}

impl Desk {
    /// Sits down before a number of articles.
    pub(in crate::console) fn new(size: (u16, u16), articles: i64) -> Self {
        Self::with(size, (1..=articles).map(item).collect())
    }

    /// Sits down before these articles.
    pub(in crate::console) fn with(size: (u16, u16), items: Vec<Item>) -> Self {
        let nowhere = PathBuf::from("/nonexistent/huntdeck");
        let paths = Paths { config: nowhere.clone(), data: nowhere.clone(), state: nowhere };
        let mut options = Options::new(paths, Arc::new(Bench));
        options.clock = || NOW;
        let app = options.app(size);
        let mut desk = Self {
            app,
            items,
            copied: Vec::new(),
            browsed: Vec::new(),
            notified: Vec::new(),
            marks: Vec::new(),
            journal: Vec::new(),
        };
        let effects = start(&mut desk.app);
        desk.perform(effects);
        desk
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

    pub(in crate::console) fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        let mut done = 0;
        while let Some(effect) = waiting.pop_front() {
            done += 1;
            assert!(done < 10_000, "the console asks without end: {effect:?}");
            if let Some(reply) = self.reply(effect) {
                waiting.extend(update(&mut self.app, Message::Reply(reply)));
            }
        }
    }

    fn item_mut(&mut self, id: ArticleId) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.row.id == id)
    }

    fn story(&self, item: &Item) -> Vec<Row> {
        let others = self.items.iter().map(|item| &item.row).filter(|row| row.id != item.row.id);
        others.filter(|row| row.story.is_some() && row.story == item.row.story).cloned().collect()
    }

    fn reply(&mut self, effect: Effect) -> Option<Reply> {
        Some(match effect {
            Effect::Page { ticket, index, order, after, .. } => {
                Reply::Page { ticket, index, page: Ok(self.page(order, after.as_ref())) }
            }
            Effect::Outline { ticket, index, order, after, .. } => {
                Reply::Outline { ticket, index, outline: Ok(self.outline(order, after.as_ref())) }
            }
            Effect::Tally { ticket, .. } => {
                let mut tally = Tally::default();
                self.listed().iter().for_each(|row| tally.add(row.severity, row.standing.state, 1));
                Reply::Tally { ticket, tally: Ok(tally) }
            }
            Effect::Item(id) => {
                let item = self.item_mut(id).cloned();
                let opened = item.map(|item| Box::new(Opened { story: self.story(&item), item }));
                Reply::Item { id, item: Ok(opened) }
            }
            Effect::Cards(item, set) => Reply::Cards { id: item.row.id, cards: cards(&item, &set) },
            Effect::Rows(ids) => {
                Reply::Rows(Ok(ids.iter().filter_map(|id| Some(self.item_mut(*id)?.row.clone())).collect()))
            }
            Effect::Mark { articles, changes, .. } => self.mark(articles, changes),
            Effect::MarkAll { changes, .. } => {
                let articles = self.listed().iter().map(|row| row.id).collect();
                self.mark(articles, changes)
            }
            Effect::Undo(_) => Reply::Undone(Ok(self.undo())),
            Effect::Redo(_) => Reply::Redone(Ok(None)),
            Effect::History => {
                let lines = self.journal.iter().rev().map(|(_, line)| line.clone()).collect();
                let titles = self.items.iter().map(|item| (item.row.id, item.row.title.clone())).collect();
                Reply::History(Ok((lines, titles)))
            }
            Effect::Feeds => Reply::Feeds(Ok(feeds())),
            Effect::Copy { text, what } => {
                self.copied.push(text.clone());
                Reply::Copied {
                    what,
                    text,
                    route: "tmux buffer".into(),
                    by_terminal: false,
                    fleeting: None,
                    failed: Vec::new(),
                }
            }
            Effect::Write(writing) => {
                let text = match writing {
                    Writing::Briefing(item, set, most) => Bench.briefing(&item, &set, most),
                    Writing::Chosen(values, dialect, set) => Bench.chosen(&values, dialect, &set).unwrap().join("\n\n"),
                    Writing::HandOver(_) => "report".into(),
                };
                return self.reply(Effect::Copy { text, what: "text".into() });
            }
            Effect::Browse(link) => {
                self.browsed.push(link);
                Reply::Done(Ok("opened by xdg-open".into()))
            }
            effect => return self.told(effect),
        })
    }

    /// Answers what is only to be shown.
    fn told(&mut self, effect: Effect) -> Option<Reply> {
        Some(match effect {
            Effect::Counts(lists) => {
                let mut tally = Tally::default();
                for (severity, count) in Severity::ALL.into_iter().zip([1, 2, 0, 3]) {
                    tally.add(severity, State::New, count);
                }
                Reply::Counts(lists.into_iter().map(|(name, _)| (name, tally)).collect())
            }
            Effect::Techniques(_) => {
                let ids = ["T1059.001", "T1059.003", "T1190", "T1566.001"];
                Reply::Techniques(Ok(ids
                    .iter()
                    .zip([9, 4, 7, 2])
                    .map(|(id, count)| (id.parse().unwrap(), count))
                    .collect()))
            }
            Effect::Trend(_, now) => Reply::Trend(Ok(trend(now))),
            Effect::Rebrief(id, _) => Reply::Rebriefed(Ok(vec![id])),
            Effect::Themes => Reply::Themes(vec!["mine".into()]),
            Effect::Theme(name) => Reply::Theme(Theme::shipped(&name).map(Box::new).map_err(|error| error.to_string())),
            Effect::Searches => Reply::Searches(vec!["sev:crit vpn".into()]),
            Effect::LastVisit => Reply::LastVisit(Some(NOW - SignedDuration::from_hours(9))),
            Effect::Arrived { articles, viewed } => Reply::Arrived {
                rows: articles.iter().filter_map(|id| Some(self.item_mut(*id)?.row.clone())).collect(),
                // The sample knows no queries: a view shows the last that came.
                viewed: viewed.and_then(|_| articles.last().copied()).into_iter().collect(),
            },
            Effect::Notify(rows) => {
                self.notified.extend(rows.iter().map(|row| row.id));
                return None;
            }
            _ => return None,
        })
    }

    fn mark(&mut self, articles: Vec<ArticleId>, changes: Vec<Change>) -> Reply {
        let lines = changes.iter().map(|change| self.change(&articles, change)).collect();
        Reply::Marked { articles, changes, done: Ok(lines) }
    }

    fn change(&mut self, articles: &[ArticleId], change: &Change) -> Journal {
        let before: Vec<Item> = self.items.iter().filter(|item| articles.contains(&item.row.id)).cloned().collect();
        for id in articles {
            if let Some(item) = self.item_mut(*id) {
                apply(&mut item.row.standing, change);
                if let Change::Copied(hunt) = change {
                    item.copied.push((hunt.clone(), NOW));
                }
            }
        }
        let number = self.journal.len() as i64 + 1;
        let (articles, change, undone) = (articles.to_vec(), change.clone(), false);
        self.marks.push((articles.clone(), change.clone()));
        let line = Journal { number, at: NOW, change, articles, undone };
        self.journal.push((before, line.clone()));
        line
    }

    fn undo(&mut self) -> Option<Journal> {
        let last = self.journal.iter().rposition(|(_, line)| line.change.is_decision())?;
        let (before, journal) = self.journal.remove(last);
        for item in before {
            let id = item.row.id;
            if let Some(now) = self.item_mut(id) {
                *now = item;
            }
        }
        Some(Journal { undone: true, ..journal })
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
