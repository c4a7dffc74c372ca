use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::Entry;

/// What makes an article the same article in two fetches and in two feeds.
///
/// An advisory is known by its number, an article by its link without tracking parameters, an entry without a link by
/// its guid, and one without either by its title. It is never a date: sources change dates (newsboat#2598).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity(String);

impl Identity {
    /// Derives the identity of an entry.
    pub fn of(entry: &Entry) -> Self {
        if let Some(advisory) = &entry.advisory {
            return Self(format!("advisory:{}", advisory.id.to_ascii_uppercase()));
        }
        if let Some(link) = entry.link.as_deref().filter(|link| !link.trim().is_empty()) {
            return Self(canonical_link(link));
        }
        match entry.guid.as_deref().map(str::trim).filter(|guid| !guid.is_empty()) {
            Some(guid) => Self(format!("guid:{guid}")),
            None => Self(format!("title:{}", entry.title.trim().to_lowercase())),
        }
    }

    /// Takes back an identity that was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// Returns the identity as text, for storing.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Parameters that tell where a reader came from and never what is read.
const TRACKING: [&str; 8] = ["fbclid", "gclid", "mc_cid", "mc_eid", "mkt_tok", "ref_src", "cmpid", "_hsmi"];

/// Reduces a link to what names the page: host in lower case without `www.`, path, and the parameters that matter.
fn canonical_link(link: &str) -> String {
    let Ok(url) = Url::parse(link.trim()) else {
        return format!("link:{}", link.trim());
    };
    let Some(host) = url.host_str() else {
        return format!("link:{}", url.as_str());
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let mut kept: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    kept.sort();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("link:{host}{port}{path}{query}")
}

#[cfg(test)]
mod tests {
    use super::{Entry, Identity};

    fn identity(link: &str) -> String {
        Identity::of(&Entry { link: Some(link.into()), ..Entry::default() }).to_string()
    }

    #[test]
    fn tracking_scheme_and_trailing_slash_do_not_make_another_article() {
        assert_eq!(identity("https://www.example.com/a/?utm_source=rss&b=1"), identity("http://example.com/a?b=1"));
    }

    #[test]
    fn a_parameter_that_names_the_page_does() {
        assert_ne!(identity("https://example.com/?p=1"), identity("https://example.com/?p=2"));
    }

    #[test]
    fn without_a_link_the_guid_counts_and_then_the_title() {
        let guid = Entry { guid: Some(" g1 ".into()), ..Entry::default() };
        assert_eq!(Identity::of(&guid).as_str(), "guid:g1");
        let title = Entry { title: "A Title".into(), ..Entry::default() };
        assert_eq!(Identity::of(&title).as_str(), "title:a title");
    }
}
