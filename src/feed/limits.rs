//! How much is taken from a source in one poll, whatever it sends.

/// The greatest number of entries of one poll; of more, the newest are taken.
pub(super) const MAX_ENTRIES: usize = 2_000;
