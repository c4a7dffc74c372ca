//! The engine's faults in words: what happened, to which file, and what to do.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use super::StoreError;

/// Says why a verb failed.
pub(super) fn failed(path: &Path, error: &Error) -> StoreError {
    StoreError::Failed { path: path.to_owned(), why: why(error) }
}

/// Says why the file cannot be opened.
pub(super) fn unopenable(path: &Path, error: &Error) -> StoreError {
    StoreError::Unopenable { path: path.to_owned(), why: why(error) }
}

/// Says why the file or its folder cannot be made.
pub(super) fn unmakable(path: &Path, error: &std::io::Error) -> StoreError {
    let hint = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "; change its permissions, or name another file with --db",
        std::io::ErrorKind::StorageFull => "; free some space, or name another file with --db",
        _ => "; name another file with --db",
    };
    StoreError::Unopenable { path: path.to_owned(), why: format!("{error}{hint}") }
}

fn why(error: &Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full; free some space and try again, nothing was lost".into(),
        Some(ErrorCode::ReadOnly) => {
            "it cannot be written; change its permissions, or name another file with --db".into()
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "it cannot be read; check that it is a file and its permissions, or name another file with --db".into()
        }
        Some(ErrorCode::NotADatabase) => {
            "it is not a huntdeck database; move it away, or name another file with --db".into()
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            "it is damaged; `huntdeck doctor` says what of it can be saved, and how".into()
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program holds it locked; end that program and try again".into()
        }
        Some(ErrorCode::SystemIoFailure) => format!("the disk cannot be read or written ({error}); check the disk"),
        _ => error.to_string(),
    }
}
