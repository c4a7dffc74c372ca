use url::Url;

/// Parameters that tell where a reader came from and never what is read.
const TRACKING: [&str; 8] = ["fbclid", "gclid", "mc_cid", "mc_eid", "mkt_tok", "ref_src", "cmpid", "_hsmi"];

/// Reduces a link to what names the page: host in lower case without `www.`, path, and the parameters that matter,
/// ordered. The scheme, the fragment and what only tells where a reader came from are left out.
pub fn page_of(link: &str) -> String {
    let link = link.trim();
    let Ok(url) = Url::parse(link) else { return link.to_owned() };
    let Some(host) = url.host_str() else { return url.as_str().to_owned() };
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
    format!("{host}{port}{path}{query}")
}

/// Reduces a link as [`page_of`] does, and keeps its fragment: some sites name every article by that alone.
pub fn place_of(link: &str) -> String {
    let fragment = link.trim().split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
    format!("{}{fragment}", page_of(link))
}

#[cfg(test)]
mod tests {
    use super::{page_of, place_of};

    #[test]
    fn a_page_is_named_without_what_says_nothing_of_it() {
        assert_eq!(page_of("https://www.Example.com:8443/a/?utm_source=rss&b=2&a=1#top"), "example.com:8443/a?a=1&b=2");
        assert_eq!(page_of("https://example.com/"), "example.com");
        assert_eq!(place_of("https://example.com/#/advisory/3"), "example.com#/advisory/3");
        assert_eq!(page_of(" not a link "), "not a link");
    }
}
