use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{FetchRun, Progress, Selection};
use crate::store::StoreError;

/// The handle by which a console asks for a round before its time.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    now: Arc<Notify>,
}

impl Watch {
    /// Returns the bell that asks for a round when it is rung.
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.now)
    }

    /// Asks for a round over every enabled feed.
    pub fn fetch_now(&self) {
        self.now.notify_one();
    }
}

/// Asks the feeds that are due, rests until the next one is, and so on until it is cancelled.
pub async fn watch(fetch_run: FetchRun, wake: Watch, cancel: CancellationToken) -> Result<(), StoreError> {
    let mut selection = Selection::Due;
    while !cancel.is_cancelled() {
        fetch_run.run(&selection).await?;
        let rest = match fetch_run.next_due().await? {
            Some(due) => {
                fetch_run.tell(Progress::Resting { until: due }).await;
                Duration::try_from(due.duration_since(Timestamp::now())).unwrap_or_default()
            }
            None => Duration::from_hours(24),
        };
        selection = tokio::select! {
            () = cancel.cancelled() => return Ok(()),
            () = wake.now.notified() => Selection::All,
            // A second more, so that rounding does not ask a moment too early.
            () = tokio::time::sleep(rest + Duration::from_secs(1)) => Selection::Due,
        };
    }
    Ok(())
}
