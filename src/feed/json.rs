//! Sources in JSON: JSON Feed, CISA's catalogue of exploited vulnerabilities, GitHub's advisories.
//!
//! The kind of the source decides what its answer is read as: an advisory of a catalogue raises other articles, so no
//! feed may pass for one.

mod ghsa;
mod json_feed;
mod kev;
mod stream;
mod value;

use serde_json::{Map, Value};

use self::stream::List;
use super::{ParseError, ParsedFeed, limits::max_entries, newest::Newest};
use crate::{article::Entry, source::SourceKind};

/// Reads a JSON document as what a source of this kind sends.
pub(super) fn read(text: &str, kind: SourceKind, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    match kind {
        SourceKind::Kev => read_list(text, kind, List::Vulnerabilities, kev::entry),
        SourceKind::Ghsa => read_list(text, kind, List::Document, ghsa::entry),
        SourceKind::Rss | SourceKind::Folder => read_feed(text, base_url),
    }
}

/// Reads the list of a catalogue.
fn read_list(
    text: &str,
    kind: SourceKind,
    list: List,
    entry: fn(&Map<String, Value>) -> Option<Entry>,
) -> Result<ParsedFeed, ParseError> {
    let mut items = Collected::new(kind);
    let mut beside = stream::read(text, &[list], &mut |_, item| items.add(item.as_object().and_then(entry)))?;
    // GitHub answers with one advisory where one is asked for.
    if beside.contains_key("ghsa_id") {
        items.add(Some(std::mem::take(&mut beside)).as_ref().and_then(entry));
    }
    let is_list = text.starts_with('[') || beside.get("vulnerabilities") == Some(&Value::Bool(true));
    if items.is_nonsense() || !is_list && items.count == 0 {
        return Err(another_kind(&beside));
    }
    let (title, link) = if kind == SourceKind::Kev { kev::NAME } else { ghsa::NAME };
    let mut parsed = ParsedFeed::empty(kind, kind.name());
    (parsed.title, parsed.link) = (title.into(), Some(link.into()));
    Ok(items.finish(parsed))
}

/// Reads a JSON Feed. A catalogue is named and not read.
fn read_feed(text: &str, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    let (mut items, mut catalogue) = (Collected::new(SourceKind::Rss), None);
    let lists = [List::Items, List::Vulnerabilities, List::Document];
    let beside = stream::read(text, &lists, &mut |list, item| {
        let has = |key: &str| item.get(key).is_some();
        match list {
            List::Items => items.add(item.as_object().and_then(json_feed::entry)),
            List::Vulnerabilities if has("cveID") => catalogue = Some(SourceKind::Kev),
            List::Document if has("ghsa_id") => catalogue = Some(SourceKind::Ghsa),
            List::Vulnerabilities | List::Document => {}
        }
    })?;
    let catalogue = if beside.contains_key("ghsa_id") { Some(SourceKind::Ghsa) } else { catalogue };
    if let Some(kind) = catalogue {
        return Err(ParseError::Catalogue { kind: kind.name() });
    }
    // Other JSON has lists of this name too, and not one item of it makes sense here.
    if beside.get("items") != Some(&Value::Bool(true)) || items.is_nonsense() {
        return Err(another_kind(&beside));
    }
    let mut parsed = items.finish(ParsedFeed::empty(SourceKind::Rss, "json"));
    json_feed::complete(&mut parsed, &beside, base_url);
    Ok(parsed)
}

/// The entries of a document, the newest if there are too many.
struct Collected {
    entries: Newest<Entry>,
    /// How many items there were, those that could not be read included.
    count: usize,
}

impl Collected {
    const fn new(kind: SourceKind) -> Self {
        Self { entries: Newest::new(max_entries(kind)), count: 0 }
    }

    fn add(&mut self, entry: Option<Entry>) {
        self.count += 1;
        if let Some(entry) = entry {
            self.entries.push(entry.published.or(entry.updated), entry);
        }
    }

    /// Returns `true` if there were items and none could be read.
    const fn is_nonsense(&self) -> bool {
        self.count > 0 && self.entries.seen() == 0
    }

    fn finish(self, mut parsed: ParsedFeed) -> ParsedFeed {
        let seen = self.entries.seen();
        parsed.entries = self.entries.finish();
        parsed.tell_cap(parsed.entries.len(), seen);
        parsed.tell_left_out(seen, self.count);
        parsed
    }
}

/// Says what a document is. GitHub answers with a message when a token is wrong or the hour's requests are used up.
fn another_kind(beside: &Map<String, Value>) -> ParseError {
    ParseError::Unknown { found: text_of(beside, "message").unwrap_or_else(|| "JSON of another kind".into()) }
}

impl From<serde_json::Error> for ParseError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error.to_string())
    }
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a [Value]> {
    object.get(key)?.as_array().map(Vec::as_slice)
}

/// Returns a member as text; numbers count, blanks do not.
fn text_of(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
