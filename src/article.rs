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

use jiff::{SignedDuration, Timestamp};
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
    /// When it was published; the time of first sight if the entry gave no date that can be read, or one to come.
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
        // A date that is to come would stand on top of every list and outlive every clean-up.
        let latest = seen + MAX_AHEAD;
        let published = [entry.published, entry.updated].into_iter().flatten().find(|date| *date <= latest);
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

/// How far ahead of the clock a date is believed: zones are often wrong, years never by so little.
const MAX_AHEAD: SignedDuration = SignedDuration::from_hours(24);

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
    fn a_date_to_come_is_not_believed() {
        let seen: Timestamp = "2026-11-24T04:00:00Z".parse().unwrap();
        let dated = |published: &str, updated: Option<&str>| {
            let updated = updated.map(|at| at.parse().unwrap());
            let entry = Entry { published: published.parse().ok(), updated, ..Entry::default() };
            let article = Article::from_entry(entry, "Source", seen);
            (article.published.to_string(), article.date_guessed)
        };
        assert_eq!(dated("9998-01-01T00:00:00Z", None), (seen.to_string(), true));
        assert_eq!(dated("2026-11-25T04:00:01Z", None), (seen.to_string(), true));
        let ahead = "2026-11-25T04:00:00Z";
        assert_eq!(dated(ahead, None), (ahead.to_owned(), false), "a day may be a zone that is wrong");
        let before = "2026-11-20T00:00:00Z";
        assert_eq!(dated("9998-01-01T00:00:00Z", Some(before)), (before.to_owned(), false));
    }

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
