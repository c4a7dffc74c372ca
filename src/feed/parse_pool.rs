//! The threads that parse, clean and brief: that takes long, and neither the event loop nor name resolution may wait
//! for it.

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

/// The greatest number of threads, however many processors there are: the allocator keeps some MB for each.
const MAX_THREADS: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// Runs `work` on the parse pool. Returns `None` if it panics; the pool is unaffected.
///
/// The pool keeps its threads: spawning fresh ones tripled memory use, because the allocator keeps an arena for each.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    send(work)?.await.ok()
}

/// Runs `work` like [`run`], and blocks until it is done. Not for the threads of the event loop.
pub(super) fn run_blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    send(work)?.blocking_recv().ok()
}

fn send<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<oneshot::Receiver<T>> {
    static JOBS: LazyLock<Sender<Job>> = LazyLock::new(start);
    let (answer, made) = oneshot::channel();
    // If the receiver was dropped, nobody wants the answer.
    let job = Box::new(move || drop(catch_unwind(AssertUnwindSafe(work)).map(|made| answer.send(made).ok())));
    JOBS.send(job).ok()?;
    Some(made)
}

fn start() -> Sender<Job> {
    let (sender, receiver) = channel::<Job>();
    let receiver = Arc::new(Mutex::new(receiver));
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS);
    for _ in 0..threads {
        let receiver = Arc::clone(&receiver);
        // If the system starts no thread at all, every call returns `None`, and each feed reports it.
        let _ = thread::Builder::new().name("parser".into()).spawn(move || work_off(&receiver));
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
    use super::run;

    #[tokio::test]
    async fn work_is_done_and_a_panic_costs_only_itself() {
        for number in 0..20 {
            assert_eq!(run(|| -> u8 { panic!("hostile") }).await, None);
            assert_eq!(run(move || number).await, Some(number));
        }
    }

    #[tokio::test]
    async fn nobody_waiting_harms_nothing() {
        drop(run(|| 1));
        let abandoned = tokio::spawn(run(|| 2));
        abandoned.abort();
        assert_eq!(run(|| 3).await, Some(3));
    }
}
