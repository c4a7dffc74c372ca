//! RSS of every version, RDF, Atom and CDF become entries.
//!
//! One lenient reader reads the sound and the broken alike: an article must not get another link, date or body on the
//! day its feed has a fault. A tag is never believed to be closed because it should be; a body is what stands between
//! its tags, whatever stands there.
//!
//! `tests/feed_oracle.rs` holds the reading of sound feeds to that of feed-rs, which loses a whole feed to one bare `&`
//! and drops bodies with unescaped markup, undeclared prefixes and items of RSS 0.94 in silence.

mod draft;
mod faults;
mod fields;
mod link;
mod names;
mod parser;

pub(super) use self::draft::{body, richer};
use super::{ParseError, ParsedFeed};

/// The greatest number of entries that is taken from one feed.
pub(super) const MAX_ENTRIES: usize = 20_000;

/// Reads a feed. `document` is the address that it came from, against which relative links are resolved at last.
pub(super) fn read(text: &str, document: Option<&str>) -> Result<ParsedFeed, ParseError> {
    parser::FeedParser::new(text, document).run()
}

#[cfg(test)]
mod tests;
