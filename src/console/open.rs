//! What the console is opened with.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use tokio::sync::Notify;

use super::{
    keymap::Keymap,
    pane::Pane,
    state::{App, ListFilter, Tone},
    theme::Theme,
};
use crate::{
    briefing::Briefer,
    clipboard::{Clipboard, routes},
    config::{ConsoleSettings, HuntSettings, NotifySettings, Paths, SiemSettings},
    hunt::Parameters,
    triage::all_views,
};

/// What the console is opened with.
pub struct Options {
    /// `[console]` of the configuration.
    pub settings: ConsoleSettings,
    /// `[siem]` of the configuration.
    pub siem: SiemSettings,
    /// `[notify]` of the configuration.
    pub notify: NotifySettings,
    /// `[views]` of the configuration.
    pub views: BTreeMap<String, String>,
    /// Where the keymap, the themes and the copied file are.
    pub paths: Paths,
    /// `[watch]` of the configuration: its terms make a view.
    pub watch: Vec<String>,
    /// Whether nothing is fetched.
    pub offline: bool,
    /// Whether `NO_COLOR` is set.
    pub no_colour: bool,
    /// What queries are rendered with until the analyst changes it.
    pub parameters: Parameters,
    /// How many hunts of an article are listed before more are asked for.
    pub hunts_shown: usize,
    /// What makes briefings, with the hunts that are rendered.
    pub briefer: Arc<Briefer>,
    /// What is told when the analyst wants the feeds asked now.
    pub fetch: Option<Arc<Notify>>,
    /// What there is to say at the start, such as a fault of the configuration.
    pub notice: Option<String>,
    /// What tells the time.
    pub clock: fn() -> Timestamp,
}

impl Options {
    /// Returns what a console without a configuration is opened with.
    pub fn new(paths: Paths, briefer: Arc<Briefer>) -> Self {
        Self {
            settings: ConsoleSettings::default(),
            siem: SiemSettings::default(),
            notify: NotifySettings::default(),
            views: BTreeMap::new(),
            watch: Vec::new(),
            paths,
            offline: false,
            no_colour: false,
            parameters: Parameters::default(),
            hunts_shown: HuntSettings::default().shown,
            briefer,
            fetch: None,
            notice: None,
            clock: Timestamp::now,
        }
    }

    /// Returns the folder of the user's own themes.
    pub(super) fn themes(&self) -> std::path::PathBuf {
        self.paths.config.join("themes")
    }

    /// Makes the clipboard that the configuration and the environment ask for.
    pub(super) fn clipboard(&self) -> Clipboard {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Clipboard::new(routes(self.settings.clipboard, is_set), self.paths.copied_file())
    }

    /// Makes the state that the console begins with. What is wrong with keymap or theme becomes a message.
    pub(super) fn app(&self, size: (u16, u16)) -> App {
        let mut faults = Vec::from_iter(self.notice.clone());
        let keymap = self.keymap(&mut faults);
        let theme = self.theme(&mut faults);
        let views = all_views(&self.views, &self.watch);
        let first = views.iter().find(|view| view.name == self.settings.view).or_else(|| views.first());
        let mut app = App {
            now: (self.clock)(),
            size,
            tab: Pane::Indicators,
            narrow: first.map(ListFilter::view).unwrap_or_default(),
            keymap,
            theme,
            plain: self.settings.plain,
            offline: self.offline,
            dialect: self.settings.dialect,
            views,
            settings: self.settings.clone(),
            notify: self.notify.clone(),
            siem: self.siem.clone(),
            parameters: self.parameters.clone(),
            defaults: self.parameters.clone(),
            hunts_shown: self.hunts_shown,
            ..App::default()
        };
        for fault in faults {
            app.say(Tone::Fault, fault);
        }
        app
    }

    fn keymap(&self, faults: &mut Vec<String>) -> Keymap {
        let path = self.paths.keymap_file();
        match std::fs::read_to_string(&path) {
            Ok(text) => Keymap::parse(&text).unwrap_or_else(|error| {
                faults.push(format!("{}: {error}; the default keys are used", path.display()));
                Keymap::default()
            }),
            Err(_) => Keymap::default(),
        }
    }

    fn theme(&self, faults: &mut Vec<String>) -> Theme {
        if self.no_colour || self.settings.plain {
            return Theme::without_colour();
        }
        Theme::load(&self.settings.theme, &self.themes()).unwrap_or_else(|error| {
            faults.push(error.to_string());
            Theme::default()
        })
    }
}
