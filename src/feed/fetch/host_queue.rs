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

/// The shortest and the longest pause between two requests to one host.
const PAUSE_MILLIS: (u64, u64) = (100, 400);
/// The number of hosts from which on those without a waiting request are forgotten.
const MAX_IDLE_HOSTS: usize = 1_024;

/// Serialises requests per host: one at a time, with a short random pause between two.
#[derive(Debug, Default)]
pub(super) struct HostQueue {
    hosts: Mutex<HashMap<String, Arc<Queue<LastRequest>>>>,
}

/// When the last request to a host ended.
#[derive(Debug, Default)]
struct LastRequest(Option<Instant>);

/// Permission to send a request to a host. Dropping it lets the next request start.
#[derive(Debug)]
pub(super) struct HostPermit(OwnedMutexGuard<LastRequest>);

impl Drop for HostPermit {
    fn drop(&mut self) {
        self.0.0 = Some(Instant::now());
    }
}

impl HostQueue {
    /// Waits until a request may be sent to the host of `url`. Requests to this machine need no pause.
    pub(super) async fn permit(&self, url: &Url) -> HostPermit {
        let host = url.host_str().unwrap_or_default().to_owned();
        let queue = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            if hosts.len() >= MAX_IDLE_HOSTS {
                hosts.retain(|_, queue| Arc::strong_count(queue) > 1);
            }
            Arc::clone(hosts.entry(host).or_default())
        };
        let permit = HostPermit(queue.lock_owned().await);
        if let Some(last) = permit.0.0.filter(|_| !is_loopback(url)) {
            tokio::time::sleep_until(last + pause()).await;
        }
        permit
    }
}

/// Returns a random pause. The seed of a hash map is random enough for it.
fn pause() -> Duration {
    let (shortest, longest) = PAUSE_MILLIS;
    Duration::from_millis(shortest + RandomState::new().hash_one(()) % (longest - shortest))
}
