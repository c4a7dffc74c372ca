//! The loop: something happens, the state changes, a frame is drawn.

use std::{
    future::{Future, poll_fn},
    io,
    task::Poll,
    time::Duration,
};

use crossterm::event::{Event, EventStream, KeyEventKind, MouseButton, MouseEventKind};
use futures::{Stream, StreamExt as _};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use super::{
    keymap::Key,
    library::Library,
    message::{Effect, Message, Progress, Reply},
    notify,
    open::Options,
    screen::{Frame, Screen},
    state::App,
    terminal::Tty,
    update::{start, update},
    work::Work,
};

/// How long the first frame waits for the first page. A store that is slower shows an empty list first.
const FIRST_PAGE: Duration = Duration::from_millis(150);

/// How often a frame is drawn on the way to a far row.
const GLIMPSE: Duration = Duration::from_millis(100);

/// How many messages are taken in before a frame is drawn although more are waiting.
const AT_ONCE: usize = 256;

/// Opens the console on the terminal and comes back when the analyst leaves it.
pub async fn run<L: Library>(library: L, options: Options, progress: mpsc::Receiver<Progress>) -> io::Result<()> {
    run_with(library, options, progress, EventStream::new()).await
}

/// Opens the console on the terminal, with events from elsewhere.
pub async fn run_with<L: Library>(
    library: L,
    options: Options,
    progress: mpsc::Receiver<Progress>,
    events: impl Stream<Item = io::Result<Event>> + Unpin,
) -> io::Result<()> {
    let mut screen = Tty::open(options.settings.mouse)?;
    drive(library, options, progress, &mut screen, events, stopped()).await
}

/// Completes when the system asks the program to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut end), Ok(mut hangup)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            tokio::select! { _ = end.recv() => {}, _ = hangup.recv() => {} }
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// Runs the console over a screen and a stream of events, until the analyst leaves, the events end, or `stop` does.
pub async fn drive<L: Library, S: Screen>(
    library: L,
    options: Options,
    mut progress: mpsc::Receiver<Progress>,
    screen: &mut S,
    mut events: impl Stream<Item = io::Result<Event>> + Unpin,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut app = options.app(screen.size()?);
    let work = Work::new(library, options.workshop.clone(), options.clipboard(), options.settings.opener.clone());
    let mut driver = Driver { work, screen, options: &options, dirty: true, drawn: Instant::now() };
    for effect in start(&mut app) {
        driver.perform(effect)?;
    }
    let patience = Instant::now() + FIRST_PAGE;
    let mut fetching = true;
    tokio::pin!(stop);
    while !app.done {
        let waiting = !app.list.is_loaded() && Instant::now() < patience;
        // On the way to a far row every page is a reply; drawing each of them would cost more than reading it.
        let travelling = app.list.goal.is_some() && driver.drawn.elapsed() < GLIMPSE;
        if driver.dirty && !waiting && !travelling {
            driver.draw(&app)?;
        }
        let wake = wake(&app, waiting.then_some(patience));
        let message = tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            Some(done) = driver.work.tasks.join_next(), if !driver.work.tasks.is_empty() => reply(done),
            told = progress.recv(), if fetching => {
                fetching = told.is_some();
                told.map(Message::Progress)
            }
            event = events.next() => match event {
                Some(event) => message(event?),
                None => return Ok(()),
            },
            () = sleep_until(wake.unwrap_or(patience)), if wake.is_some() => Some(Message::Due),
        };
        driver.take(&mut app, message)?;
        driver.drain(&mut app, &mut events, &mut progress).await?;
    }
    Ok(())
}

/// Gives when something is due though nothing happens.
fn wake(app: &App, patience: Option<Instant>) -> Option<Instant> {
    let due = app.due().map(|due| {
        let left = due.duration_since(app.now);
        Instant::now() + Duration::try_from(left).unwrap_or_default()
    });
    due.into_iter().chain(patience).min()
}

fn reply(done: Result<Option<Reply>, tokio::task::JoinError>) -> Option<Message> {
    match done {
        Ok(reply) => reply.map(Message::Reply),
        // A list that is no longer wanted was given up.
        Err(error) if error.is_cancelled() => None,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Takes an event of the terminal as a message.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(Key::from_event(key))),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(columns, rows) => Some(Message::Size(columns, rows)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Message::Wheel(3)),
            MouseEventKind::ScrollUp => Some(Message::Wheel(-3)),
            MouseEventKind::Down(MouseButton::Left) => Some(Message::Click(mouse.column, mouse.row)),
            _ => None,
        },
        _ => None,
    }
}

struct Driver<'a, L, S> {
    work: Work<L>,
    screen: &'a mut S,
    options: &'a Options,
    dirty: bool,
    drawn: Instant,
}

impl<L: Library, S: Screen> Driver<'_, L, S> {
    fn take(&mut self, app: &mut App, message: Option<Message>) -> io::Result<()> {
        let Some(message) = message else { return Ok(()) };
        app.now = (self.options.clock)();
        if let Message::Reply(Reply::Copied { text, by_terminal: true, .. }) = &message {
            self.screen.copy(text)?;
        }
        self.dirty = true;
        for effect in update(app, message) {
            self.perform(effect)?;
        }
        Ok(())
    }

    /// Takes in what is waiting already, so that a held key or a burst of replies draws one frame.
    async fn drain(
        &mut self,
        app: &mut App,
        events: &mut (impl Stream<Item = io::Result<Event>> + Unpin),
        progress: &mut mpsc::Receiver<Progress>,
    ) -> io::Result<()> {
        for _ in 0..AT_ONCE {
            if app.done {
                return Ok(());
            }
            let next = if let Some(done) = self.work.tasks.try_join_next() {
                reply(done)
            } else if let Ok(told) = progress.try_recv() {
                Some(Message::Progress(told))
            } else {
                // Polled with the waker of this task: crossterm keeps the first one it is given until an event comes.
                match poll_fn(|context| Poll::Ready(events.poll_next_unpin(context))).await {
                    Poll::Ready(Some(event)) => message(event?),
                    Poll::Ready(None) | Poll::Pending => return Ok(()),
                }
            };
            self.take(app, next)?;
        }
        Ok(())
    }

    fn draw(&mut self, app: &App) -> io::Result<()> {
        self.dirty = false;
        self.drawn = Instant::now();
        self.screen.show(&Frame(app))
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => self.screen.suspend(),
            Effect::Notify(rows) => {
                let told = &self.options.notify;
                let message = told.terminal.then(|| notify::message(&rows));
                self.screen.notify(told.bell, message.as_ref())?;
                if !told.command.is_empty() {
                    self.work.tasks.spawn(notify::hand_on(told.command.clone(), rows));
                }
                Ok(())
            }
            Effect::Fetch => {
                if let Some(fetch) = &self.options.fetch {
                    fetch.notify_one();
                }
                Ok(())
            }
            effect => {
                self.work.begin(effect);
                Ok(())
            }
        }
    }
}
