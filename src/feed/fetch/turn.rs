use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex as Queue, OwnedMutexGuard},
    time::Instant,
};
use url::Url;

use super::client::is_loopback;

/// The shortest and the longest pause between two requests to one host, in milliseconds.
const PAUSE: (u64, u64) = (100, 400);
/// From how many hosts on those that nobody waits for are forgotten.
const MANY: usize = 1_024;

/// Whose turn it is at each host: one request at a time, with a small and uneven pause between two.
#[derive(Debug, Default)]
pub(super) struct Turns {
    hosts: Mutex<HashMap<String, Arc<Queue<LastRequest>>>>,
}

/// When the last request to a host ended.
#[derive(Debug, Default)]
struct LastRequest(Option<Instant>);

/// The right to ask a host; passes it on when dropped.
#[derive(Debug)]
pub(super) struct Turn(OwnedMutexGuard<LastRequest>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0 = Some(Instant::now());
    }
}

impl Turns {
    /// Waits for the turn at the host of an address. This machine needs no pause.
    pub(super) async fn wait_for(&self, url: &Url) -> Turn {
        let host = url.host_str().unwrap_or_default().to_owned();
        let queue = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() >= MANY {
                hosts.retain(|_, queue| Arc::strong_count(queue) > 1);
            }
            Arc::clone(hosts.entry(host).or_default())
        };
        let turn = Turn(queue.lock_owned().await);
        if let Some(last) = turn.0.0.filter(|_| !is_loopback(url)) {
            tokio::time::sleep_until(last + pause()).await;
        }
        turn
    }
}

/// Draws a pause. It need only be uneven, so the seed that every hash map gets is random enough.
fn pause() -> Duration {
    let (shortest, longest) = PAUSE;
    Duration::from_millis(shortest + RandomState::new().hash_one(()) % (longest - shortest))
}
