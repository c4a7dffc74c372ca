//! How much is taken from a source in one poll, whatever it sends.

use crate::source::SourceKind;

/// The greatest number of entries of one poll; of more, the newest are taken.
pub(super) const MAX_ENTRIES: usize = 2_000;
/// The greatest number of entries of CISA's catalogue, which lists all that it ever listed and grows by hundreds a year.
const MAX_KEV_ENTRIES: usize = 10_000;
/// The greatest number of entries of the files of a folder, which may be an archive.
const MAX_FOLDER_ENTRIES: usize = 10_000;
/// The length at which a body is cut.
const MAX_BODY_BYTES: usize = 2 * 1024 * 1024;

/// Returns the greatest number of entries that one poll of a source may bring.
pub(super) const fn max_entries(kind: SourceKind) -> usize {
    match kind {
        SourceKind::Kev => MAX_KEV_ENTRIES,
        SourceKind::Folder => MAX_FOLDER_ENTRIES,
        SourceKind::Rss | SourceKind::Ghsa => MAX_ENTRIES,
    }
}

/// Returns as much of a body as is kept.
pub(super) fn cut_body(body: &str) -> &str {
    &body[..body.floor_char_boundary(MAX_BODY_BYTES)]
}
