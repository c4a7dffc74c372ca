use std::borrow::Cow;

use super::draft::{Draft, Field, body, name};
use crate::{
    article::Content,
    feed::{
        date,
        xml::{Kind, Tokens, Value, local, plain_line, value},
    },
};

/// The greatest number of categories that an entry keeps.
const MAX_CATEGORIES: usize = 50;

/// Puts an element of an item where it belongs. Returns `true` if a bare `&` was met.
pub(super) fn take(draft: &mut Draft, field: &Field<'_>) -> bool {
    draft.elements += 1;
    if field.prefix == "?" {
        return false;
    }
    let read = value(field.inner);
    let bare = read.bare_ampersand;
    let local = field.local.to_ascii_lowercase();
    match (field.prefix, local.as_str()) {
        ("media" | "itunes", "title") => draft.title.offer(1, title(field, &read)),
        ("dc", "title") => draft.title.offer(2, title(field, &read)),
        (_, "title") => draft.title.offer(3, title(field, &read)),
        ("", "guid") | (_, "id" | "identifier") => guid(draft, field, &read),
        ("media" | "itunes" | "thr" | "wfw" | "slash", "link" | "content" | "category") => {}
        ("" | "dc", "link") => link(draft, field, &read),
        (_, "pubdate" | "published" | "issued") => draft.published.offer(3, date::read(&read.text)),
        (_, "date") => draft.published.offer(2, date::read(&read.text)),
        (_, "created") => draft.published.offer(1, date::read(&read.text)),
        (_, "updated" | "modified" | "lastbuilddate") => draft.updated.offer(1, date::read(&read.text)),
        (_, "author" | "creator" | "publisher") => author(draft, field, &read),
        (_, "category" | "subject" | "keywords") => category(draft, field, &read),
        (_, "encoded" | "body" | "fullitem") | ("", "content") => {
            let content = content(field, read);
            fuller(&mut draft.content, content);
        }
        (_, "description" | "summary" | "abstract") => {
            let content = content(field, read);
            fuller(&mut draft.summary, content);
        }
        ("media", "group") => media_description(draft, field),
        _ => {}
    }
    bare
}

/// Takes the attributes of the item's own tag, where RDF and CDF keep address and date.
pub(super) fn take_attributes(draft: &mut Draft, item: &Field<'_>) {
    if let Some(about) = item.attribute("rdf:about") {
        draft.entry.guid = name(&about);
    }
    draft.link.offer(2, item.attribute("href").map(Cow::into_owned));
    draft.updated.offer(1, item.attribute("lastmod").and_then(|text| date::read(&text)));
}

/// Reads a title. Atom's `type="text"` is literal; everything else may hold markup, whatever it says.
pub(super) fn title(field: &Field<'_>, read: &Value<'_>) -> Option<String> {
    let literal = !read.markup && field.attribute("type").is_some_and(|kind| kind == "text");
    let title = if literal { plain_line(&read.text.replace('&', "&amp;")) } else { plain_line(&read.text) };
    Some(title).filter(|title| !title.is_empty())
}

fn guid(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    draft.guid_is_no_link |= field.attribute("isPermaLink").is_some_and(|said| said.eq_ignore_ascii_case("false"));
    let guid = read.text.trim();
    if !guid.is_empty() && (draft.entry.guid.is_none() || field.local.eq_ignore_ascii_case("guid")) {
        draft.entry.guid = Some(guid.chars().take(1_000).collect());
    }
}

fn link(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    let (rank, address) = ranked_link(field, read);
    draft.link.offer(rank, address);
}

/// Judges a link: what RSS writes as characters and Atom as an alternate page before anything else; attachments,
/// comments and the feed itself never.
pub(super) fn ranked_link(field: &Field<'_>, read: &Value<'_>) -> (u8, Option<String>) {
    let text: String = read.text.trim().chars().filter(|c| !c.is_control()).collect();
    if !text.is_empty() && !read.markup {
        return (4, Some(text));
    }
    let address = field.attribute("href").map(|href| href.trim().to_owned()).filter(|href| !href.is_empty());
    let html = field.attribute("type").is_none_or(|kind| kind.contains("html"));
    match field.attribute("rel").as_deref() {
        None | Some("alternate" | "") if html => (3, address),
        None | Some("alternate" | "") => (2, address),
        Some("related" | "via" | "canonical" | "http://www.iana.org/assignments/relation/alternate") => (1, address),
        Some(_) => (0, None),
    }
}

fn author(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    if draft.entry.author.is_some() {
        return;
    }
    draft.entry.author = if read.markup { child(field.inner, "name") } else { person(&read.text) };
}

/// Reads `mail@example.org (Name)`, `Name <mail@example.org>` or a name.
fn person(text: &str) -> Option<String> {
    let text = text.trim();
    let in_brackets = text.split_once('(').and_then(|(mail, rest)| {
        let inside = rest.trim_end().strip_suffix(')')?;
        mail.contains('@').then_some(inside)
    });
    let before_mail = text.split_once('<').filter(|(_, mail)| mail.contains('@')).map(|(name, _)| name);
    name(in_brackets.or(before_mail).unwrap_or(text))
}

/// Finds the characters of a child element.
pub(super) fn child(inner: &str, wanted: &str) -> Option<String> {
    let mut tokens = Tokens::new(inner);
    let start = tokens.find(|token| matches!(token.kind, Kind::Start { name, .. } if local(name) == wanted))?.span.end;
    let end = tokens.find(|token| matches!(token.kind, Kind::End { .. })).map_or(inner.len(), |token| token.span.start);
    name(&value(&inner[start..end]).text)
}

fn category(draft: &mut Draft, field: &Field<'_>, read: &Value<'_>) {
    let term = || field.attribute("label").or_else(|| field.attribute("term")).and_then(|term| name(&term));
    let Some(category) = (if read.markup { None } else { name(&read.text) }).or_else(term) else { return };
    let categories = &mut draft.entry.categories;
    if categories.len() < MAX_CATEGORIES && !categories.contains(&category) {
        categories.push(category);
    }
}

/// Reads a body by what its `type` says, and by its looks where that says nothing or not the truth.
fn content(field: &Field<'_>, read: Value<'_>) -> Option<Content> {
    let kind = field.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let html = match kind.as_str() {
        "text" | "text/plain" => Some(read.markup),
        _ if read.markup || kind.contains("html") || kind.contains("xml") => Some(true),
        "" | "escaped" => None,
        // Anything else is base64 or foreign: a picture, a film.
        _ if !kind.starts_with("text/") => return None,
        _ => None,
    };
    (!read.text.trim().is_empty()).then(|| body(read.text, html))
}

fn fuller(kept: &mut Option<Content>, new: Option<Content>) {
    let length = |content: &Content| {
        let (Content::Html(text) | Content::Plain(text)) = content;
        text.len()
    };
    if let Some(new) = new
        && kept.as_ref().is_none_or(|kept| length(kept) < length(&new))
    {
        *kept = Some(new);
    }
}

fn media_description(draft: &mut Draft, group: &Field<'_>) {
    if draft.summary.is_none()
        && let Some(text) = child(group.inner, "description")
    {
        draft.summary = Some(Content::Plain(text));
    }
}
