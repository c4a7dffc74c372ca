use std::time::Duration;

use jiff::Timestamp;
use tokio::{sync::mpsc, time::sleep};
use tokio_util::sync::CancellationToken;

use super::Progress;
use crate::store::{Store, StoreError};

/// The longest rest, so that an article snoozed meanwhile is not slept past for long.
const MAX_REST: Duration = Duration::from_hours(1);

/// How long to rest after the store failed.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(30);

/// Brings snoozed articles back when their time comes, and tells which, until it is cancelled. Rests in between.
///
/// A store that fails is told of and tried again after a while.
pub async fn wake(store: Store, progress: mpsc::Sender<Progress>, cancel: CancellationToken) {
    loop {
        let rest = match once(&store, &progress).await {
            Ok(rest) => rest,
            Err(error) => {
                // The receiver was dropped: ignore.
                let told = Progress::StoreFailed { why: error.to_string(), rest: REST_AFTER_FAILURE };
                let _ = progress.send(told).await;
                REST_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = cancel.cancelled() => return,
            () = sleep(rest) => {}
        }
    }
}

/// Wakes what is due; returns how long to rest.
async fn once(store: &Store, progress: &mpsc::Sender<Progress>) -> Result<Duration, StoreError> {
    let woken = store.wake(Timestamp::now()).await?;
    if !woken.is_empty() {
        // The receiver was dropped: ignore, the articles are back all the same.
        let _ = progress.send(Progress::Woken(woken)).await;
    }
    let until = |at: Timestamp| Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default();
    Ok(store.next_wake().await?.map_or(MAX_REST, until).min(MAX_REST))
}
