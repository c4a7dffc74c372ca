use std::time::Duration;

use jiff::Timestamp;
use tokio::{sync::mpsc, time::sleep};
use tokio_util::sync::CancellationToken;

use super::Progress;
use crate::store::Store;

/// The longest rest, so that an article snoozed meanwhile is not slept past for long.
const MAX_REST: Duration = Duration::from_hours(1);

/// Brings snoozed articles back when their time comes, and tells which, until it is cancelled. Rests in between.
pub async fn wake(store: Store, progress: mpsc::Sender<Progress>, cancel: CancellationToken) {
    while let Ok(next) = store.next_wake().await {
        let until = |at: Timestamp| Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default();
        tokio::select! {
            () = cancel.cancelled() => return,
            () = sleep(next.map_or(MAX_REST, until).min(MAX_REST)) => {}
        }
        match store.wake(Timestamp::now()).await {
            Ok(woken) if woken.is_empty() => {}
            Ok(woken) => {
                // The receiver was dropped: ignore, the articles are back all the same.
                let _ = progress.send(Progress::Woken(woken)).await;
            }
            Err(error) => return tracing::error!("snoozed articles cannot be woken: {error}"),
        }
    }
}
