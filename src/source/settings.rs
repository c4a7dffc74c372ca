use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde::{Deserialize, Serialize};

use super::duration;

/// What kind of source a feed is. A catalogue is read as one only if the configuration says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Rss,
    /// CISA's catalogue of known exploited vulnerabilities.
    Kev,
    /// GitHub's security advisories.
    Ghsa,
    /// A folder of files.
    Folder,
}

/// One `[[feeds]]` table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name shown as the source; names are unique.
    pub name: String,
    /// The address, or the folder's path.
    pub url: String,
    /// What kind of source it is; a feed or a folder if nothing is said.
    #[serde(default)]
    pub kind: Option<SourceKind>,
    /// How often it is asked, at the most.
    #[serde(default, with = "duration::option")]
    pub interval: Option<Duration>,
    /// Keep only entries that have one of these words in the title or text.
    #[serde(default)]
    pub include: Vec<String>,
    /// Drop entries that have one of these words in the title.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Whether the article's page is fetched for its full text.
    #[serde(default)]
    pub full_text: Option<bool>,
    /// Tags that each article of the feed gets.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Whether it is fetched.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Headers to send; `${NAME}` in a value is taken from the environment, `$(COMMAND)` from a command's first line.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The environment variable that holds a bearer token.
    #[serde(default)]
    pub token_env: Option<String>,
    /// The proxy for this feed alone.
    #[serde(default)]
    pub proxy: Option<String>,
    /// What huntdeck calls itself to this feed.
    #[serde(default)]
    pub user_agent: Option<String>,
    /// Whether its address may be in a private network although its name is one of the public internet.
    #[serde(default)]
    pub private: bool,
    /// What is trusted for this feed that is not otherwise.
    #[serde(default)]
    pub trust: Trust,
}

/// `trust` of a feed: for sources in the user's own network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trust {
    /// A file of certificates (PEM) of authorities that may speak for its server, beside the machine's own.
    pub ca: Option<PathBuf>,
    /// Whether the pages of its articles may stand on its own host even where that is a private address.
    pub pages: bool,
}

impl SourceKind {
    /// Returns the name that the configuration has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Kev => "kev",
            Self::Ghsa => "ghsa",
            Self::Folder => "folder",
        }
    }
}

impl Source {
    /// Makes a feed with nothing said but its name and its address.
    pub fn new(name: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            url: url.into(),
            kind: None,
            interval: None,
            include: Vec::new(),
            exclude: Vec::new(),
            full_text: None,
            tags: Vec::new(),
            enabled: true,
            headers: BTreeMap::new(),
            token_env: None,
            proxy: None,
            user_agent: None,
            private: false,
            trust: Trust::default(),
        }
    }
}

const fn yes() -> bool {
    true
}
