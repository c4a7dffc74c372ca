use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde::Deserialize;

use super::{
    defaults::shipped_feeds,
    words::{self, ClipboardSetting},
};
use crate::{
    briefing::Severity,
    hunt::Dialect,
    source::{Source, duration},
};

/// Everything that `config.toml` says. A test holds the defaults here to the shipped file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether the user's feeds come on top of the shipped ones instead of replacing them.
    pub extend_feeds: bool,
    /// The sources.
    #[serde(default = "shipped_feeds")]
    pub feeds: Vec<Source>,
    /// How sources are fetched.
    pub fetch: FetchSettings,
    /// How the console looks and behaves.
    pub console: ConsoleSettings,
    /// What queries are rendered with.
    pub hunts: HuntSettings,
    /// The user's own judgements of indicators.
    pub indicators: IndicatorSettings,
    /// How techniques are kept.
    pub techniques: TechniqueSettings,
    /// The user's own products, vendors and words.
    pub watch: WatchSettings,
    /// Where a hunt can be opened with its query filled in.
    pub siem: SiemSettings,
    /// Who is told about new articles, and how.
    pub notify: NotifySettings,
    /// Saved views: name → query, added to the built-in ones.
    pub views: BTreeMap<String, String>,
}

/// `[fetch]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchSettings {
    /// Whether the console fetches at all.
    pub enabled: bool,
    /// How often a feed is asked that does not say so itself.
    #[serde(with = "duration")]
    pub interval: Duration,
    /// How many feeds are fetched at the same time.
    pub parallel: usize,
    /// How long a connection may take to open.
    #[serde(with = "duration")]
    pub connect_timeout: Duration,
    /// How long the server may be silent.
    #[serde(with = "duration")]
    pub read_timeout: Duration,
    /// How long one request may take in all.
    #[serde(with = "duration")]
    pub total_timeout: Duration,
    /// The greatest number of decoded bytes of a feed, in MB.
    pub max_feed_mb: u64,
    /// The greatest number of decoded bytes of a page, in MB.
    pub max_page_mb: u64,
    /// What huntdeck calls itself.
    pub user_agent: String,
    /// The proxy for every feed; the environment's when empty.
    pub proxy: String,
    /// Whether pages are fetched for their full text where a feed does not say.
    pub full_text: bool,
    /// How long articles are kept; zero keeps them for ever. What an analyst worked on always stays.
    #[serde(with = "duration")]
    pub keep: Duration,
}

/// `[console]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConsoleSettings {
    /// The name of a theme: a shipped one, or a file in the `themes` folder beside the config.
    pub theme: String,
    /// Whether the mouse is caught.
    pub mouse: bool,
    /// Whether to draw without boxes and colours, for screen readers.
    pub plain: bool,
    /// The dialect that is copied first.
    #[serde(deserialize_with = "words::dialect")]
    pub dialect: Dialect,
    /// The view that opens first, by name.
    pub view: String,
    /// The command that opens a link; the desktop's own when empty.
    pub opener: String,
    /// The name that is written as the owner.
    pub owner: String,
    /// The clipboard's route.
    pub clipboard: ClipboardSetting,
}

/// `[hunts]`
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HuntSettings {
    /// How far back queries look, in days.
    pub window_days: u16,
    /// Whether SPL asks accelerated summaries only.
    pub summaries_only: bool,
    /// An index or macro put into SPL searches.
    pub spl_prefix: String,
    /// The greatest number of values in one query.
    pub cap: usize,
    /// How many hunts a briefing shows before asking for more.
    pub shown: usize,
    /// Folders with hunts of the user's own.
    pub folders: Vec<PathBuf>,
}

/// `[indicators]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IndicatorSettings {
    /// Values that are always indicators.
    pub allow: Vec<ListedValue>,
    /// Values that never are.
    pub suppress: Vec<ListedValue>,
}

/// A value of the user's own lists.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedValue {
    /// The value, defanged or not.
    pub value: String,
    /// Why it is listed.
    #[serde(default)]
    pub reason: String,
}

/// `[techniques]`
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TechniqueSettings {
    /// The lowest score with which a technique is kept, 0.0 to 1.0.
    pub threshold: f32,
}

/// `[watch]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchSettings {
    /// Products, vendors and words; each raises the severity of an article that has it.
    pub terms: Vec<String>,
}

/// `[siem]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiemSettings {
    /// Splunk's address, such as `https://splunk.example:8000`.
    pub splunk: String,
    /// Defender's portal.
    pub defender: String,
    /// The Sentinel workspace's address in the Azure portal.
    pub sentinel: String,
}

/// `[notify]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotifySettings {
    /// The lowest severity that is told about; nobody is told of one if it is `None`.
    #[serde(deserialize_with = "words::severity")]
    pub severity: Option<Severity>,
    /// Saved views whose new articles are told of too, whatever their severity is.
    pub views: Vec<String>,
    /// Whether the terminal's bell rings.
    pub bell: bool,
    /// Whether the terminal shows a notification (OSC 9 and OSC 777).
    pub terminal: bool,
    /// Whether the desktop shows a notification, by its own program: `notify-send`, or `osascript` on macOS.
    pub desktop: bool,
    /// A command that gets the articles as JSON lines on standard input.
    pub command: Vec<String>,
}
