use std::{
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    process::Command,
    task::{AbortHandle, JoinSet, spawn_blocking},
    time::timeout,
};

use super::{
    hand_over,
    library::Library,
    message::{Effect, Reply, Writing},
    state::PAGE,
    workshop::Workshop,
};
use crate::{
    clipboard::{Clipboard, Route},
    query::Query,
    store::{ArticleId, Change, StoreError},
};

/// The most articles that one command changes.
const MOST: usize = 1_000_000;

/// How long a browser may take to say that it does not start.
const PATIENCE: Duration = Duration::from_secs(2);

/// What effects are done with.
pub(super) struct Work<L> {
    pub(super) library: L,
    pub(super) workshop: Arc<dyn Workshop>,
    pub(super) clipboard: Arc<Mutex<Clipboard>>,
    pub(super) opener: String,
    /// What is under way; each gives a reply.
    pub(super) tasks: JoinSet<Option<Reply>>,
    /// What reads the list, which is given up when another list is wanted.
    reading: Vec<AbortHandle>,
    ticket: u64,
}

impl<L: Library> Work<L> {
    pub(super) fn new(library: L, workshop: Arc<dyn Workshop>, clipboard: Clipboard, opener: String) -> Self {
        let clipboard = Arc::new(Mutex::new(clipboard));
        Self { library, workshop, clipboard, opener, tasks: JoinSet::new(), reading: Vec::new(), ticket: 0 }
    }

    /// Begins to do an effect.
    pub(super) fn begin(&mut self, effect: Effect) {
        let ticket = match &effect {
            Effect::Page { ticket, .. } | Effect::Tally { ticket, .. } => Some(*ticket),
            _ => None,
        };
        if ticket.is_some_and(|ticket| ticket != self.ticket) {
            self.reading.drain(..).for_each(|task| task.abort());
        }
        let library = self.library.clone();
        let task = match effect {
            Effect::Copy { text, what } => {
                let clipboard = Arc::clone(&self.clipboard);
                self.tasks.spawn_blocking(move || Some(copy(&clipboard, text, what)))
            }
            Effect::Write(writing) => {
                let (workshop, clipboard) = (Arc::clone(&self.workshop), Arc::clone(&self.clipboard));
                self.tasks.spawn(write(library, workshop, clipboard, writing))
            }
            Effect::Cards(item) => {
                let workshop = Arc::clone(&self.workshop);
                self.tasks.spawn_blocking(move || {
                    let cards = workshop.cards(&item.briefing.hunts);
                    Some(Reply::Cards { id: item.row.id, cards })
                })
            }
            Effect::Browse(link) => self.tasks.spawn(browse(self.opener.clone(), link)),
            effect => self.tasks.spawn(ask(library, effect)),
        };
        if let Some(ticket) = ticket {
            self.ticket = ticket;
            self.reading.retain(|task| !task.is_finished());
            self.reading.push(task);
        }
    }
}

/// Copies, and says where to.
fn copy(clipboard: &Mutex<Clipboard>, text: String, what: String) -> Reply {
    let copied = clipboard.lock().unwrap_or_else(PoisonError::into_inner).copy(&text);
    let mut failed = copied.failed;
    let mut route = copied.route.name().to_owned();
    match copied.file {
        Ok(path) if copied.route == Route::File => route = format!("file {}", path.display()),
        Ok(_) => {}
        Err(error) if copied.route == Route::File => route = format!("nowhere: {error}"),
        Err(error) => failed.push(format!("the file: {error}")),
    }
    Reply::Copied { what, text, route, by_terminal: copied.route == Route::Terminal, failed }
}

/// Writes something and copies it.
async fn write<L: Library>(
    library: L,
    workshop: Arc<dyn Workshop>,
    clipboard: Arc<Mutex<Clipboard>>,
    writing: Writing,
) -> Option<Reply> {
    let report = match &writing {
        Writing::HandOver(now) => match hand_over::gather(&library, *now).await {
            Ok(report) => Some(report),
            Err(error) => return Some(Reply::Refused(error.to_string())),
        },
        Writing::Briefing(_) | Writing::Chosen(..) => None,
    };
    let done = spawn_blocking(move || {
        let (what, text) = match writing {
            Writing::Briefing(item) => ("the briefing".to_owned(), workshop.briefing(&item)),
            Writing::HandOver(_) => ("the hand-over report".to_owned(), report.unwrap_or_default()),
            Writing::Chosen(values, dialect) => match workshop.chosen(&values, dialect) {
                Ok(queries) => {
                    let count = queries.len();
                    let hunts = if count == 1 { "one hunt".to_owned() } else { format!("{count} hunts") };
                    let what = format!("{hunts} with {} indicators as {}", values.len(), dialect.label());
                    (what, queries.join("\n\n"))
                }
                Err(why) => return Reply::Refused(why),
            },
        };
        copy(&clipboard, text, what)
    });
    match done.await {
        Ok(reply) => Some(reply),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Asks the store.
async fn ask<L: Library>(library: L, effect: Effect) -> Option<Reply> {
    Some(match effect {
        Effect::Page { ticket, index, query, order, after } => {
            Reply::Page { ticket, index, page: told(library.page(&query, order, after, PAGE).await) }
        }
        Effect::Tally { ticket, query } => Reply::Tally { ticket, tally: told(library.tally(&query).await) },
        Effect::Item(id) => Reply::Item { id, item: told(library.item(id).await.map(|item| item.map(Box::new))) },
        Effect::Rows(ids) => rows(library, ids).await,
        Effect::Mark { articles, change, at } => {
            let done = told(library.mark(articles.clone(), change.clone(), at).await.map(|_| ()));
            Reply::Marked { articles, change, done }
        }
        Effect::MarkAll { query, change, at } => mark_all(library, query, change, at).await,
        Effect::Undo(at) => Reply::Undone(told(library.undo(at).await)),
        Effect::Redo(at) => Reply::Redone(told(library.redo(at).await)),
        Effect::History => Reply::History(told(library.history(200).await)),
        Effect::Feeds => Reply::Feeds(told(library.feeds().await)),
        // The loop does these, or another task.
        Effect::Copy { .. }
        | Effect::Write(_)
        | Effect::Cards(_)
        | Effect::Browse(_)
        | Effect::Fetch
        | Effect::Redraw
        | Effect::Suspend => return None,
    })
}

fn told<T>(result: Result<T, StoreError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

async fn rows<L: Library>(library: L, ids: Vec<ArticleId>) -> Reply {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        match library.item(id).await {
            Ok(item) => rows.extend(item.map(|item| item.row)),
            Err(error) => return Reply::Rows(Err(error.to_string())),
        }
    }
    Reply::Rows(Ok(rows))
}

async fn mark_all<L: Library>(library: L, query: Query, change: Change, at: jiff::Timestamp) -> Reply {
    let articles = match library.ids(&query, MOST).await {
        Ok(articles) => articles,
        Err(error) => return Reply::Marked { articles: Vec::new(), change, done: Err(error.to_string()) },
    };
    let done = told(library.mark(articles.clone(), change.clone(), at).await.map(|_| ()));
    Reply::Marked { articles, change, done }
}

/// Starts the browser and waits a moment for it to say that it does not.
async fn browse(opener: String, link: String) -> Option<Reply> {
    let mut words = opener.split_whitespace();
    let program = words.next().unwrap_or(if cfg!(target_os = "macos") { "open" } else { "xdg-open" }).to_owned();
    let started = Command::new(&program)
        .args(words)
        .arg(&link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let failed = |why: String| {
        Reply::Browsed(Err(format!("{program} does not open the link: {why}; console.opener names another program")))
    };
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return Some(failed(error.to_string())),
    };
    Some(match timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) if !status.success() => failed(status.to_string()),
        Ok(Err(error)) => failed(error.to_string()),
        _ => Reply::Browsed(Ok(format!("opened by {program}"))),
    })
}
