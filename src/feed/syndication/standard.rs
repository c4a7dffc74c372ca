//! feed-rs reads the feeds that keep to the standards.

use std::{borrow::Cow, time::SystemTime};

use feed_rs::{
    model::{self, FeedType},
    parser::Builder,
};
use jiff::Timestamp;

use super::{draft::Draft, feed_draft::FeedDraft, fields::rank};
use crate::feed::{ParsedFeed, date};

/// Reads a feed. Returns `None` if it has a fault. `document` is its address.
pub(super) fn read(text: &str, document: Option<&str>) -> Option<ParsedFeed> {
    let parser = Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        // Dates are read alike in sound feeds and in broken ones.
        .timestamp_parser(|text| SystemTime::try_from(date::read(text)?).ok().map(Into::into))
        .build();
    let feed = parser.parse(without_declaration(text).as_bytes()).ok()?;
    let format = match feed.feed_type {
        FeedType::Atom => "atom",
        FeedType::JSON => return None,
        FeedType::RSS1 => "rdf",
        FeedType::RSS0 | FeedType::RSS2 => "rss",
    };
    let mut drafted = FeedDraft::new(document);
    drafted.format = Some(format);
    let atom = format == "atom";
    if let Some(title) = feed.title {
        drafted.title(&title.content, atom && is_plain(&title));
    }
    for link in &feed.links {
        drafted.link(ranked(link), &link.href);
    }
    drafted.ttl_minutes = feed.ttl;
    for item in feed.entries {
        drafted.add(draft(item, atom));
    }
    Some(drafted.finish())
}

/// Leaves out the XML declaration: its encoding no longer holds for text that is decoded.
fn without_declaration(text: &str) -> &str {
    let inside = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    inside.map_or(text, |(_, rest)| rest.trim_start())
}

fn draft(item: model::Entry, atom: bool) -> Draft {
    let mut draft = Draft::new(None);
    draft.elements = 1;
    draft.guid(&item.id);
    for link in &item.links {
        draft.link(ranked(link), &link.href);
    }
    if let Some(title) = item.title {
        draft.title(3, &title.content, atom && is_plain(&title));
    }
    for person in item.authors {
        draft.author(person.name.as_deref(), person.email.as_deref());
    }
    draft.published.offer(3, item.published.and_then(moment));
    draft.updated.offer(1, item.updated.and_then(moment));
    for category in item.categories {
        draft.category(category.label.as_deref().unwrap_or(&category.term));
    }
    // RSS has no way to say what a body is; Atom says it.
    if let Some((kind, text)) = item.content.and_then(|content| Some((content.content_type, content.body?))) {
        draft.content(text.into(), atom.then(|| kind.subty() != "plain"));
    }
    if let Some(summary) = item.summary {
        let html = atom.then(|| !is_plain(&summary));
        draft.summary(Cow::Owned(summary.content), html);
    }
    draft
}

fn moment(at: impl Into<SystemTime>) -> Option<Timestamp> {
    Timestamp::try_from(at.into()).ok()
}

fn is_plain(text: &model::Text) -> bool {
    text.content_type.subty() == "plain"
}

/// Ranks a link. A link of RSS is its characters; one of Atom says what it is.
fn ranked(link: &model::Link) -> u8 {
    match (&link.target, link.rel.as_deref()) {
        (Some(_), _) => 0,
        (None, None) => 4,
        (None, rel) => rank(rel, link.media_type.as_deref()),
    }
}
