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
    effect::Effect,
    keymap::Key,
    message::{Message, Reply},
    notify,
    open::Options,
    screen::{Frame, Screen},
    state::App,
    terminal::Tty,
    update::{start, update},
    work::Work,
};
use crate::{intake::Progress, store::Store};

/// How long the first frame waits to have everything on it. A store that is slower shows an empty list first.
const FIRST_FRAME_WAIT: Duration = Duration::from_millis(140);

/// How long a later frame waits for an article that is on its way: mostly it comes within the same frame.
const FRAME_WAIT: Duration = Duration::from_millis(4);

/// How long a frame waits for a row that is far away.
const FAR_ROW_WAIT: Duration = Duration::from_millis(100);

/// How many messages are taken in before a frame is drawn although more are waiting.
const MAX_MESSAGES_A_FRAME: usize = 256;

/// Opens the console on the terminal and comes back when the analyst leaves it, with what is to be said then.
///
/// # Errors
/// Fails if the terminal does.
pub async fn run(store: Store, options: Options, progress: mpsc::Receiver<Progress>) -> io::Result<Option<String>> {
    run_with(store, options, progress, EventStream::new()).await
}

/// Opens the console on the terminal, with events from elsewhere.
///
/// # Errors
/// Fails if the terminal does.
pub async fn run_with(
    store: Store,
    options: Options,
    progress: mpsc::Receiver<Progress>,
    events: impl Stream<Item = io::Result<Event>> + Unpin,
) -> io::Result<Option<String>> {
    let mut screen = Tty::open(options.settings.mouse)?;
    drive(store, options, progress, &mut screen, events, stopped()).await
}

/// Completes when the system asks the program to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt(), SignalKind::quit()];
        let mut signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
        if !signals.is_empty() {
            let ends = signals.iter_mut().map(|signal| Box::pin(signal.recv()));
            futures::future::select_all(ends).await;
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// Runs the console over a screen and a stream of events, until the analyst leaves, the events end, or `stop` does.
///
/// # Errors
/// Fails if the screen or the events do.
pub async fn drive<S: Screen>(
    store: Store,
    options: Options,
    mut progress: mpsc::Receiver<Progress>,
    screen: &mut S,
    mut events: impl Stream<Item = io::Result<Event>> + Unpin,
    stop: impl Future<Output = ()>,
) -> io::Result<Option<String>> {
    let mut app = options.app(screen.size()?);
    let work = Work::new(store, &options);
    let now = Instant::now();
    let mut driver = Driver { work, screen, options: &options, dirty: Some(now), drawn: None };
    for effect in start(&mut app) {
        driver.perform(effect)?;
    }
    let mut fetching = true;
    tokio::pin!(stop);
    while !app.done {
        let held = driver.held(&app);
        if held.is_none() && driver.dirty.is_some() {
            driver.draw(&app)?;
        }
        let wake = wake(&app, held);
        let message = tokio::select! {
            biased;
            () = &mut stop => break,
            reply = driver.work.next(), if !driver.work.is_idle() => reply.map(Message::Reply),
            told = progress.recv(), if fetching => {
                fetching = told.is_some();
                told.map(Message::Progress)
            }
            event = events.next() => match event {
                Some(event) => message(event?),
                None => break,
            },
            () = sleep_until(wake.unwrap_or(now)), if wake.is_some() => Some(Message::Due),
        };
        driver.take(&mut app, message)?;
        driver.drain(&mut app, &mut events, &mut progress).await?;
    }
    driver.finish().await?;
    Ok(app.parting)
}

/// Returns when something is due though nothing happens.
fn wake(app: &App, held: Option<Instant>) -> Option<Instant> {
    let due = app.due().map(|due| {
        let left = due.duration_since(app.now);
        Instant::now() + Duration::try_from(left).unwrap_or_default()
    });
    due.into_iter().chain(held).min()
}

/// Takes an event of the terminal as a message.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Message::Key(Key::from_event(key))),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(columns, rows) => Some(Message::Size(columns, rows)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Message::Wheel(3, mouse.column, mouse.row)),
            MouseEventKind::ScrollUp => Some(Message::Wheel(-3, mouse.column, mouse.row)),
            MouseEventKind::Down(MouseButton::Left) => Some(Message::Click(mouse.column, mouse.row)),
            _ => None,
        },
        _ => None,
    }
}

struct Driver<'a, S> {
    work: Work,
    screen: &'a mut S,
    options: &'a Options,
    /// Since when the screen is behind the state; none while it is not.
    dirty: Option<Instant>,
    /// When the last frame was drawn.
    drawn: Option<Instant>,
}

impl<S: Screen> Driver<'_, S> {
    /// Returns until when the frame is held back for what is on its way and belongs on it; none when nothing is.
    fn held(&self, app: &App) -> Option<Instant> {
        let since = self.dirty?;
        let until = match self.drawn {
            None if !self.work.is_idle() => since + FIRST_FRAME_WAIT,
            // What lies on the way to a far row is not worth a frame.
            Some(_) if app.list.goal.is_some() => since + FAR_ROW_WAIT,
            Some(_) if app.is_behind() => since + FRAME_WAIT,
            _ => return None,
        };
        (until > Instant::now()).then_some(until)
    }

    /// Ends what was begun: a change or a copy is not lost because the console was left at once.
    async fn finish(&mut self) -> io::Result<()> {
        for reply in self.work.finish().await {
            if let Reply::Copied { text, by_terminal: true, .. } = reply {
                self.screen.copy(&text)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, app: &mut App, message: Option<Message>) -> io::Result<()> {
        let Some(message) = message else { return Ok(()) };
        app.now = (self.options.clock)();
        if let Message::Reply(Reply::Copied { text, by_terminal: true, .. }) = &message {
            self.screen.copy(text)?;
        }
        self.dirty.get_or_insert_with(Instant::now);
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
        for _ in 0..MAX_MESSAGES_A_FRAME {
            if app.done {
                return Ok(());
            }
            let next = if let Poll::Ready(reply) = self.work.try_next() {
                reply.map(Message::Reply)
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
        self.dirty = None;
        let first = self.drawn.replace(Instant::now()).is_none();
        self.screen.show(&Frame(app))?;
        if first {
            self.work.prepare();
        }
        Ok(())
    }

    fn perform(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => self.screen.suspend(),
            Effect::Notify(rows) => {
                let told = &self.options.notify;
                let message = notify::message(&rows);
                self.screen.notify(told.bell, told.terminal.then_some(&message))?;
                if told.desktop {
                    self.work.aside(notify::on_the_desktop(message));
                }
                if !told.command.is_empty() {
                    self.work.aside(notify::hand_on(told.command.clone(), rows));
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
