use serde_json::{Map, Value};
use url::Url;

use super::{list, text_of};
use crate::{
    article::{Content, Entry},
    feed::{ParsedFeed, date, xml::plain_line},
    source::SourceKind,
};

/// Reads a JSON Feed of any version; what is missing or of the wrong type costs only itself.
pub(super) fn read(feed: &Map<String, Value>, items: &[Value], base_url: Option<&str>) -> ParsedFeed {
    let mut parsed = ParsedFeed::empty(SourceKind::Rss, "json");
    parsed.title = text_of(feed, "title").map(|title| plain_line(&title)).unwrap_or_default();
    parsed.link = text_of(feed, "home_page_url");
    let base = parsed.link.as_deref().or(base_url).and_then(|base| Url::parse(base).ok());
    parsed.entries = items.iter().filter_map(Value::as_object).filter_map(|item| entry(item, base.as_ref())).collect();
    parsed.left_out(items.len());
    parsed
}

fn entry(item: &Map<String, Value>, base: Option<&Url>) -> Option<Entry> {
    let when = |key: &str| text_of(item, key).and_then(|text| date::read(&text));
    let link = text_of(item, "url").or_else(|| text_of(item, "external_url"));
    let body = text_of(item, "content_html").map(Content::Html);
    let body = body.or_else(|| text_of(item, "content_text").map(Content::Plain));
    let entry = Entry {
        guid: text_of(item, "id"),
        link: link.map(|link| match base.filter(|_| Url::parse(&link).is_err()) {
            Some(base) => base.join(&link).map_or(link, String::from),
            None => link,
        }),
        title: text_of(item, "title").map(|title| plain_line(&title)).unwrap_or_default(),
        author: author(item),
        published: when("date_published"),
        updated: when("date_modified"),
        content: body.or_else(|| text_of(item, "summary").map(Content::Plain)).unwrap_or_default(),
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
