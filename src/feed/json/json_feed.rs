use serde_json::{Map, Value};
use url::Url;

use super::{list, text_of};
use crate::{
    article::{Content, Entry},
    feed::{ParsedFeed, date, limits::cut_body, xml::plain_line},
};

/// Completes a JSON Feed of any version with what it says of itself.
pub(super) fn complete(parsed: &mut ParsedFeed, feed: &Map<String, Value>, base_url: Option<&str>) {
    parsed.title = text_of(feed, "title").map(|title| plain_line(&title)).unwrap_or_default();
    parsed.link = text_of(feed, "home_page_url");
    let Some(base) = parsed.link.as_deref().or(base_url).and_then(|base| Url::parse(base).ok()) else { return };
    for link in parsed.entries.iter_mut().filter_map(|entry| entry.link.as_mut()) {
        if Url::parse(link).is_err()
            && let Ok(joined) = base.join(link)
        {
            *link = joined.into();
        }
    }
}

/// Makes an entry of an item; what is missing or of the wrong type costs only itself.
pub(super) fn entry(item: &Map<String, Value>) -> Option<Entry> {
    let when = |key: &str| text_of(item, key).and_then(|text| date::read(&text));
    let link = text_of(item, "url").or_else(|| text_of(item, "external_url"));
    let text = |key: &str| text_of(item, key).map(|text| cut_body(&text).to_owned());
    let body = text("content_html").map(Content::Html).or_else(|| text("content_text").map(Content::Plain));
    let entry = Entry {
        guid: text_of(item, "id"),
        link,
        title: text_of(item, "title").map(|title| plain_line(&title)).unwrap_or_default(),
        author: author(item),
        published: when("date_published"),
        updated: when("date_modified"),
        content: body.or_else(|| text("summary").map(Content::Plain)).unwrap_or_default(),
        categories: list(item, "tags")
            .unwrap_or_default()
            .iter()
            .filter_map(|tag| Some(tag.as_str()?.into()))
            .collect(),
        advisory: None,
    };
    let says_something = entry.link.is_some() || !entry.title.is_empty() || entry.content != Content::default();
    says_something.then_some(entry)
}

fn author(item: &Map<String, Value>) -> Option<String> {
    let first = list(item, "authors").and_then(|authors| authors.first()).or_else(|| item.get("author"))?;
    text_of(first.as_object()?, "name").map(|name| plain_line(&name))
}
