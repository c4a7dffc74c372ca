//! A folder of files becomes entries: for rooms without a network, and for what analysts drop into a share.

mod document;
mod email;

use std::{
    cmp::Reverse,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::Timestamp;

use super::ParsedFeed;
use crate::{article::Entry, source::SourceKind};

/// The greatest number of files that is read.
const MOST_FILES: usize = 5_000;
/// How deep folders in the folder are looked into.
const DEEPEST: usize = 3;
/// The size in bytes from which on a file is passed over.
const LARGEST: u64 = 20_000_000;

/// The greatest number of bytes that is read in all.
const MOST_BYTES: u64 = 200_000_000;

/// A file of a folder.
#[derive(Clone, Debug)]
pub(super) struct FoundFile {
    pub(super) path: PathBuf,
    pub(super) modified: Option<SystemTime>,
    pub(super) size: u64,
}

/// Lists the readable files of a folder, in the order of their names. Hidden ones and links are passed over.
pub(super) fn list(folder: &Path) -> io::Result<Vec<FoundFile>> {
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let children = match fs::read_dir(&folder) {
            Ok(children) => children,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => continue,
        };
        for child in children.flatten() {
            let hidden = child.file_name().to_string_lossy().starts_with('.');
            // This does not follow links: a link in a share must not lead out of it.
            let Ok(about) = child.metadata() else { continue };
            if hidden {
                continue;
            }
            if about.is_dir() && depth < DEEPEST {
                waiting.push((child.path(), depth + 1));
            } else if about.is_file() && about.len() <= LARGEST && kind(&child.path()).is_some() {
                found.push(FoundFile { path: child.path(), modified: about.modified().ok(), size: about.len() });
            }
        }
        if found.len() > MOST_FILES * 2 {
            break;
        }
    }
    // The newest stay when there are too many.
    found.sort_by_key(|file| Reverse(file.modified));
    found.truncate(MOST_FILES);
    let mut total = 0;
    found.retain(|file| {
        total += file.size;
        total <= MOST_BYTES
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Feed,
    Html,
    Text,
    Email,
}

fn kind(path: &Path) -> Option<FileKind> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "xml" | "rss" | "atom" | "rdf" | "json" => Some(FileKind::Feed),
        "html" | "htm" | "xhtml" => Some(FileKind::Html),
        "md" | "markdown" | "txt" | "text" => Some(FileKind::Text),
        "eml" => Some(FileKind::Email),
        _ => None,
    }
}

/// Reads the files of a folder. One that cannot be read costs itself and a remark.
pub(super) fn read(folder: &Path, files: &[FoundFile]) -> ParsedFeed {
    let mut parsed = ParsedFeed::empty(SourceKind::Folder, "folder");
    parsed.title = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut failed = 0;
    for file in files {
        match entries(file) {
            Some(entries) => parsed.entries.extend(entries),
            None => failed += 1,
        }
    }
    if failed > 0 {
        parsed.remark = Some(format!("{failed} of {} files could not be read", files.len()));
    }
    parsed
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

fn entries(file: &FoundFile) -> Option<Vec<Entry>> {
    let mut bytes = Vec::new();
    File::open(&file.path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    let kind = kind(&file.path)?;
    if kind == FileKind::Feed {
        return super::parse(&bytes, None, None).ok().map(|feed| feed.entries);
    }
    let name = file.path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut entry = match kind {
        FileKind::Html => document::html(&bytes),
        FileKind::Email => email::read(&bytes),
        FileKind::Text | FileKind::Feed => document::text(&bytes),
    };
    if entry.title.is_empty() {
        entry.title = name;
    }
    let modified = file.modified.and_then(|modified| Timestamp::try_from(modified).ok());
    entry.published = entry.published.or(modified);
    entry.guid = Some(format!("file:{}", file.path.display()));
    Some(vec![entry])
}

#[cfg(test)]
mod tests;
