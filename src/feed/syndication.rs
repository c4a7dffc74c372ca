//! RSS of every version, RDF, Atom and CDF become entries.
//!
//! feed-rs reads first. [`coverage`] leaves to our own [`parser`] what feed-rs refuses or reads in part: it loses a
//! whole feed to one bare `&`, and drops unescaped markup, items behind `</channel>` or without a link, and elements of
//! other vocabularies in silence. Both readers only collect; [`draft`] alone makes an entry of what they found, so that
//! an article does not get another link, date or body on the day its feed has a fault.
//!
//! `agreement.rs` holds the two readers to the same entries, `tests/feed_oracle.rs` the whole to feed-rs.

mod coverage;
mod draft;
mod faults;
mod feed_draft;
mod fields;
mod link;
mod names;
mod parser;
mod standard;

use super::{ParseError, ParsedFeed};

/// Reads a feed. `document` is the address that it came from, against which relative links are resolved at last.
pub(super) fn read(text: &str, document: Option<&str>) -> Result<ParsedFeed, ParseError> {
    standard_feed(text, document).map_or_else(|| parser::FeedParser::new(text, document).run(), Ok)
}

/// Reads a feed with feed-rs. Returns `None` if that does not read all of it.
fn standard_feed(text: &str, document: Option<&str>) -> Option<ParsedFeed> {
    let items = coverage::readable_items(text)?;
    let feed = standard::read(text, document)?;
    let whole = feed.entries.len() == items && !feed.title.is_empty();
    (whole && feed.entries.iter().all(|entry| entry.link.is_some())).then_some(feed)
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
