use reqwest::header::HeaderMap;
use url::Url;

use super::{Expected, Fetcher, headers::text, parse_in_pool, redirect::Request};
use crate::{
    feed::{ParsedFeed, guard::NamedBy},
    source::{Source, SourceKind},
};

/// How many pages of advisories are read when nothing is known yet, and later.
pub(super) const MAX_PAGES_AT_FIRST: usize = 5;
pub(super) const MAX_PAGES_LATER: usize = 2;

/// Finds the next page in the `Link` header, on the same host.
pub(super) fn next_page(headers: &HeaderMap, url: &Url) -> Option<Url> {
    let link = text(headers, "link")?;
    let next = link.split(',').find(|part| part.contains("rel=\"next\"") || part.contains("rel=next"))?;
    let address = next.split_once('<')?.1.split_once('>')?.0;
    url.join(address).ok().filter(|next| next.host() == url.host())
}

impl Fetcher {
    /// Adds further pages. One that fails costs itself: what is there is worth more than nothing.
    pub(super) async fn more_advisories(
        &self,
        feed: &Source,
        headers: &HeaderMap,
        mut next: Option<Url>,
        pages: usize,
        parsed: &mut ParsedFeed,
    ) {
        for page in 2..=pages {
            let Some(url) = next else { return };
            let request = Request { headers, ..Request::new(feed, &url, NamedBy::Config) };
            let answer = match self.retried(&request).await {
                Ok(answer) => answer,
                Err(error) => return parsed.note(&format!("page {page} is missing: {error}")),
            };
            next = next_page(&answer.headers, &answer.url);
            match parse_in_pool(Expected::Kind(SourceKind::Ghsa), answer.body, &answer.headers, &answer.url).await {
                Ok(more) => parsed.entries.extend(more.entries),
                Err(error) => return parsed.note(&format!("page {page} is missing: {error}")),
            }
        }
    }
}
