mod browser;
mod changing;
mod marking;
mod rebrief;
mod writing;

use std::{
    future::Future,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex},
    task::Poll,
    thread,
    time::Duration,
};

use futures::{
    FutureExt as _, StreamExt as _,
    future::{AbortHandle, abortable},
    stream::FuturesUnordered,
};
use tokio::{task::spawn_blocking, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{effect::Effect, message::Reply, open::Options, rendering, theme::Theme};
use crate::{
    briefing::Briefer,
    clipboard::Clipboard,
    config::own_themes,
    store::{Store, StoreError},
};

/// How long what was begun may take to end when the console is left.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(2);

type Task = Pin<Box<dyn Future<Output = Option<Reply>> + Send>>;

/// What effects are done with.
pub(super) struct Work {
    pub(super) store: Store,
    pub(super) briefer: Arc<Briefer>,
    pub(super) clipboard: Arc<Mutex<Clipboard>>,
    pub(super) opener: String,
    /// The folder of the user's own themes.
    themes: PathBuf,
    /// What is under way; each may give a reply. The loop itself drives them: an answer of the store wakes it at once.
    tasks: FuturesUnordered<Task>,
    /// What reads the list, which is given up when another list is wanted.
    reading: Vec<AbortHandle>,
    ticket: u64,
    /// Ends what nobody needs once the console is left.
    left: CancellationToken,
}

impl Work {
    pub(super) fn new(store: Store, options: &Options) -> Self {
        let clipboard = Arc::new(Mutex::new(options.clipboard()));
        let (briefer, opener) = (Arc::clone(&options.briefer), options.settings.opener.clone());
        let themes = options.themes();
        Self {
            store,
            briefer,
            clipboard,
            opener,
            themes,
            tasks: FuturesUnordered::new(),
            reading: Vec::new(),
            ticket: 0,
            left: CancellationToken::new(),
        }
    }

    /// Begins to do an effect.
    pub(super) fn begin(&mut self, effect: Effect) {
        let ticket = if let Effect::Read(read) = &effect { read.ticket() } else { None };
        if ticket.is_some_and(|ticket| ticket != self.ticket) {
            self.reading.drain(..).for_each(|task| task.abort());
        }
        let matters = matters(&effect);
        let task = self.task(effect);
        let Some(ticket) = ticket else { return if matters { self.tasks.push(task) } else { self.aside(task) } };
        let (task, handle) = abortable(task);
        self.tasks.push(Box::pin(task.map(|reply| reply.ok().flatten())));
        self.ticket = ticket;
        self.reading.retain(|task| !task.is_aborted());
        self.reading.push(handle);
    }

    /// Returns what does an effect.
    fn task(&self, effect: Effect) -> Task {
        let store = self.store.clone();
        match effect {
            Effect::Copy { text, what } => {
                let clipboard = Arc::clone(&self.clipboard);
                blocking(move || writing::copy(&clipboard, text, what))
            }
            Effect::Write(writing) => {
                let (hunts, clipboard) = (self.briefer.hunts, Arc::clone(&self.clipboard));
                Box::pin(writing::write(store, hunts, clipboard, writing))
            }
            Effect::Cards(item, parameters) => {
                let hunts = self.briefer.hunts;
                blocking(move || {
                    let cards = rendering::cards(hunts, &item.briefing.hunts, &parameters);
                    Reply::Cards { id: item.row.id, cards }
                })
            }
            Effect::Rebrief(article, value) => {
                let briefer = Arc::clone(&self.briefer);
                Box::pin(
                    rebrief::rebrief(store, briefer, article, value).map(|done| Some(Reply::Rebriefed(told(done)))),
                )
            }
            Effect::Themes => {
                let folder = self.themes.clone();
                blocking(move || Reply::Themes(own_themes(&folder)))
            }
            Effect::Theme(name) => {
                let folder = self.themes.clone();
                let read = move || Theme::load(&name, &folder).map(Box::new).map_err(|error| error.to_string());
                blocking(move || Reply::Theme(read()))
            }
            Effect::Browse(link) => Box::pin(browser::browse(self.opener.clone(), link)),
            Effect::Read(read) => Box::pin(async move { read.perform(&store).await.map(Reply::Read) }),
            effect => Box::pin(changing::change(store, effect)),
        }
    }

    /// Begins to read what hunts are rendered with: the analyst comes to them sooner or later.
    pub(super) fn prepare(&self) {
        let hunts = self.briefer.hunts;
        // A thread of its own ends at once; one of the runtime's would wake up once more to end. Nothing waits for it,
        // and where there is none to be had, the first hunt is as slow as it would have been.
        let _ = thread::Builder::new().name("prepare".into()).spawn(move || {
            // A hunt is read from its file when it is first asked for; the iterator asks for each.
            hunts.iter().for_each(drop);
        });
    }

    /// Begins something that is given up when the console is left.
    pub(super) fn aside(&mut self, task: impl Future<Output = Option<Reply>> + Send + 'static) {
        let left = self.left.clone();
        self.tasks.push(Box::pin(async move { left.run_until_cancelled(task).await.flatten() }));
    }

    /// Returns `true` if nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits for the next reply; none when a task ended without one. Not to be awaited while nothing is under way.
    pub(super) async fn next(&mut self) -> Option<Reply> {
        self.tasks.next().await.flatten()
    }

    /// Returns the next reply, when a task has ended already.
    pub(super) fn try_next(&mut self) -> Poll<Option<Reply>> {
        match self.tasks.next().now_or_never().flatten() {
            Some(reply) => Poll::Ready(reply),
            None => Poll::Pending,
        }
    }

    /// Brings to an end what was begun and matters when nobody looks any more: changes, and what is being copied.
    pub(super) async fn finish(&mut self) -> Vec<Reply> {
        self.reading.drain(..).for_each(|task| task.abort());
        self.left.cancel();
        let mut replies = Vec::new();
        let _ = timeout(LEAVE_TIMEOUT, async {
            while let Some(reply) = self.tasks.next().await {
                replies.extend(reply);
            }
        })
        .await;
        replies
    }
}

/// Returns `true` if an effect has to be done also when the console is left meanwhile.
const fn matters(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Mark { .. }
            | Effect::MarkAll { .. }
            | Effect::Undo(_)
            | Effect::Redo(_)
            | Effect::Copy { .. }
            | Effect::Write(_)
            | Effect::Rebrief(..)
            | Effect::Remember(_)
            | Effect::Report(..)
    )
}

/// Does what may take long on a thread of its own.
fn blocking(work: impl FnOnce() -> Reply + Send + 'static) -> Task {
    let task = spawn_blocking(work);
    Box::pin(task.map(|done| match done {
        Ok(reply) => Some(reply),
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => None,
    }))
}

fn told<T>(result: Result<T, StoreError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
