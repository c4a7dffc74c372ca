use std::borrow::Cow;

use url::Url;

use crate::{
    article::{Content, Entry},
    feed::xml::{attribute, plain_line},
};

/// The length in bytes at which a body is cut.
const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

/// One element of a feed or an item: its name, its attributes, and everything up to its end tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// Its customary prefix; empty for the feed's own vocabulary.
    pub(super) prefix: &'a str,
    /// Its name without prefix.
    pub(super) local: &'a str,
    pub(super) attributes: &'a str,
    pub(super) inner: &'a str,
}

impl<'a> Field<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        attribute(self.attributes, name)
    }
}

/// An item under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) entry: Entry,
    /// The base of relative links in the item, where it says one itself.
    pub(super) base: Option<Url>,
    pub(super) link: Best<String>,
    pub(super) title: Best<String>,
    pub(super) published: Best<jiff::Timestamp>,
    pub(super) updated: Best<jiff::Timestamp>,
    pub(super) content: Option<Content>,
    pub(super) summary: Option<Content>,
    /// Whether the guid is said not to be a link.
    pub(super) guid_is_no_link: bool,
    /// How many elements it has.
    pub(super) elements: usize,
}

/// The best of several values for one thing; of equals the first.
#[derive(Debug)]
pub(super) struct Best<T> {
    value: Option<T>,
    rank: u8,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { value: None, rank: 0 }
    }
}

impl<T> Best<T> {
    /// Takes a value of a rank above zero unless a better or equal one is there.
    pub(super) fn offer(&mut self, rank: u8, value: Option<T>) {
        if rank > self.rank
            && let Some(value) = value
        {
            (self.value, self.rank) = (Some(value), rank);
        }
    }

    pub(super) fn take(&mut self) -> Option<T> {
        self.value.take()
    }
}

impl Draft {
    /// Makes the entry; none when the item has nothing in it at all.
    pub(super) fn finish(mut self, resolve: impl Fn(&str, Option<&Url>) -> String) -> Option<Entry> {
        let mut entry = self.entry;
        let link = self.link.take().or_else(|| {
            let guid = entry.guid.as_deref().filter(|_| !self.guid_is_no_link)?;
            (guid.starts_with("http://") || guid.starts_with("https://")).then(|| guid.to_owned())
        });
        entry.link = link.map(|link| resolve(&link, self.base.as_ref())).filter(|link| !link.is_empty());
        entry.title = self.title.take().unwrap_or_default();
        entry.published = self.published.take();
        entry.updated = self.updated.take();
        entry.content = richer(self.content, self.summary);
        (self.elements > 0 || entry.link.is_some()).then_some(entry)
    }
}

/// Chooses the content before the summary, unless it is blank or a mere excerpt of it.
pub(in crate::feed) fn richer(content: Option<Content>, summary: Option<Content>) -> Content {
    match (content, summary) {
        (Some(content), Some(summary)) if length(&content) < length(&summary) => summary,
        (Some(content), _) => content,
        (None, summary) => summary.unwrap_or_default(),
    }
}

fn length(content: &Content) -> usize {
    let (Content::Html(text) | Content::Plain(text)) = content;
    text.trim().len()
}

/// Makes a body of characters: HTML where it looks like HTML, else plain text.
pub(in crate::feed) fn body(text: Cow<'_, str>, html: Option<bool>) -> Content {
    let mut text = text.into_owned();
    if text.len() > MAX_BODY_BYTES {
        text.truncate(text.floor_char_boundary(MAX_BODY_BYTES));
    }
    if html.unwrap_or_else(|| looks_like_html(&text)) { Content::Html(text) } else { Content::Plain(text) }
}

/// Returns `true` if characters hold a tag or a reference.
fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).any(|at| match (bytes[at], bytes.get(at + 1)) {
        (b'<', Some(next)) => next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'),
        (_, Some(next)) => {
            let reach = &bytes[at + 1..bytes.len().min(at + 12)];
            (next.is_ascii_alphabetic() || *next == b'#') && reach.contains(&b';')
        }
        _ => false,
    })
}

/// Makes a name of an element's characters, none when it is blank.
pub(super) fn name(html: &str) -> Option<String> {
    Some(plain_line(html)).filter(|line| !line.is_empty())
}
