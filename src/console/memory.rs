//! What the console remembers in the store from one sitting to the next.

use jiff::Timestamp;

use crate::{
    store::{Store, StoreError},
    text::Safe,
};

/// The key of what was searched for, one search a line.
const SEARCHES: &str = "searches";

/// The key of the time at which the console was left.
const LAST_VISIT: &str = "last_visit";

/// Returns what was searched for before, oldest first.
///
/// # Errors
/// Fails if the store does.
pub async fn searches(store: &Store) -> Result<Vec<String>, StoreError> {
    let kept = store.meta(SEARCHES).await?.unwrap_or_default();
    Ok(kept.lines().map(|line| Safe::line(line).into_string()).collect())
}

/// Keeps what was searched for.
///
/// # Errors
/// Fails if the store does.
pub async fn keep_searches(store: &Store, searches: &[String]) -> Result<(), StoreError> {
    store.set_meta(SEARCHES, &searches.join("\n")).await
}

/// Returns when the console was left the last time; `None` before the first time.
///
/// # Errors
/// Fails if the store does.
pub async fn last_visit(store: &Store) -> Result<Option<Timestamp>, StoreError> {
    Ok(store.meta(LAST_VISIT).await?.and_then(|time| time.parse().ok()))
}

/// Keeps when the console is left.
///
/// # Errors
/// Fails if the store does.
pub async fn keep_visit(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.set_meta(LAST_VISIT, &now.to_string()).await
}
