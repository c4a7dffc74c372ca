use jiff::Timestamp;

use super::Advisory;

/// One item of a feed as the source gave it, before cleaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The feed's own identifier (RSS `guid`, Atom `id`, a CVE or GHSA id).
    pub guid: Option<String>,
    /// The link to the article, absolute.
    pub link: Option<String>,
    /// The title with its markup and entities resolved.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The date of publication.
    pub published: Option<Timestamp>,
    /// The date of the last change.
    pub updated: Option<Timestamp>,
    /// The richest body the entry has: content before summary.
    pub content: Content,
    /// The feed's own categories.
    pub categories: Vec<String>,
    /// The structured facts of an advisory.
    pub advisory: Option<Advisory>,
}

/// The body of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// HTML, whole or a fragment.
    Html(String),
    /// Plain text or Markdown; kept byte for byte, so that spans point into what was given.
    Plain(String),
}

impl Content {
    /// Returns the body as it was given.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Html(text) | Self::Plain(text) => text,
        }
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}
