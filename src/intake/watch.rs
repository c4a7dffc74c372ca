use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{FetchRun, Progress, Selection, health::MAX_WAIT};
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

/// How long nothing is asked after the store failed; doubled for each failure in a row.
const FIRST_BACK_OFF: Duration = Duration::from_secs(5);
const MAX_BACK_OFF: Duration = Duration::from_mins(5);

/// How often old articles are dropped and the file is tidied.
const UPKEEP_INTERVAL: Duration = Duration::from_hours(24);

/// Asks the feeds that are due, rests until the next one is, and so on until it is cancelled; tidies the store once a
/// day.
///
/// A store that fails (a lock, a full disk) is told of and tried again after a while.
pub async fn watch(fetch_run: FetchRun, wake: Watch, cancel: CancellationToken) {
    let mut selection = Selection::Due;
    let mut back_off = FIRST_BACK_OFF;
    let mut tidied = None;
    while !cancel.is_cancelled() {
        let rest = match once(&fetch_run, &selection, &mut tidied).await {
            Ok(rest) => {
                back_off = FIRST_BACK_OFF;
                rest
            }
            Err(error) => {
                fetch_run.tell(Progress::StoreFailed { why: error.to_string(), rest: back_off }).await;
                let rest = back_off;
                back_off = (back_off * 2).min(MAX_BACK_OFF);
                rest
            }
        };
        selection = tokio::select! {
            () = cancel.cancelled() => return,
            () = wake.now.notified() => Selection::All,
            // A second more, so that rounding does not ask a moment too early.
            () = tokio::time::sleep(rest + Duration::from_secs(1)) => Selection::Due,
        };
    }
}

/// Asks the feeds once; returns how long to rest.
async fn once(
    fetch_run: &FetchRun,
    selection: &Selection,
    tidied: &mut Option<Instant>,
) -> Result<Duration, StoreError> {
    if tidied.is_none_or(|tidied| tidied.elapsed() >= UPKEEP_INTERVAL) {
        fetch_run.store.upkeep(fetch_run.settings.fetch.keep, Timestamp::now()).await?;
        *tidied = Some(Instant::now());
    }
    fetch_run.run(selection).await?;
    let Some(due) = fetch_run.next_due(Timestamp::now()).await? else { return Ok(MAX_WAIT) };
    fetch_run.tell(Progress::Resting { until: due }).await;
    Ok(Duration::try_from(due.duration_since(Timestamp::now())).unwrap_or_default())
}
