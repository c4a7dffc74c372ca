//! feed-rs reads the feeds that keep to the standards.

use std::{borrow::Cow, time::SystemTime};

use feed_rs::{
    model::{self, FeedType},
    parser::Builder,
};
use jiff::Timestamp;

use super::{ParsedFeed, date, syndication, xml::plain_line};
use crate::{
    article::{Content, Entry},
    source::SourceKind,
};

/// Reads a feed, or nothing when it has a fault. `document` is its address, against which links are resolved.
pub(super) fn read(text: &str, document: Option<&str>) -> Option<ParsedFeed> {
    let parser = Builder::new()
        .base_uri(document)
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        // A date is read alike in sound feeds and in broken ones; its own reader tries one form after the other
        // besides.
        .timestamp_parser(|text| SystemTime::try_from(date::read(text)?).ok().map(Into::into))
        .build();
    let feed = parser.parse(without_declaration(text).as_bytes()).ok()?;
    let format = match feed.feed_type {
        FeedType::Atom => "atom",
        FeedType::JSON => "json",
        FeedType::RSS1 => "rdf",
        FeedType::RSS0 | FeedType::RSS2 => "rss",
    };
    let mut parsed = ParsedFeed::empty(SourceKind::Rss, format);
    parsed.title = feed.title.map(|title| plain(&title, format)).unwrap_or_default();
    parsed.link = link(&feed.links);
    parsed.ttl = feed.ttl.map(|minutes| std::time::Duration::from_secs(u64::from(minutes) * 60));
    parsed.entries = feed.entries.into_iter().take(syndication::MOST_ENTRIES).map(|item| entry(item, format)).collect();
    Some(parsed)
}

/// Returns `true` if nothing is missing that the lenient reader might find: a date in a form of the publisher's own, a
/// link in an element of another vocabulary, a body that was written without escapes or under a prefix that nobody
/// declared.
pub(super) fn is_complete(feed: &ParsedFeed, text: &str) -> bool {
    let whole = |entry: &Entry| {
        entry.link.is_some()
            && entry.published.or(entry.updated).is_some()
            && !entry.title.is_empty()
            && is_filled(&entry.content)
    };
    let undeclared = text.contains("<content:encoded") && !text.contains("xmlns:content");
    !undeclared && !feed.title.is_empty() && feed.entries.iter().all(whole)
}

/// Leaves out the XML declaration: its encoding no longer holds for text that is decoded.
fn without_declaration(text: &str) -> &str {
    let inside = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    inside.map_or(text, |(_, rest)| rest.trim_start())
}

fn entry(item: model::Entry, format: &str) -> Entry {
    let moment = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let content = item.content.and_then(|content| {
        let html = content.content_type.subty().as_str().contains("html");
        content.body.map(|body| syndication::body(Cow::Owned(body), html.then_some(true)))
    });
    let summary = item.summary.map(|summary| {
        let html = summary.content_type.subty().as_str().contains("html");
        syndication::body(Cow::Owned(summary.content), html.then_some(true))
    });
    Entry {
        guid: Some(item.id).filter(|id| !id.is_empty()),
        link: link(&item.links),
        title: item.title.map(|title| plain(&title, format)).unwrap_or_default(),
        author: item.authors.into_iter().filter_map(|author| author.name).find(|name| !name.trim().is_empty()),
        published: moment(item.published.map(|date| date.timestamp())),
        updated: moment(item.updated.map(|date| date.timestamp())),
        content: syndication::richer(content.filter(is_filled), summary.filter(is_filled)),
        categories: item.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
        advisory: None,
    }
}

fn is_filled(content: &Content) -> bool {
    let (Content::Html(text) | Content::Plain(text)) = content;
    !text.trim().is_empty()
}

/// Makes one line of a title. Atom's `text` is literal; everything else may hold markup, whatever it says.
fn plain(title: &model::Text, format: &str) -> String {
    let literal = format == "atom" && title.content_type.subty() == "plain";
    if literal { plain_line(&title.content.replace('&', "&amp;")) } else { plain_line(&title.content) }
}

/// Chooses the page: never the feed itself, an attachment or the comments.
fn link(links: &[model::Link]) -> Option<String> {
    let is_page = |link: &&model::Link| {
        matches!(link.rel.as_deref(), None | Some("alternate"))
            && link.media_type.as_deref().is_none_or(|kind| kind.contains("html"))
    };
    let page = links.iter().find(is_page).or_else(|| links.iter().find(|link| link.rel.is_none()));
    page.map(|link| link.href.trim().to_owned()).filter(|href| !href.is_empty())
}
