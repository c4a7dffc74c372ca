use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;

use super::{
    ClipboardSetting, ConsoleSettings, FetchSettings, HuntSettings, IndicatorSettings, NotifySettings, SHIPPED,
    Settings, SiemSettings, TechniqueSettings, WatchSettings,
};
use crate::{hunt::Dialect, source::Source};

/// Returns the feeds of the shipped configuration.
pub(super) fn shipped_feeds() -> Vec<Source> {
    #[derive(Deserialize)]
    struct Feeds {
        feeds: Vec<Source>,
    }
    toml::from_str::<Feeds>(SHIPPED).expect("a test reads the shipped config.toml").feeds
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            extend_feeds: false,
            feeds: shipped_feeds(),
            fetch: FetchSettings::default(),
            console: ConsoleSettings::default(),
            hunts: HuntSettings::default(),
            indicators: IndicatorSettings::default(),
            techniques: TechniqueSettings::default(),
            watch: WatchSettings::default(),
            siem: SiemSettings::default(),
            notify: NotifySettings::default(),
            views: BTreeMap::new(),
        }
    }
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            interval: Duration::from_mins(30),
            parallel: 8,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_mins(1),
            max_feed_mb: 20,
            max_page_mb: 2,
            user_agent: concat!("huntdeck/", env!("CARGO_PKG_VERSION")).into(),
            proxy: String::new(),
            full_text: false,
            keep: Duration::from_hours(400 * 24),
        }
    }
}

impl Default for ConsoleSettings {
    fn default() -> Self {
        Self {
            theme: "terminal".into(),
            mouse: false,
            plain: false,
            dialect: Dialect::default(),
            view: "New".into(),
            opener: String::new(),
            owner: String::new(),
            clipboard: ClipboardSetting::default(),
        }
    }
}

impl Default for HuntSettings {
    fn default() -> Self {
        Self {
            window_days: 7,
            summaries_only: true,
            spl_prefix: String::new(),
            cap: 200,
            shown: 8,
            folders: Vec::new(),
        }
    }
}

impl Default for TechniqueSettings {
    fn default() -> Self {
        Self { threshold: 0.3 }
    }
}
