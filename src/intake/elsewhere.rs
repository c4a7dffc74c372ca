use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tokio_util::sync::CancellationToken;

use super::Progress;
use crate::store::Store;

/// How long to wait after a write for those that follow it at once.
const SETTLE: Duration = Duration::from_millis(300);

/// Tells when another process writes into the store, until it is cancelled. Sleeps while nobody writes.
pub async fn watch_writes(store: Store, progress: mpsc::Sender<Progress>, cancel: CancellationToken) {
    let Some(mut watch) = store.watch_file() else { return };
    loop {
        tokio::select! {
            () = cancel.cancelled() => return,
            () = watch.changed() => {}
        }
        sleep(SETTLE).await;
        match store.written_elsewhere().await {
            Ok(true) => {
                // The receiver was dropped: ignore.
                let _ = progress.send(Progress::WrittenElsewhere).await;
            }
            Ok(false) => {}
            Err(error) => tracing::warn!("whether another program wrote is not known: {error}"),
        }
    }
}
