//! The threads behind the verbs: one that writes, two that read, each asleep until it is asked.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    task::{Context, Poll},
    thread::{self, JoinHandle},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    failure,
    open::{self, Home},
};
use crate::store::StoreError;

const READER_THREADS: usize = 2;

/// After how many steps of the engine a read looks whether it is still wanted: some tens of microseconds.
const STEPS_BETWEEN_CHECKS: i32 = 1_000;

type Writing = Box<dyn FnOnce(&mut Connection) + Send>;
type Reading = Box<dyn FnOnce(Result<&Connection, &rusqlite::Error>) + Send>;

struct ReadJob {
    ticket: Arc<Ticket>,
    run: Reading,
}

/// The threads; they end when this is dropped, which waits for them.
///
/// The order of the fields is that of the end: a queue is closed before its threads are waited for, and the writing one
/// ends last, because the last connection that closes brings the write-ahead log into the file.
pub(super) struct Pool {
    home: Home,
    reads: mpsc::Sender<ReadJob>,
    _readers: Threads,
    writes: mpsc::Sender<Writing>,
    _writer: Threads,
}

/// Threads that are waited for when this is dropped.
struct Threads(Vec<JoinHandle<()>>);

impl Drop for Threads {
    fn drop(&mut self) {
        for thread in self.0.drain(..) {
            // One that panicked has said so already.
            let _ = thread.join();
        }
    }
}

impl Pool {
    /// Starts the threads.
    pub(super) fn start(home: Home, connection: Connection) -> std::io::Result<Self> {
        let (writes, jobs) = mpsc::channel();
        let last = thread::Builder::new().name("store-write".into()).spawn(move || write_loop(connection, &jobs))?;
        let (reads, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        let reader = |_| {
            let (home, queue) = (home.clone(), Arc::clone(&queue));
            thread::Builder::new().name("store-read".into()).spawn(move || read_loop(&home, &queue))
        };
        let readers = Threads((0..READER_THREADS).map(reader).collect::<std::io::Result<_>>()?);
        Ok(Self { home, reads, _readers: readers, writes, _writer: Threads(vec![last]) })
    }

    pub(super) const fn home(&self) -> &Home {
        &self.home
    }

    /// Runs work on the writing thread. It is done even when nobody waits for it any more.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let job: Writing = Box::new(move |connection| {
            let _ = sender.send(work(connection));
        });
        self.writes.send(job).map_err(|_| self.ended())?;
        self.answer(receiver.await)
    }

    /// Runs work on a reading thread. Dropping the future interrupts it.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let ticket = Arc::new(Ticket::default());
        let run: Reading = Box::new(move |connection| {
            let answer = match connection {
                Ok(connection) => work(connection),
                Err(error) => Err(copy_error(error)),
            };
            let _ = sender.send(answer);
        });
        self.reads.send(ReadJob { ticket: Arc::clone(&ticket), run }).map_err(|_| self.ended())?;
        let answer = Reply { receiver, ticket }.await;
        self.answer(answer)
    }

    fn answer<T>(&self, answer: Result<rusqlite::Result<T>, oneshot::error::RecvError>) -> Result<T, StoreError> {
        answer.map_err(|_| self.ended())?.map_err(|error| failure::failed(self.home.path(), &error))
    }

    fn ended(&self) -> StoreError {
        let why = "the store's thread has ended; start huntdeck again".to_owned();
        StoreError::Failed { path: self.home.path().to_owned(), why }
    }
}

fn write_loop(mut connection: Connection, queue: &mpsc::Receiver<Writing>) {
    while let Ok(job) = queue.recv() {
        job(&mut connection);
    }
}

fn read_loop(home: &Home, queue: &Mutex<mpsc::Receiver<ReadJob>>) {
    let mut opened = open::reader(home);
    loop {
        // A job that panicked leaves nothing half done behind the lock.
        let Ok(job) = queue.lock().unwrap_or_else(PoisonError::into_inner).recv() else { return };
        if opened.is_err() {
            opened = open::reader(home);
        }
        if job.ticket.is_given_up() {
            continue;
        }
        if let Ok(connection) = &mut opened {
            // The engine's own interruption is lost when it comes before the statement has begun.
            let ticket = Arc::clone(&job.ticket);
            if connection.progress_handler(STEPS_BETWEEN_CHECKS, Some(move || ticket.is_given_up())).is_err() {
                tracing::error!("a read cannot be interrupted");
            }
        }
        (job.run)(opened.as_ref());
    }
}

/// The engine's errors cannot be cloned; what the words are made of is kept.
fn copy_error(error: &rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => rusqlite::Error::SqliteFailure(*code, message.clone()),
        other => rusqlite::Error::ToSqlConversionFailure(other.to_string().into()),
    }
}

/// Whether a read was given up. Each has its own, so that only its own statement is ever interrupted.
#[derive(Default)]
struct Ticket(AtomicBool);

impl Ticket {
    fn is_given_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn give_up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The answer to a read; dropped early, it gives the read up.
struct Reply<T> {
    receiver: oneshot::Receiver<T>,
    ticket: Arc<Ticket>,
}

impl<T> Future for Reply<T> {
    type Output = Result<T, oneshot::error::RecvError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.receiver).poll(context)
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        self.ticket.give_up();
    }
}
