/// The elements that mean something to the cleaner; every other is inline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Element {
    /// Inline text: `span`, `b`, `code`, and whatever is unknown.
    #[default]
    Inline,
    Anchor,
    Article,
    Aside,
    /// A block without a meaning of its own: `div`, `section`, `blockquote`.
    Block,
    Break,
    Cell,
    Footer,
    Form,
    Header,
    Heading,
    Item,
    List,
    Nav,
    Paragraph,
    Pre,
    Row,
    /// Never shown: `script`, `style`, `template`.
    Skipped,
    Table,
    Void,
}

impl Element {
    /// Finds the element by its tag name, which the tokenizer gives in lower case.
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"a" => Self::Anchor,
            b"article" | b"main" => Self::Article,
            b"aside" => Self::Aside,
            b"address" | b"blockquote" | b"body" | b"center" | b"details" | b"dl" | b"div" | b"fieldset"
            | b"figcaption" | b"figure" | b"hgroup" | b"section" | b"summary" | b"caption" | b"html" => Self::Block,
            b"br" | b"hr" => Self::Break,
            b"td" | b"th" => Self::Cell,
            b"footer" => Self::Footer,
            b"form" => Self::Form,
            b"header" => Self::Header,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"li" | b"dt" | b"dd" => Self::Item,
            b"ul" | b"ol" | b"menu" => Self::List,
            b"nav" => Self::Nav,
            b"p" => Self::Paragraph,
            b"pre" | b"listing" | b"xmp" => Self::Pre,
            b"tr" => Self::Row,
            b"head" | b"iframe" | b"math" | b"noscript" | b"object" | b"script" | b"select" | b"style" | b"svg"
            | b"template" | b"textarea" | b"title" => Self::Skipped,
            b"table" | b"thead" | b"tbody" | b"tfoot" => Self::Table,
            b"area" | b"base" | b"col" | b"embed" | b"img" | b"input" | b"link" | b"meta" | b"source" | b"track"
            | b"wbr" => Self::Void,
            _ => Self::Inline,
        }
    }

    /// Returns `true` if the element never has an end tag.
    pub(super) const fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::Break)
    }

    /// Returns `true` if the element stands on lines of its own.
    pub(super) const fn is_block(self) -> bool {
        !matches!(self, Self::Inline | Self::Anchor | Self::Break | Self::Cell | Self::Void | Self::Skipped)
    }

    /// Returns `true` if the element ends a table row that it stands in.
    pub(super) const fn breaks_row(self) -> bool {
        matches!(self, Self::Row | Self::Table | Self::Heading)
    }

    /// Returns `true` if nothing in the element is text.
    pub(super) const fn is_skipped(self) -> bool {
        matches!(self, Self::Skipped)
    }

    /// Returns `true` if the element may be a box of page furniture, so that its class is worth reading.
    pub(super) const fn is_box(self) -> bool {
        matches!(self, Self::Block | Self::List | Self::Paragraph | Self::Table | Self::Header)
    }

    /// Returns `true` if the element is page furniture by its nature; a header inside an article is its title.
    pub(super) const fn is_furniture(self, in_article: bool) -> bool {
        match self {
            Self::Nav | Self::Footer | Self::Aside | Self::Form => true,
            Self::Header => !in_article,
            _ => false,
        }
    }
}

/// Class names and ids by which blogs mark what is not the article. Whole names: a theme that calls its body
/// `post-share-enabled` must not lose its text.
const FURNITURE: [&str; 40] = [
    "addtoany_share_save_container",
    "adsbygoogle",
    "author-bio",
    "author-box",
    "author-info",
    "banner-ad",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "comments-area",
    "cookie-banner",
    "cookie-consent",
    "entry-footer",
    "feedflare",
    "footer",
    "jp-relatedposts",
    "more-articles",
    "nav-links",
    "navbar",
    "newsletter",
    "newsletter-signup",
    "post-navigation",
    "post-tags",
    "promo",
    "promo-box",
    "read-more",
    "related",
    "related-articles",
    "related-content",
    "related-posts",
    "share-buttons",
    "sharedaddy",
    "sidebar",
    "site-footer",
    "site-header",
    "social-links",
    "social-share",
    "subscribe",
    "table-of-contents",
    "tags-links",
];

/// Returns `true` if a `class` or `id` names page furniture.
pub(super) fn names_furniture(value: &str) -> bool {
    value.split_ascii_whitespace().any(|name| {
        FURNITURE.binary_search_by(|known| known.bytes().cmp(name.bytes().map(|b| b.to_ascii_lowercase()))).is_ok()
    })
}

/// Returns `true` if an ARIA role is page furniture.
pub(super) fn is_furniture_role(role: &str) -> bool {
    ["navigation", "banner", "contentinfo", "complementary", "search"]
        .iter()
        .any(|known| role.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::{FURNITURE, names_furniture};

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(FURNITURE.is_sorted());
    }

    #[test]
    fn only_whole_names_count() {
        assert!(names_furniture("wide Related-Posts"));
        assert!(!names_furniture("post-related-enabled"));
    }
}
