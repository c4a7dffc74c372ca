use url::{Host, Url};

use super::{reference, suffix};

/// The shortest word of a source's name that its site may be called by, in bytes.
const MIN_WORD_BYTES: usize = 3;

/// Returns `true` if an address of the web leads to the publisher that a source is named after, or to a site that is
/// on the shipped lists of vendors, news and standards.
///
/// The site has the name of the source, or words of it that follow each other: "The Hacker News" is at
/// `thehackernews.com`. Addresses with a login, a bare IP address and sites where anybody can put things are nobody's.
pub fn is_publishers(url: &str, source: &str) -> bool {
    let Ok(url) = Url::parse(url.trim()) else { return false };
    let Some(Host::Domain(host)) = url.host() else { return false };
    let is_open = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    is_open && (reference::list_of(host).is_some_and(|list| !list.anyones) || is_named_after(host, source))
}

fn is_named_after(host: &str, source: &str) -> bool {
    let label = suffix::registrable(host).split('.').next().unwrap_or_default().replace('-', "");
    let words: Vec<String> =
        source.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    label.len() >= MIN_WORD_BYTES
        && (0..words.len()).any(|start| {
            let mut rest = label.as_str();
            words[start..].iter().any(|word| {
                let left = rest.strip_prefix(word.as_str());
                rest = left.unwrap_or("\u{0}");
                left.is_some_and(str::is_empty)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::is_publishers;

    #[test]
    fn a_publisher_is_known_by_its_name_or_from_the_lists() {
        for (url, source) in [
            ("https://thehackernews.com/2026/11/a.html", "The Hacker News"),
            ("https://research.checkpoint.com/a", "Check Point Research"),
            ("https://blog.talosintelligence.com/a/", "Cisco Talos"),
            ("https://nvd.nist.gov/vuln/detail/CVE-2026-1", "CISA KEV"),
            ("https://news.example/a", "Example News"),
            ("https://krebs-on-security.example/a", "Krebs on Security"),
        ] {
            assert!(is_publishers(url, source), "{url}");
        }
    }

    #[test]
    fn what_a_source_only_links_is_not_its_own() {
        for (url, source) in [
            ("http://evil.example/a.exe", "Example News"),
            ("https://thehackernews.evil.example/", "The Hacker News"),
            ("https://news.example@evil.example/", "Example News"),
            ("https://a:b@news.example/", "Example News"),
            ("http://192.0.2.1/news", "Example News"),
            ("https://newsletter.example/", "Example News"),
            ("https://somebody.github.io/", "Anybody"),
            ("ftp://news.example/", "Example News"),
            ("not an address", "Example News"),
            ("https://.example/", ""),
        ] {
            assert!(!is_publishers(url, source), "{url}");
        }
    }
}
