use super::{ParseError, ParsedFeed, catalogue, decode::decode, page, syndication, xml};

/// Reads a feed of any format from its bytes. Pure; linear in the input, whatever the input; never panics.
///
/// `content_type` is the header as sent, `base_url` the address that the bytes came from.
pub fn parse(bytes: &[u8], content_type: Option<&str>, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    let decoded = decode(bytes, content_type);
    let text = decoded.text.trim_start_matches(['\u{feff}', '\0']).trim();
    let mut feed = match text.chars().next() {
        None => return Err(ParseError::Empty),
        Some('{' | '[') => catalogue::read(text, base_url)?,
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
        _ => syndication::read(text, base_url),
    }
}
