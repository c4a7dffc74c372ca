use std::time::Duration;

use crate::{article::Entry, source::SourceKind};

/// A feed that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedFeed {
    /// What kind of source it turned out to be.
    pub kind: SourceKind,
    /// The format: `rss`, `rdf`, `atom`, `cdf`, `json`, `kev`, `ghsa` or `folder`.
    pub format: &'static str,
    /// Its title in one line of plain text; empty when it has none.
    pub title: String,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// Its entries, in its own order.
    pub entries: Vec<Entry>,
    /// How long it asks to be left alone (`<ttl>`).
    pub ttl: Option<Duration>,
    /// Whether it was broken and had to be repaired.
    pub repaired: bool,
    /// What was repaired or left out, in words: "12 of 13 items; a bare & was repaired".
    pub remark: Option<String>,
}

impl ParsedFeed {
    /// Makes a feed without entries and remarks.
    pub(super) const fn empty(kind: SourceKind, format: &'static str) -> Self {
        Self {
            kind,
            format,
            title: String::new(),
            link: None,
            entries: Vec::new(),
            ttl: None,
            repaired: false,
            remark: None,
        }
    }

    /// Adds words to the remark.
    pub(super) fn tell(&mut self, words: &str) {
        self.remark = Some(match self.remark.take() {
            Some(remark) => format!("{remark}; {words}"),
            None => words.to_owned(),
        });
    }

    /// Adds a repair to the remark.
    pub(super) fn note(&mut self, repair: &str) {
        self.repaired = true;
        self.tell(repair);
    }

    /// Says in the remark how many of `items` could be read, if not all.
    pub(super) fn tell_left_out(&mut self, read: usize, items: usize) {
        if read < items {
            self.tell(&format!("{read} of {items} items"));
        }
    }

    /// Says in the remark that only the newest of `seen` items were taken, if that is so.
    pub(super) fn tell_cap(&mut self, taken: usize, seen: usize) {
        if taken < seen {
            self.tell(&format!("took the newest {} of {}", grouped(taken), grouped(seen)));
        }
    }

    /// Returns what names the first entry on the web: its link, or its id where that is an address and no link is
    /// there, as in Atom.
    pub fn first_address(&self) -> Option<&str> {
        let first = self.entries.first()?;
        let id = || first.guid.as_deref().filter(|id| url::Url::parse(id).is_ok());
        first.link.as_deref().or_else(id)
    }
}

/// Writes a number with a comma between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Why bytes are not a feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// There is nothing in it.
    #[error("the answer is empty")]
    Empty,
    /// It is a web page.
    #[error("it is a web page, not a feed{}", suggest(feeds))]
    Page {
        /// The feeds that the page names.
        feeds: Vec<String>,
    },
    /// It is a list of feeds.
    #[error("it is a list of feeds (OPML), not a feed: bring it in with `huntdeck feeds import`")]
    Opml,
    /// It is a catalogue, and the source is not said to be one.
    #[error(
        "it is a catalogue, which only a feed of its kind is believed to be: add kind = \"{kind}\" to this feed in \
         config.toml"
    )]
    Catalogue {
        /// The kind that it looks like.
        kind: &'static str,
    },
    /// It is something else.
    #[error("it is neither RSS nor Atom nor JSON Feed ({found})")]
    Unknown {
        /// What it looks like.
        found: String,
    },
    /// It is JSON with a fault.
    #[error("its JSON is broken: {0}")]
    Json(String),
}

fn suggest(feeds: &[String]) -> String {
    match feeds {
        [] => "; look for its RSS or Atom address".into(),
        [first, ..] => format!("; it names the feed {first}: use that address"),
    }
}

#[cfg(test)]
mod tests {
    use crate::feed::parse;

    #[test]
    fn the_first_entry_is_named_by_its_link_or_else_by_its_id() {
        let first = |entry: &str| {
            let feed = parse(format!("<feed><entry>{entry}</entry></feed>").as_bytes(), None, None).unwrap();
            feed.first_address().map(str::to_owned)
        };
        assert_eq!(first("<id>urn:uuid:1</id>").as_deref(), Some("urn:uuid:1"));
        let both = "<id>urn:uuid:1</id><link href='https://a.example/'/>";
        assert_eq!(first(both).as_deref(), Some("https://a.example/"));
        assert_eq!(first("<id>no address</id>"), None);
    }
}
