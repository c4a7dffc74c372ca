//! An entry of a feed becomes an article: cleaned text that remembers its layout, and a name to know it by.
//!
//! Pure: no clock and no input or output. The time of first sight comes in as an argument.

mod advisory;
mod document;
mod entry;
mod identity;

pub use advisory::{Advisory, Catalogue, PackageRange, VendorSeverity};
pub use document::{Block, BlockKind, Document, Link};
pub use entry::{Content, Entry};
pub use identity::Identity;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One article, cleaned and named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// What makes it the same article in two fetches.
    pub identity: Identity,
    /// The title, as plain text in one line. Not yet safe to draw.
    pub title: String,
    /// The publisher's name, as shown.
    pub source: String,
    /// The link to the page, if the entry gave one.
    pub url: Option<String>,
    /// When it was published; the time of first sight when the entry gave no date that can be read.
    pub published: Timestamp,
    /// Whether `published` is the time of first sight.
    #[serde(default)]
    pub date_guessed: bool,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<String>,
    /// The feed's own categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The cleaned body.
    pub document: Document,
    /// The structured facts of an advisory (CISA KEV, GitHub).
    #[serde(default)]
    pub advisory: Option<Advisory>,
}

impl Article {
    /// Makes an article of an entry.
    ///
    /// `source` is the publisher's name, `seen` the time of first sight, which stands in for a missing date.
    pub fn from_entry(entry: Entry, source: &str, seen: Timestamp) -> Self {
        let identity = Identity::of(&entry);
        let document = match &entry.content {
            Content::Html(html) => Document::from_html(html),
            Content::Plain(text) => Document::from_plain(text),
        };
        let published = entry.published.or(entry.updated);
        Self {
            identity,
            title: entry.title,
            source: source.to_owned(),
            url: entry.link,
            published: published.unwrap_or(seen),
            date_guessed: published.is_none(),
            author: entry.author,
            categories: entry.categories,
            document,
            advisory: entry.advisory,
        }
    }
}
