//! What is fuzzed, once for the fuzzer and for `tests/fuzz_smoke.rs`: no input may break what is said here.
#![allow(dead_code, unreachable_pub, reason = "each target includes this file and uses one function")]

use huntdeck::{
    article::{Article, Content, Document, Entry},
    feed::{ParsedFeed, opml, parse_any, parse_as},
    indicator::{Context, Indicator, defang_text, extract},
    query,
    source::SourceKind,
    text::{defang, refang},
};
use jiff::Timestamp;

/// Feeds of every kind, and lists of feeds.
pub fn feed(bytes: &[u8]) {
    for kind in [SourceKind::Rss, SourceKind::Kev, SourceKind::Ghsa] {
        let read = || parse_as(kind, bytes, Some("text/xml; charset=iso-8859-1"), Some("https://feeds.example/all"));
        let first = read();
        assert_eq!(first, read(), "the same bytes are read alike");
        if let Ok(feed) = first {
            holds(&feed);
            let advisory = feed.entries.iter().any(|entry| entry.advisory.is_some());
            assert!(!advisory || kind != SourceKind::Rss, "a feed passes for a catalogue");
        }
    }
    if let Ok(list) = opml::import(bytes) {
        assert!(list.feeds.iter().all(|feed| feed.url.starts_with("http")), "{list:?}");
    }
}

/// Mails.
pub fn mail(bytes: &[u8]) {
    holds(&parse_any(bytes, "untitled"));
    let mail = [b"From: CERT <cert@cert.example>\nSubject: s\n", bytes].concat();
    holds(&parse_any(&mail, "untitled"));
}

/// Pages of articles: blocks and links point into the text, in order.
pub fn page(html: &str) {
    let entry = Entry { content: Content::Html(html.to_owned()), ..Entry::default() };
    let article = Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH);
    let document = &article.document;
    let mut last = 0;
    for block in &document.blocks {
        assert!(document.text.get(block.span.range()).is_some() && block.span.start >= last, "{block:?}");
        last = block.span.start;
    }
    for link in &document.links {
        assert!(document.text.get(link.span.range()).is_some(), "{link:?}");
    }
}

/// Queries: an error stands inside the query.
pub fn query(text: &str) {
    for parse in [query::parse, query::parse_typing] {
        if let Err(error) = parse(text, Timestamp::UNIX_EPOCH) {
            // `parse_typing` adds a `*` to the last word.
            assert!(error.span.start <= error.span.end && error.span.end <= text.len() + 1, "{error:?}");
            assert!(!error.message.is_empty());
        }
    }
}

/// The indicator scanner and the filters: good spans, ascending.
pub fn indicators(text: &str) {
    let read = |document: &Document| -> Vec<Indicator> { extract(document, &Context::default()) };
    let mut last = 0;
    for indicator in read(&Document::from_plain(text)) {
        assert_eq!(text.get(indicator.span.range()), Some(indicator.written.as_str()));
        assert!(indicator.span.start >= last && !indicator.span.is_empty());
        last = indicator.span.start;
        refang(&defang(&indicator.value));
    }
    let page = Document::from_html(text);
    for indicator in read(&page) {
        assert_eq!(page.text.get(indicator.span.range()), Some(indicator.written.as_str()));
    }
    refang(text);
    defang_text(text);
}

/// What holds of every feed: it is bounded, and what is drawn in one line has no control characters.
fn holds(feed: &ParsedFeed) {
    assert!(feed.entries.len() <= 10_000);
    assert!(!feed.title.contains(char::is_control), "{:?}", feed.title);
    for entry in &feed.entries {
        assert!(!entry.title.contains(char::is_control), "{:?}", entry.title);
        assert!(!entry.author.as_deref().unwrap_or_default().contains(char::is_control), "{:?}", entry.author);
    }
}
