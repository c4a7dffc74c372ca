//! A folder of files becomes entries: for rooms without a network, and for what analysts drop into a share.

mod document;
mod email;
mod flowed;
mod listing;

use std::{io, path::Path};

use jiff::Timestamp;

use self::listing::{FileKind, FoundFile, MAX_FILE_BYTES};
pub(super) use self::listing::{Listing, list};
use super::{ParseError, ParsedFeed, limits::max_entries, newest::Newest, parse_pool, regular};
use crate::{article::Entry, source::SourceKind};

/// Reads the files of a folder. One that cannot be read costs itself, and the remark says so.
pub(super) fn read(folder: &Path, mut listing: Listing) -> ParsedFeed {
    let mut parsed = ParsedFeed::empty(SourceKind::Folder, "folder");
    parsed.title = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut newest = Newest::new(max_entries(SourceKind::Folder));
    let (mut failed, files) = (0, std::mem::take(&mut listing.files));
    for file in &files {
        match entries(folder, file) {
            Ok(entries) => entries.into_iter().for_each(|entry| newest.push(entry.published.or(entry.updated), entry)),
            Err(Unread::Foreign(what)) => listing.skip(what),
            Err(Unread::Broken) => failed += 1,
        }
    }
    let seen = newest.seen();
    parsed.entries = newest.finish();
    parsed.tell_cap(parsed.entries.len(), seen);
    if failed > 0 {
        parsed.tell(&format!("{failed} of {} files could not be read", files.len()));
    }
    if !listing.skipped.is_empty() {
        parsed.tell(&skipped(&listing));
    }
    parsed
}

/// Says which files were not read.
fn skipped(listing: &Listing) -> String {
    let count: usize = listing.skipped.values().sum();
    let reasons: Vec<String> = listing.skipped.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    format!("{count} {} skipped: {}", if count == 1 { "file" } else { "files" }, reasons.join(", "))
}

/// Why a file has no entries.
enum Unread {
    /// It is of a kind that is not read, in words.
    Foreign(&'static str),
    Broken,
}

fn entries(folder: &Path, file: &FoundFile) -> Result<Vec<Entry>, Unread> {
    let read = || -> io::Result<Option<Vec<u8>>> {
        regular::read(regular::open_below(folder, &file.relative)?, MAX_FILE_BYTES)
    };
    let bytes = read().ok().flatten().ok_or(Unread::Broken)?;
    let (file, path) = (file.clone(), folder.join(&file.relative));
    parse_pool::run_blocking(move || parse(&file, &path, &bytes)).unwrap_or(Err(Unread::Broken))
}

fn parse(file: &FoundFile, path: &Path, bytes: &[u8]) -> Result<Vec<Entry>, Unread> {
    if file.kind == FileKind::Feed {
        return super::parse(bytes, None, None).map(|feed| feed.entries).map_err(|error| unread(bytes, &error));
    }
    let mut entry = match file.kind {
        FileKind::Html => document::html(bytes),
        FileKind::Email => email::read(bytes),
        FileKind::Text | FileKind::Feed => document::text(bytes),
    };
    if entry.title.is_empty() {
        entry.title = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    }
    let modified = file.modified.and_then(|modified| Timestamp::try_from(modified).ok());
    entry.published = entry.published.or(modified);
    entry.guid = Some(format!("file:{}", path.display()));
    Ok(vec![entry])
}

/// Says what a file is that is named like a feed.
fn unread(bytes: &[u8], error: &ParseError) -> Unread {
    const HEAD_BYTES: usize = 4_096;
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let has = |mark: &str| memchr::memmem::find(head, mark.as_bytes()).is_some();
    match error {
        ParseError::Catalogue { .. } => Unread::Foreign("catalogues (they need a feed of their own)"),
        ParseError::Opml => Unread::Foreign("lists of feeds (OPML)"),
        ParseError::Unknown { .. } if has("\"bundle\"") || has("\"spec_version\"") => Unread::Foreign("STIX"),
        ParseError::Unknown { .. } if has("\"Event\"") || has("\"Attribute\"") => Unread::Foreign("MISP"),
        ParseError::Unknown { .. } if has("openioc") || has("OpenIOC") => Unread::Foreign("OpenIOC"),
        ParseError::Unknown { .. } if head.trim_ascii_start().starts_with(b"<stix") => Unread::Foreign("STIX"),
        _ => Unread::Broken,
    }
}

/// Reads what comes without a name: a feed of any format, else a mail, a page or a text, which is one entry.
///
/// Pure; never panics. `title` stands in where there is none.
pub fn parse_any(bytes: &[u8], title: &str) -> ParsedFeed {
    if let Ok(feed) = super::parse(bytes, None, None) {
        return feed;
    }
    let start = bytes.trim_ascii_start();
    let mut entry = if email::looks_like(start) {
        email::read(start)
    } else if start.first() == Some(&b'<') {
        document::html(bytes)
    } else {
        document::text(bytes)
    };
    if entry.title.is_empty() {
        title.clone_into(&mut entry.title);
    }
    let mut parsed = ParsedFeed::empty(SourceKind::Folder, "folder");
    parsed.entries.extend(Some(entry).filter(|_| !start.is_empty()));
    parsed
}

#[cfg(test)]
mod tests;
