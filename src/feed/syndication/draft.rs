//! The one way from what a reader found in an item to an entry.

use std::borrow::Cow;

use url::Url;

use crate::{
    article::{Content, Entry},
    feed::{limits::cut_body, xml::plain_line},
};

/// The length at which a guid is cut.
const MAX_GUID_CHARS: usize = 1_000;
/// The greatest number of categories that an entry keeps.
const MAX_CATEGORIES: usize = 50;

/// An item under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The base of relative links in the item, where it says one itself.
    base: Option<Url>,
    pub(super) published: Best<jiff::Timestamp>,
    pub(super) updated: Best<jiff::Timestamp>,
    /// Whether the guid is said not to be a link.
    pub(super) guid_is_no_link: bool,
    /// How many elements it has.
    pub(super) elements: usize,
    title: Best<String>,
    link: Best<String>,
    guid: Option<String>,
    author: Option<String>,
    categories: Vec<String>,
    content: Option<Content>,
    summary: Option<Content>,
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

    pub(super) const fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(super) fn take(&mut self) -> Option<T> {
        self.value.take()
    }
}

impl Draft {
    pub(super) fn new(base: Option<Url>) -> Self {
        Self { base, ..Self::default() }
    }

    pub(super) fn title(&mut self, rank: u8, text: &str, literal: bool) {
        self.title.offer(rank, title(text, literal));
    }

    pub(super) fn link(&mut self, rank: u8, address: &str) {
        self.link.offer(rank, clean_address(address));
    }

    /// Takes an identifier; the first one stays.
    pub(super) fn guid(&mut self, text: &str) {
        let guid = text.trim();
        if !guid.is_empty() && self.guid.is_none() {
            self.guid = Some(guid.chars().take(MAX_GUID_CHARS).collect());
        }
    }

    /// Takes an identifier from the element that is meant for it.
    pub(super) fn own_guid(&mut self, text: &str) {
        let other = self.guid.take();
        self.guid(text);
        self.guid = self.guid.take().or(other);
    }

    /// Takes an author: by name, else by address; the first one stays.
    pub(super) fn author(&mut self, person: Option<&str>, address: Option<&str>) {
        if self.author.is_none() {
            let person = person.map(|person| bare(person.trim())).and_then(name);
            self.author = person.or_else(|| address.and_then(name));
        }
    }

    pub(super) fn category(&mut self, text: &str) {
        let Some(category) = name(text) else { return };
        if self.categories.len() < MAX_CATEGORIES && !self.categories.contains(&category) {
            self.categories.push(category);
        }
    }

    /// Takes the whole text; the longest one stays. `html` is what the feed says of it, if it says anything.
    pub(super) fn content(&mut self, text: Cow<'_, str>, html: Option<bool>) {
        fuller(&mut self.content, body(text, html));
    }

    /// Takes the summary; the longest one stays.
    pub(super) fn summary(&mut self, text: Cow<'_, str>, html: Option<bool>) {
        fuller(&mut self.summary, body(text, html));
    }

    pub(super) const fn has_summary(&self) -> bool {
        self.summary.is_some()
    }

    /// Makes the entry. Returns `None` if the item has nothing in it at all.
    pub(super) fn finish(mut self, resolve: impl Fn(&str, Option<&Url>) -> String) -> Option<Entry> {
        let link = self.link.take().or_else(|| {
            let guid = self.guid.as_deref().filter(|_| !self.guid_is_no_link)?;
            (guid.starts_with("http://") || guid.starts_with("https://")).then(|| guid.to_owned())
        });
        let link = link.map(|link| resolve(&link, self.base.as_ref())).filter(|link| !link.is_empty());
        let published = self.published.take();
        (self.elements > 0 || link.is_some()).then(|| Entry {
            guid: self.guid,
            link,
            title: self.title.take().unwrap_or_default(),
            author: self.author,
            published,
            updated: self.updated.take().filter(|updated| Some(*updated) != published),
            content: richer(self.content, self.summary),
            categories: self.categories,
            advisory: None,
        })
    }
}

/// Makes a title of an element's characters. Only Atom's plain text is literal; everything else may hold markup,
/// whatever it says.
pub(super) fn title(text: &str, literal: bool) -> Option<String> {
    let title = if literal { plain_line(&text.replace('&', "&amp;")) } else { plain_line(text) };
    Some(title).filter(|title| !title.is_empty())
}

/// Makes one line of an element's characters. Returns `None` if it is blank.
pub(super) fn name(html: &str) -> Option<String> {
    Some(plain_line(html)).filter(|line| !line.is_empty())
}

/// Takes what is no part of an address out of it.
pub(super) fn clean_address(text: &str) -> Option<String> {
    let address: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    (!address.is_empty()).then_some(address)
}

/// Returns a name without the brackets that it stands in.
fn bare(name: &str) -> &str {
    name.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(name)
}

/// Makes a body of characters: HTML where it is said to be or looks like it, else plain text. Returns `None` if it is
/// blank.
fn body(text: Cow<'_, str>, html: Option<bool>) -> Option<Content> {
    let inner = cut_body(text.trim());
    let (html, is_blank) = (html.unwrap_or_else(|| looks_like_html(inner)), inner.is_empty());
    let text = if inner.len() == text.len() { text.into_owned() } else { inner.to_owned() };
    (!is_blank).then_some(if html { Content::Html(text) } else { Content::Plain(text) })
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

fn length(content: &Content) -> usize {
    let (Content::Html(text) | Content::Plain(text)) = content;
    text.len()
}

fn fuller(kept: &mut Option<Content>, new: Option<Content>) {
    if let Some(new) = new
        && kept.as_ref().is_none_or(|kept| length(kept) < length(&new))
    {
        *kept = Some(new);
    }
}

/// Chooses the content before the summary, unless it is a mere excerpt of it.
fn richer(content: Option<Content>, summary: Option<Content>) -> Content {
    match (content, summary) {
        (Some(content), Some(summary)) if length(&content) < length(&summary) => summary,
        (Some(content), _) => content,
        (None, summary) => summary.unwrap_or_default(),
    }
}
