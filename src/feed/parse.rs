use super::{ParseError, ParsedFeed, decode::decode, json, page, syndication, xml};
use crate::source::SourceKind;

/// Reads a feed: RSS, Atom or JSON Feed. Pure; linear in the input, whatever the input; never panics.
///
/// `content_type` is the header as sent, `base_url` the address that the bytes came from.
///
/// # Errors
/// Says why the bytes are not a feed.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    parse_as(SourceKind::Rss, bytes, content_type, base_url)
}

/// Reads a feed or a catalogue by what is in it. Only for showing: see [`parse_as`].
///
/// # Errors
/// Says why the bytes are neither a feed nor a catalogue.
pub fn recognise(bytes: &[u8], content_type: Option<&str>, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    let kinds = [SourceKind::Kev, SourceKind::Ghsa];
    match parse(bytes, content_type, base_url) {
        Err(ParseError::Catalogue { kind }) => {
            let kind = kinds.into_iter().find(|known| known.name() == kind).unwrap_or(SourceKind::Rss);
            parse_as(kind, bytes, content_type, base_url)
        }
        other => other,
    }
}

/// Reads what a source of this kind sends. Only the kind makes a catalogue of it: what CISA and GitHub say raises other
/// articles, and no feed may pass for them.
///
/// # Errors
/// Says why the bytes are not what a source of that kind sends.
pub fn parse_as(
    kind: SourceKind,
    bytes: &[u8],
    content_type: Option<&str>,
    base_url: Option<&str>,
) -> Result<ParsedFeed, ParseError> {
    let decoded = decode(bytes, content_type);
    let text = decoded.text.trim_start_matches(['\u{feff}', '\0']).trim();
    let mut feed = match text.chars().next() {
        None => return Err(ParseError::Empty),
        Some('{' | '[') => json::read(text, kind, base_url)?,
        Some('<') => markup(text, base_url)?,
        // Something stands before the document: a warning of PHP, a template's front matter, line noise.
        Some(_) => {
            let start = text.find('<').ok_or_else(|| ParseError::Unknown { found: "plain text".into() })?;
            let mut feed = markup(&text[start..], base_url)?;
            feed.note("text before its beginning was passed over");
            feed
        }
    };
    if let Some(fault) = decoded.fault {
        feed.note(fault);
    }
    Ok(feed)
}

fn markup(text: &str, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    let first = xml::Tokens::new(text).find_map(|token| match token.kind {
        xml::Kind::Start { name, .. } => Some(xml::local(name).to_ascii_lowercase()),
        _ => None,
    });
    match first.as_deref() {
        Some("html") => Err(ParseError::Page { feeds: page::named_feeds(text, base_url) }),
        Some("opml") => Err(ParseError::Opml),
        Some("head" | "body" | "meta" | "title" | "script" | "style" | "div" | "p" | "center") => {
            let page = |_| ParseError::Page { feeds: page::named_feeds(text, base_url) };
            syndication::read(text, base_url).map_err(page)
        }
        _ => syndication::read(text, base_url),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::{ParseError, parse};

    const FEED: &str =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><item><title>Größe</title></item></channel></rss>";

    #[test]
    fn what_stands_before_the_document_is_passed_over_and_told() {
        let feed = parse(format!("\n<br />Warning: x\n{FEED}").as_bytes(), None, None);
        assert!(feed.is_ok_and(|feed| feed.entries.len() == 1));
        let feed = parse(format!("---\nlayout: null\n---\n{FEED}").as_bytes(), None, None).unwrap();
        assert!(feed.repaired && feed.entries[0].title == "Größe");
    }

    #[test]
    fn an_encoding_that_is_declared_wrongly_is_survived() {
        let wide: Vec<u8> = FEED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(parse(&wide, Some("text/xml; charset=utf-8"), None).unwrap().entries[0].title, "Größe");
    }

    #[test]
    fn what_is_no_feed_is_named() {
        let refused = |text: &str| parse(text.as_bytes(), None, None).unwrap_err();
        assert_eq!(refused("  \n"), ParseError::Empty);
        assert_eq!(refused("<opml version='2.0'><body/></opml>"), ParseError::Opml);
        assert!(matches!(refused("<!DOCTYPE html><html><body><p>Forbidden"), ParseError::Page { .. }));
        assert!(matches!(refused("<!doctype html><title>Wait…</title><p>one moment"), ParseError::Page { .. }));
        assert!(refused("<sitemap><url/></sitemap>").to_string().contains("<sitemap>"));
        assert!(refused("Not found").to_string().contains("plain text"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes, Some("text/xml; charset=shift_jis"), Some("https://a.example/"));
        }

        #[test]
        fn a_feed_with_any_byte_changed_is_read_or_refused_without_panic(at in 0..FEED.len(), byte in any::<u8>()) {
            let mut bytes = FEED.as_bytes().to_vec();
            bytes[at] = byte;
            let _ = parse(&bytes, None, None);
        }
    }
}
