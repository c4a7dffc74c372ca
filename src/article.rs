//! An entry of a feed becomes an article: cleaned text that remembers its layout, and a name to know it by.
//!
//! Pure: no clock and no input or output. The time of first sight comes in as an argument.

mod advisory;
mod document;
mod entry;
mod identity;
mod page;

pub use advisory::{Advisory, AdvisorySource, PackageRange, VendorSeverity};
pub use document::{Block, BlockKind, Document, Link};
pub use entry::{Content, Entry};
pub use identity::Identity;
pub use page::{page_of, place_of};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::text::clip;

/// One article, cleaned and named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// What makes it the same article in two fetches of its feed.
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
    /// Makes an article of an entry that came alone.
    ///
    /// `source` is the publisher's name, `seen` the time of first sight, which stands in for a missing date.
    pub fn from_entry(entry: Entry, source: &str, seen: Timestamp) -> Self {
        let identity = Identity::of(&entry);
        Self::with_identity(entry, identity, source, seen)
    }

    /// Makes an article of an entry that came with others, by the identity that [`Identity::of_poll`] gave it.
    pub fn with_identity(entry: Entry, identity: Identity, source: &str, seen: Timestamp) -> Self {
        let document = match &entry.content {
            Content::Html(html) => Document::from_html(html),
            Content::Plain(text) => Document::from_plain(text),
        };
        let published = entry.published.or(entry.updated);
        let title = if entry.title.trim().is_empty() { opening(&document) } else { entry.title };
        Self {
            identity,
            title,
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

/// How many columns of its text name an article without a title.
const OPENING: usize = 80;

/// Returns the opening words of a text, for an article that its source gave no title.
fn opening(document: &Document) -> String {
    let line = document.readable().flat_map(|(_, text)| text.lines()).find(|line| !line.trim().is_empty());
    line.map_or_else(|| "Untitled".to_owned(), |line| clip(line.trim(), OPENING).into_owned())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Article, Content, Entry};

    #[test]
    fn an_article_without_a_title_is_named_by_its_opening_words() {
        let named = |text: &str| {
            let entry = Entry { content: Content::Plain(text.into()), ..Entry::default() };
            Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH).title
        };
        assert_eq!(named("\n  A loader, seen today\nmore"), "A loader, seen today");
        assert_eq!(named(""), "Untitled");
    }
}
