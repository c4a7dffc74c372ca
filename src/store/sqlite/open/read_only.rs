//! Files that cannot be written: on a read-only disk, or of another user.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};
use url::Url;

/// A file that is only read.
#[derive(Clone, Debug)]
pub(in crate::store::sqlite) struct ReadOnlyFile {
    pub(super) path: PathBuf,
    /// Whether nobody can write to it, so that it needs no write-ahead log beside it.
    is_immutable: bool,
}

impl ReadOnlyFile {
    /// Chooses how a file can be read.
    pub(in crate::store::sqlite) fn new(path: &Path) -> Self {
        let shared = Self { path: path.to_owned(), is_immutable: false };
        let is_readable = |file: &Self| {
            file.connect().and_then(|connection| connection.query_row("PRAGMA schema_version", [], |_| Ok(()))).is_ok()
        };
        // Without a folder to write to, the engine cannot share the file; it can read one that has no log to be read.
        let has_log = fs::metadata(log(path)).is_ok_and(|log| log.len() > 0);
        if has_log || is_readable(&shared) { shared } else { Self { is_immutable: true, ..shared } }
    }

    pub(super) fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let address = std::path::absolute(&self.path).ok().and_then(|path| Url::from_file_path(path).ok());
        match address {
            Some(mut address) if self.is_immutable => {
                address.set_query(Some("immutable=1"));
                Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)
            }
            _ => Connection::open_with_flags(&self.path, flags),
        }
    }
}

/// Returns `true` if this process may write to a file, and make the write-ahead log beside it.
pub(in crate::store::sqlite) fn is_writable(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    may_write(path) && (log(path).exists() || may_write(folder))
}

#[cfg(unix)]
fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.permissions().readonly())
}

fn log(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}
