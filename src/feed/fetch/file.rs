use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Expected, Fetched, Fresh, Validators};
use crate::feed::{FetchError, ParseError, ParsedFeed, folder, parse_pool, regular};

/// Returns the path that a feed's address means, or `None` if it is an address of the web.
pub(super) fn path(address: &str) -> Option<PathBuf> {
    let address = address.trim();
    if let Ok(url) = url::Url::parse(address) {
        match url.scheme() {
            "file" => return url.to_file_path().ok(),
            // `C:\intel` parses as an address of the scheme `c`.
            scheme if scheme.len() > 1 => return None,
            _ => {}
        }
    }
    match address.strip_prefix("~/") {
        Some(rest) => std::env::home_dir().map(|home| home.join(rest)),
        None => Some(address.into()),
    }
}

/// How a file or folder is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) expected: Expected,
    /// The largest file.
    pub(super) limit_mb: u64,
    /// How long reading may take: a folder may be on a server that does not answer.
    pub(super) timeout: Duration,
}

/// Reads a file or a folder. Unchanged ones are recognised by a fingerprint in the `etag`.
///
/// Only what was read is parsed in the pool: a disk that does not answer must not hold its threads.
pub(super) async fn read(path: PathBuf, validators: Validators, limits: Limits) -> Result<Fetched, FetchError> {
    let shown = path.clone();
    let read = tokio::task::spawn_blocking(move || read_now(&path, &validators, limits));
    match tokio::time::timeout(limits.timeout, read).await {
        Ok(Ok(read)) => read,
        Ok(Err(_)) => Err(FetchError::File { path: shown, why: io::Error::other("its reader failed") }),
        Err(_) => Err(FetchError::Timeout {
            url: shown.display().to_string(),
            limit: format!("{} s in all", limits.timeout.as_secs_f32()),
        }),
    }
}

fn read_now(path: &Path, validators: &Validators, limits: Limits) -> Result<Fetched, FetchError> {
    let unreadable = |why| FetchError::File { path: path.to_owned(), why };
    let about = fs::metadata(path).map_err(unreadable)?;
    let mut print = DefaultHasher::new();
    (path, about.modified().ok(), about.len()).hash(&mut print);
    let listing = if about.is_dir() { Some(folder::list(path).map_err(unreadable)?) } else { None };
    listing.hash(&mut print);
    let etag = Some(format!("{:016x}", print.finish()));
    if etag == validators.etag {
        return Ok(Fetched::Unchanged { status: 200, moved_to: None, min_interval: None });
    }
    let feed = match listing {
        Some(listing) => folder::read(path, listing),
        None => read_file(path, limits)?,
    };
    let validators = Validators { etag, last_modified: None };
    Ok(Fetched::Fresh(Fresh { feed, validators, status: 200, moved_to: None, min_interval: None }))
}

fn read_file(path: &Path, limits: Limits) -> Result<ParsedFeed, FetchError> {
    let url = || path.display().to_string();
    let bytes = regular::open(path).and_then(|file| regular::read(file, limits.limit_mb.saturating_mul(1_000_000)));
    let bytes = bytes.map_err(|why| FetchError::File { path: path.to_owned(), why })?;
    let bytes = bytes.ok_or_else(|| FetchError::TooLarge { url: url(), limit_mb: limits.limit_mb })?;
    let parsed = parse_pool::run_blocking(move || limits.expected.parse(&bytes, None, None));
    let parsed = parsed.unwrap_or_else(|| Err(ParseError::Unknown { found: "its reader failed".into() }));
    parsed.map_err(|why| FetchError::NotFeed { url: url(), why })
}
