//! The same story from many sources: by what articles know one another, and when two of them tell of one thing.
//!
//! A [`Trace`] is what an article can be found by; the store keeps its keys and brings together what shares a rare one.
//! [`same`] then judges two articles. No article is merged into another: a story only says which belong together.

mod headline;
mod judge;
mod trace;

pub use headline::Headline;
pub use judge::{ADVISORY_DAYS, Shared, Side, WINDOW_DAYS, same};
pub use trace::{Key, Trace};

use crate::text::{fnv, fnv_on};

/// Returns a number that stays the same from one version of the program to the next (FNV-1a).
fn digest(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(fnv(b""), |hash, byte| fnv_on(hash, &[byte]))
}

#[cfg(test)]
mod tests;
