//! From the address of a page to its feed: what the page names, else the places where feeds usually are.

use reqwest::StatusCode;
use url::Url;

use super::{Expected, Fetcher, Validators, address, file, headers, parse_in_pool, redirect::Request};
use crate::{
    feed::{FetchError, ParseError, ParsedFeed, guard::NamedBy},
    source::{Source, SourceKind},
};

/// Where feeds usually are, below the page and below the root of its site.
const USUAL_PLACES: [&str; 8] =
    ["feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "blog/feed/"];

/// How many feeds that a page names are tried.
const MAX_NAMED_FEEDS: usize = 5;

/// How a feed was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundAs {
    /// The address is that of the feed.
    Itself,
    /// The page names it.
    Named,
    /// It stands where feeds usually do.
    Usual,
}

/// A feed that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// Its address, the new one where it has moved for good.
    pub url: String,
    /// What it says.
    pub feed: ParsedFeed,
    /// How it was found.
    pub found_as: FoundAs,
    /// The other feeds that the page names, which were not tried.
    pub others: Vec<String>,
}

impl Fetcher {
    /// Finds the feed of an address: that of a feed, of a page, a file or a folder.
    ///
    /// What a page names is a stranger's word: on another host it may only be on the public internet.
    ///
    /// # Errors
    /// Says in one sentence why nothing can be found there.
    pub async fn discover(&self, feed: &Source) -> Result<Discovery, FetchError> {
        if let Some(path) = file::path(&feed.url) {
            let read = file::read(path, Validators::default(), self.limits(Expected::Any)).await?;
            let super::Fetched::Fresh(fresh) = read else { unreachable!("nothing was known of it") };
            return Ok(found(feed.url.clone(), fresh.feed, FoundAs::Itself));
        }
        let page = address(&feed.url)?;
        let error = match self.try_feed(feed, &page, &page).await {
            Ok((url, parsed)) => return Ok(found(url, parsed, FoundAs::Itself)),
            Err(error) => error,
        };
        let FetchError::NotFeed { why: ParseError::Page { feeds }, .. } = &error else { return Err(error) };
        let mut named = feeds.iter().filter_map(|feed| Url::parse(feed).ok());
        for url in named.by_ref().take(MAX_NAMED_FEEDS) {
            if let Ok((url, parsed)) = self.try_feed(feed, &page, &url).await {
                let others = feeds.iter().filter(|other| **other != url).cloned().collect();
                return Ok(Discovery { others, ..found(url, parsed, FoundAs::Named) });
            }
        }
        for url in usual(&page) {
            if let Ok((url, parsed)) = self.try_feed(feed, &page, &url).await {
                return Ok(found(url, parsed, FoundAs::Usual));
            }
        }
        Err(error)
    }

    async fn try_feed(&self, feed: &Source, page: &Url, url: &Url) -> Result<(String, ParsedFeed), FetchError> {
        let named_by = if url.host() == page.host() { NamedBy::Config } else { NamedBy::Stranger };
        let headers = headers::for_feed(feed, &self.settings.user_agent).await?;
        let request = Request { headers: &headers, ..Request::new(feed, url, named_by) };
        let _permit = self.hosts.permit(url).await;
        let answer = self.retried(&request).await?;
        debug_assert_ne!(answer.status, StatusCode::NOT_MODIFIED, "nothing was known");
        // Only what the user named may turn out to be a catalogue.
        let expected = if url == page { Expected::Any } else { Expected::Kind(SourceKind::Rss) };
        let parsed = parse_in_pool(expected, answer.body, &answer.headers, &answer.url).await?;
        Ok((answer.moved_to.unwrap_or_else(|| url.to_string()), parsed))
    }
}

fn found(url: String, feed: ParsedFeed, found_as: FoundAs) -> Discovery {
    Discovery { url, feed, found_as, others: Vec::new() }
}

fn usual(page: &Url) -> Vec<Url> {
    let mut below = page.clone();
    below.set_query(None);
    below.set_fragment(None);
    if !below.path().ends_with('/') {
        below.set_path(&format!("{}/", below.path()));
    }
    let root = page.join("/").ok();
    let mut places: Vec<Url> = Vec::new();
    for base in std::iter::once(below).chain(root) {
        for place in USUAL_PLACES {
            places.extend(base.join(place).ok().filter(|url| !places.contains(url)));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::usual;

    #[test]
    fn usual_places_are_below_the_page_and_below_its_root() {
        let places = usual(&"https://a.example/blog/post?x=1#y".parse().unwrap());
        let places: Vec<&str> = places.iter().map(url::Url::as_str).collect();
        assert!(places.contains(&"https://a.example/blog/post/feed/") && places.contains(&"https://a.example/rss.xml"));
        assert_eq!(usual(&"https://a.example/".parse().unwrap()).len(), 8);
    }
}
