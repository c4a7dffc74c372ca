use url::Url;

use super::xml::{Kind, Tokens, attribute};

/// How much of a page is searched for its feeds: they are named in its head.
const MAX_HEAD_BYTES: usize = 256 * 1024;

/// Finds the feeds that a web page names in its `<link rel="alternate">`.
pub(super) fn named_feeds(html: &str, base_url: Option<&str>) -> Vec<String> {
    let base = base_url.and_then(|base| Url::parse(base).ok());
    let html = &html[..html.floor_char_boundary(MAX_HEAD_BYTES)];
    let mut feeds = Vec::new();
    for token in Tokens::new(html) {
        let Kind::Start { name, attributes, .. } = token.kind else { continue };
        if !name.eq_ignore_ascii_case("link") || feeds.len() >= 10 {
            continue;
        }
        let is = |wanted: &str, of: &str| attribute(attributes, of).is_some_and(|value| value.contains(wanted));
        let feed = is("rss", "type") || is("atom", "type") || is("feed+json", "type");
        if is("alternate", "rel")
            && feed
            && let Some(href) = attribute(attributes, "href")
            && let Ok(address) = Url::options().base_url(base.as_ref()).parse(href.trim())
        {
            feeds.push(address.into());
        }
    }
    feeds
}

#[cfg(test)]
mod tests {
    use super::named_feeds;

    #[test]
    fn the_feeds_of_a_page_are_found() {
        let html = r#"<!doctype html><head><link rel=stylesheet href=a.css>
            <link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>"#;
        assert_eq!(named_feeds(html, Some("https://news.example/a")), ["https://news.example/feed.xml"]);
    }
}
