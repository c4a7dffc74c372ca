use crate::{indicator, text::markdown};

/// The address of an article as Markdown holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// It has none.
    None,
    /// It is no web address, so that nobody should follow it.
    NotOfTheWeb,
    /// It leads to its publisher, or to a site that articles refer to.
    Live(String),
    /// It leads elsewhere: the lists of some feeds link what they warn of.
    Defanged(String),
}

impl Link {
    /// Judges the address that a source gave an article.
    pub fn of(url: Option<&str>, source: &str) -> Self {
        let Some(url) = url.filter(|url| !url.trim().is_empty()) else { return Self::None };
        match markdown::address(url) {
            None => Self::NotOfTheWeb,
            Some(address) if indicator::is_publishers(url, source) => Self::Live(address),
            Some(address) => Self::Defanged(markdown::line(&address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn only_the_publishers_own_address_is_live() {
        let of = |url: &str, source: &str| Link::of(Some(url), source);
        assert_eq!(of("https://news.example/a", "Example News"), Link::Live("https://news.example/a".into()));
        assert_eq!(
            of("http://evil.example/a.exe", "URLs of today"),
            Link::Defanged("hxxp://evil[.]example/a.exe".into())
        );
        assert_eq!(of("javascript:alert(1)", "Example News"), Link::NotOfTheWeb);
        assert_eq!((Link::of(None, "a"), of(" ", "a")), (Link::None, Link::None));
    }
}
