use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::secret;
use crate::{
    feed::FetchError,
    source::{Source, SourceKind},
};

const FEEDS: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, \
                     application/json;q=0.9, text/xml;q=0.8, */*;q=0.1";
const PAGES: &str = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.8";

/// Returns the headers of a feed's request. What the configuration adds is marked sensitive: it may hold secrets, and
/// goes to the feed's own host only.
pub(super) async fn for_feed(feed: &Source, user_agent: &str) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(FEEDS));
    headers.insert(USER_AGENT, agent(feed.user_agent.as_deref().unwrap_or(user_agent))?);
    if feed.kind == Some(SourceKind::Ghsa) {
        headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
        headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
    }
    let unsendable = |name: &str| FetchError::Header { feed: feed.name.clone(), name: name.to_owned() };
    // A token that is not set is no fault: such sources answer without one too, only less often.
    if let Some(token) = feed.token_env.as_deref().and_then(|name| std::env::var(name).ok()).filter(|t| !t.is_empty()) {
        let mut value =
            HeaderValue::try_from(format!("Bearer {}", token.trim())).map_err(|_| unsendable("Authorization"))?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    for (name, value) in &feed.headers {
        let expanded = secret::expand(&feed.name, value).await?;
        let key = HeaderName::try_from(name.as_str()).map_err(|_| unsendable(name))?;
        let mut value = HeaderValue::try_from(expanded).map_err(|_| unsendable(name))?;
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}

/// Returns the headers of a page's request.
pub(super) fn for_page(user_agent: &str) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(PAGES));
    headers.insert(USER_AGENT, agent(user_agent)?);
    Ok(headers)
}

fn agent(user_agent: &str) -> Result<HeaderValue, FetchError> {
    HeaderValue::from_str(user_agent)
        .map_err(|_| FetchError::Client { why: format!("{user_agent:?} cannot be sent as user_agent") })
}

/// Returns a header as text.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Returns `true` if a content type can be read as a page.
pub(super) fn is_page(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty() || matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "text/plain" | "text/markdown")
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn a_page_is_text() {
        assert!(is_page("text/html; charset=utf-8") && is_page("Text/Plain"));
        assert!(!is_page("application/pdf") && !is_page("image/png"));
    }
}
