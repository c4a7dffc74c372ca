use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::{Fetching, List, ListFilter, LogLine, Open, OverlayState, Prompt, Toast, Tone};
use crate::{
    attack::TechniqueId,
    config::{ConsoleSettings, NotifySettings, SiemSettings},
    console::{
        action::{Action, Place},
        keymap::{Key, Keymap},
        layout::{self, Panes},
        pane::Pane,
        read::Trend,
        theme::Theme,
    },
    hunt::{Dialect, Parameters},
    source::{FeedState, Health},
    triage::{ArticleId, Journal, Tally, View},
};

/// How many lines the log keeps.
const MAX_LOG_LINES: usize = 500;

/// Everything that the console knows at one moment.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and no two make one state")]
pub struct App {
    /// The time of the last message.
    pub now: Timestamp,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether it has the whole screen.
    pub zoomed: bool,
    /// The pane of findings that is on top.
    pub tab: Pane,
    /// The pane of findings that the evidence was opened from, to go back to.
    pub finding: Option<Pane>,
    /// The articles.
    pub list: List,
    /// What the list shows.
    pub narrow: ListFilter,
    /// The lists before this one, to return to, each with the article under the cursor.
    pub before: Vec<(ListFilter, Option<ArticleId>)>,
    /// The article that is shown.
    pub open: Option<Open>,
    /// The article that is being read from the store.
    pub reading: Option<ArticleId>,
    /// The article that cannot be read; it is not asked for again while the cursor stays on it.
    pub unreadable: Option<ArticleId>,
    /// The line of text that is being written.
    pub prompt: Option<Prompt>,
    /// What was searched for, newest last.
    pub searches: Vec<String>,
    /// The words that were searched for, to highlight.
    pub words: Vec<String>,
    /// When a search that is being written is run.
    pub search_due: Option<Timestamp>,
    /// The overlay over the panes.
    pub overlay: Option<OverlayState>,
    /// The keys of a sequence that has begun.
    pub keys: Vec<Key>,
    /// The count before it.
    pub count: Option<usize>,
    /// The message that is shown.
    pub toast: Option<Toast>,
    /// What happened, oldest first.
    pub log: VecDeque<LogLine>,
    /// How the feeds fare.
    pub feeds: Vec<Health>,
    /// How the background fetch stands.
    pub fetching: Fetching,
    /// The changes, newest first.
    pub history: Vec<Journal>,
    /// The titles of articles that were changed one by one.
    pub titles: BTreeMap<ArticleId, String>,
    /// How many articles lists have, by name.
    pub counts: BTreeMap<String, Tally>,
    /// How many articles of the list show each technique.
    pub techniques: Vec<(TechniqueId, u64)>,
    /// How many articles of the list each day has, and each source.
    pub trend: Trend,
    /// The names of the user's own themes.
    pub own_themes: Vec<String>,
    /// What is said when the console is left.
    pub parting: Option<String>,
    /// When the console was left the last time.
    pub last_visit: Option<Timestamp>,
    /// Which key does what.
    pub keymap: Keymap,
    /// How things look.
    pub theme: Theme,
    /// Whether nothing but words is drawn.
    pub plain: bool,
    /// Whether nothing is fetched.
    pub offline: bool,
    /// The dialect that is shown and copied.
    pub dialect: Dialect,
    /// The saved views.
    pub views: Vec<View>,
    /// What the configuration says of the console.
    pub settings: ConsoleSettings,
    /// Who is told of new articles, and how.
    pub notify: NotifySettings,
    /// Where hunts can be opened.
    pub siem: SiemSettings,
    /// How many hunts were copied from each article in this sitting.
    pub copied: BTreeMap<ArticleId, usize>,
    /// What queries are rendered with.
    pub parameters: Parameters,
    /// What the configuration says of that.
    pub defaults: Parameters,
    /// How many hunts of an article are listed before more are asked for.
    pub hunts_shown: usize,
    /// What is done as soon as the article, or its hunts, are there.
    pub waiting: Option<Action>,
    /// The keys that were pressed meanwhile.
    pub typed_ahead: VecDeque<Key>,
    /// Whether the program is to end.
    pub done: bool,
}

impl App {
    /// Returns where the panes lie.
    pub fn panes(&self) -> Panes {
        // A screen reader reads lines across: side by side, panes would be read as one.
        layout::panes(self.size, self.focus, self.tab, self.zoomed || self.plain)
    }

    /// Returns the place whose keys work.
    pub const fn place(&self) -> Place {
        match self.focus {
            Pane::List => Place::List,
            Pane::Indicators => Place::Indicators,
            Pane::Hunts => Place::Hunts,
            Pane::Article | Pane::Techniques | Pane::Reasons => Place::Everywhere,
        }
    }

    /// Shows a message for a few seconds and keeps it in the log.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        let seconds = if tone == Tone::Fault { 8 } else { 4 };
        let until = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(self.now);
        self.note(tone, text.clone());
        self.toast = Some(Toast { text, tone, until });
    }

    /// Keeps a message in the log.
    pub fn note(&mut self, tone: Tone, text: impl Into<String>) {
        if self.log.len() == MAX_LOG_LINES {
            self.log.pop_front();
        }
        self.log.push_back(LogLine { at: self.now, text: text.into(), tone });
    }

    /// Returns the time at which something has to be done though nothing happens; none while all is quiet.
    pub fn due(&self) -> Option<Timestamp> {
        [self.toast.as_ref().map(|toast| toast.until), self.search_due].into_iter().flatten().min()
    }

    /// Returns `true` if what the screen shows is still on its way: rows, the article under the cursor, or its hunts.
    pub fn is_behind(&self) -> bool {
        let panes = self.panes();
        let article = self.reading.is_some() && (panes.article.is_some() || panes.findings.is_some());
        let hunts = self.shows_hunts() && self.open.as_ref().is_some_and(|open| open.rendering);
        let list = self.list.is_coming() || !(self.list.is_loaded() || self.list.fault.is_some());
        article || hunts || list
    }

    /// Returns `true` if hunts are on the screen.
    pub fn shows_hunts(&self) -> bool {
        let panes = self.panes();
        panes.preview.is_some() || (panes.findings.is_some() && self.tab == Pane::Hunts)
    }

    /// Counts the feeds that cannot be read.
    pub fn failing(&self) -> usize {
        self.feeds.iter().filter(|feed| feed.state == FeedState::Failing).count()
    }
}
