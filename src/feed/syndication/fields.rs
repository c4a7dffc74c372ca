use std::borrow::Cow;

use super::draft::{Draft, name};
use crate::feed::{
    date,
    xml::{Kind, Tokens, Value, attribute, local, value},
};

/// One element of a feed or an item: its name, its attributes, and everything up to its end tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    /// Its customary prefix; empty for the feed's own vocabulary.
    pub(super) prefix: &'a str,
    /// Its name without prefix.
    pub(super) local: &'a str,
    pub(super) attributes: &'a str,
    pub(super) inner: &'a str,
    /// Whether it is an element of Atom.
    pub(super) atom: bool,
}

impl<'a> Field<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        attribute(self.attributes, name)
    }

    /// Returns `true` if the characters of a title are meant literally: Atom's plain text, which is what it says when it
    /// says nothing. (Atom 0.3 said how it escapes.)
    pub(super) fn is_literal(&self, read: &Value<'_>) -> bool {
        let plain = self.attribute("type").is_none_or(|kind| matches!(&*kind, "text" | "text/plain"));
        self.atom && plain && !read.markup && self.attribute("mode").is_none()
    }
}

/// What an element of an item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A title, and how much it is believed.
    Title(u8),
    Guid,
    Link,
    /// A date of publication, and how much it is believed.
    Published(u8),
    Updated,
    Author,
    Category,
    Content,
    Summary,
    /// A group of media, which may have a description.
    Media,
}

/// Returns what an element is for. `local` is its name in lower case, `prefix` its customary prefix.
pub(super) fn role(prefix: &str, local: &str) -> Option<Role> {
    Some(match (prefix, local) {
        ("?", _) | ("media" | "itunes" | "thr" | "wfw" | "slash", "link" | "content" | "category") => return None,
        ("media" | "itunes", "title") => Role::Title(1),
        ("dc", "title") => Role::Title(2),
        (_, "title") => Role::Title(3),
        ("", "guid") | (_, "id" | "identifier") => Role::Guid,
        ("" | "dc", "link") => Role::Link,
        (_, "pubdate" | "published" | "issued") => Role::Published(3),
        (_, "date") => Role::Published(2),
        (_, "created") => Role::Published(1),
        (_, "updated" | "modified" | "lastbuilddate") => Role::Updated,
        (_, "author" | "creator" | "publisher") => Role::Author,
        (_, "category" | "subject" | "keywords") => Role::Category,
        (_, "encoded" | "body" | "fullitem") | ("", "content") => Role::Content,
        (_, "description" | "summary" | "abstract") => Role::Summary,
        ("media", "group") => Role::Media,
        _ => return None,
    })
}

/// Puts an element of an item where it belongs. Returns `true` if a bare `&` was met.
pub(super) fn take(draft: &mut Draft, field: &Field<'_>) -> bool {
    draft.elements += 1;
    let Some(role) = role(field.prefix, &field.local.to_ascii_lowercase()) else { return false };
    let read = value(field.inner);
    let bare = read.bare_ampersand;
    match role {
        Role::Title(rank) => draft.title(rank, &read.text, field.is_literal(&read)),
        Role::Guid => guid(draft, field, &read),
        Role::Link => {
            let (rank, address) = ranked_link(field, &read);
            draft.link(rank, &address);
        }
        Role::Published(rank) => draft.published.offer(rank, date::read(&read.text)),
        Role::Updated => draft.updated.offer(1, date::read(&read.text)),
        Role::Author => author(draft, field, &read),
        Role::Category => category(draft, field, &read),
        Role::Content | Role::Summary => body(draft, field, role, read),
        Role::Media if draft.has_summary() => {}
        Role::Media => draft.summary(child(field.inner, "description").unwrap_or_default().into(), Some(false)),
    }
    bare
}

/// Takes the attributes of the item's own tag, where RDF and CDF keep address and date.
pub(super) fn take_attributes(draft: &mut Draft, item: &Field<'_>) {
    if let Some(about) = item.attribute("rdf:about") {
        draft.guid(&about);
    }
    if let Some(address) = item.attribute("href") {
        draft.link(2, &address);
    }
    draft.updated.offer(1, item.attribute("lastmod").and_then(|text| date::read(&text)));
}

fn guid(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    draft.guid_is_no_link |= field.attribute("isPermaLink").is_some_and(|said| said.eq_ignore_ascii_case("false"));
    if field.local.eq_ignore_ascii_case("guid") {
        draft.own_guid(&read.text);
    } else {
        draft.guid(&read.text);
    }
}

/// Returns the address of a link and how much it is believed to be the page: what RSS writes as characters before
/// everything else.
pub(super) fn ranked_link<'a>(field: &Field<'a>, read: &'a Value<'_>) -> (u8, Cow<'a, str>) {
    if !read.text.trim().is_empty() && !read.markup {
        return (4, Cow::Borrowed(&*read.text));
    }
    let rank = rank(field.attribute("rel").as_deref(), field.attribute("type").as_deref());
    (rank, field.attribute("href").unwrap_or_default())
}

/// Returns how much a link of Atom is believed to be the page: an alternate one before anything else; attachments,
/// comments and the feed itself never.
pub(super) fn rank(rel: Option<&str>, media_type: Option<&str>) -> u8 {
    let html = media_type.is_none_or(|kind| kind.contains("html"));
    match rel {
        None | Some("alternate" | "") if html => 3,
        None | Some("alternate" | "") => 2,
        Some("related" | "via" | "canonical" | "http://www.iana.org/assignments/relation/alternate") => 1,
        Some(_) => 0,
    }
}

fn author(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    if read.markup {
        let (name, email) = (child(field.inner, "name"), child(field.inner, "email"));
        draft.author(name.as_deref(), email.as_deref());
    } else {
        draft.author(Some(person(&read.text)), None);
    }
}

/// Returns the name in `mail@example.org (Name)` and in `Name <mail@example.org>`, else the whole.
fn person(text: &str) -> &str {
    let text = text.trim();
    let in_brackets = text.split_once('(').and_then(|(mail, rest)| {
        let inside = rest.trim_end().strip_suffix(')')?;
        mail.contains('@').then_some(inside)
    });
    let before_mail = text.split_once('<').filter(|(_, mail)| mail.contains('@')).map(|(name, _)| name);
    in_brackets.or(before_mail).unwrap_or(text)
}

/// Finds the characters of a child element.
fn child(inner: &str, wanted: &str) -> Option<String> {
    let mut tokens = Tokens::new(inner);
    let start = tokens.find(|token| matches!(token.kind, Kind::Start { name, .. } if local(name) == wanted))?.span.end;
    let end = tokens.find(|token| matches!(token.kind, Kind::End { .. })).map_or(inner.len(), |token| token.span.start);
    name(&value(&inner[start..end]).text)
}

fn category(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    if !read.markup && name(&read.text).is_some() {
        draft.category(&read.text);
    } else if let Some(term) = field.attribute("label").or_else(|| field.attribute("term")) {
        draft.category(&term);
    }
}

/// Reads a body by what its `type` says, and by its looks where that says nothing or not the truth.
fn body(draft: &mut Draft, field: &Field<'_>, role: Role, read: Value<'_>) {
    let kind = field.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let html = match kind.as_str() {
        "text" | "text/plain" => Some(read.markup),
        _ if read.markup || kind.contains("html") || kind.contains("xml") => Some(true),
        "" | "escaped" => None,
        // Anything else is base64 or foreign: a picture, a film.
        _ if !kind.starts_with("text/") => return,
        _ => None,
    };
    if role == Role::Content { draft.content(read.text, html) } else { draft.summary(read.text, html) }
}
