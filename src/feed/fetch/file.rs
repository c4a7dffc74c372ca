use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{Fetched, Fresh, Validators};
use crate::feed::{FetchError, folder};

/// Returns the path that a feed's address means, none when it is an address of the web.
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

/// Reads a file or a folder away from the event loop. Unchanged ones are recognised by a fingerprint in the `etag`.
pub(super) async fn read(path: PathBuf, validators: Validators, limit_mb: u64) -> Result<Fetched, FetchError> {
    let shown = path.clone();
    let read = tokio::task::spawn_blocking(move || read_now(&path, &validators, limit_mb)).await;
    read.unwrap_or_else(|_| Err(FetchError::File { path: shown, why: io::Error::other("the reader stumbled over it") }))
}

fn read_now(path: &Path, validators: &Validators, limit_mb: u64) -> Result<Fetched, FetchError> {
    let unreadable = |why| FetchError::File { path: path.to_owned(), why };
    let about = fs::metadata(path).map_err(unreadable)?;
    let files = if about.is_dir() { folder::list(path).map_err(unreadable)? } else { Vec::new() };
    let mut print = DefaultHasher::new();
    fingerprint(path, about.modified().ok(), about.len(), &mut print);
    for file in &files {
        fingerprint(&file.path, file.modified, file.size, &mut print);
    }
    let etag = Some(format!("{:016x}", print.finish()));
    if etag == validators.etag {
        return Ok(Fetched::Unchanged { status: 200, moved_to: None, min_interval: None });
    }
    let feed = if about.is_dir() {
        folder::read(path, &files)
    } else {
        let limit = limit_mb.saturating_mul(1_000_000);
        let mut bytes = Vec::new();
        fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge { url: path.display().to_string(), limit_mb });
        }
        let parsed = crate::feed::parse(&bytes, None, None);
        parsed.map_err(|why| FetchError::NotFeed { url: path.display().to_string(), why })?
    };
    let validators = Validators { etag, last_modified: None };
    Ok(Fetched::Fresh(Fresh { feed, validators, status: 200, moved_to: None, min_interval: None }))
}

fn fingerprint(path: &Path, modified: Option<SystemTime>, size: u64, print: &mut DefaultHasher) {
    (path, modified, size).hash(print);
}
