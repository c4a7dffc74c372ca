//! The threads that read: parsing, cleaning and briefing take long, and neither the event loop nor a look-up of a name
//! may wait for them.

use std::{
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use tokio::sync::oneshot;

/// As many threads read at the most, however many processors there are: each keeps some MB of memory for itself.
const MOST: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// Does work on a thread that may take long, and returns what it made; none when it panicked, which costs nothing else.
///
/// The threads are few and always the same: on ever other threads the same work would hold three times the memory, for
/// the allocator keeps a store for each.
pub async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    static JOBS: LazyLock<Sender<Job>> = LazyLock::new(start);
    let (answer, made) = oneshot::channel();
    // Whoever no longer waits for the answer does not want it.
    let job = Box::new(move || drop(catch_unwind(AssertUnwindSafe(work)).map(|made| answer.send(made).ok())));
    JOBS.send(job).ok()?;
    made.await.ok()
}

fn start() -> Sender<Job> {
    let (sender, receiver) = channel::<Job>();
    let receiver = Arc::new(Mutex::new(receiver));
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    for _ in 0..threads {
        let receiver = Arc::clone(&receiver);
        // Where the system gives no thread at all, every answer is none, and the feeds say so.
        let _ = thread::Builder::new().name("reader".into()).spawn(move || work_off(&receiver));
    }
    sender
}

fn work_off(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        job();
    }
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[tokio::test]
    async fn work_is_done_and_a_panic_costs_only_itself() {
        for number in 0..20 {
            assert_eq!(apart(|| -> u8 { panic!("hostile") }).await, None);
            assert_eq!(apart(move || number).await, Some(number));
        }
    }

    #[tokio::test]
    async fn nobody_waiting_harms_nothing() {
        drop(apart(|| 1));
        let abandoned = tokio::spawn(apart(|| 2));
        abandoned.abort();
        assert_eq!(apart(|| 3).await, Some(3));
    }
}
