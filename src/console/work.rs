use std::{
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    process::Command,
    task::{AbortHandle, JoinSet},
    time::timeout,
};

use super::{
    library::Library,
    message::{Effect, Reply},
    open::Renderer,
    state::PAGE,
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
    pub(super) render: Renderer,
    pub(super) clipboard: Arc<Mutex<Clipboard>>,
    pub(super) opener: String,
    /// What is under way; each gives a reply.
    pub(super) tasks: JoinSet<Option<Reply>>,
    /// What reads the list, which is given up when another list is wanted.
    reading: Vec<AbortHandle>,
    ticket: u64,
}

impl<L: Library> Work<L> {
    pub(super) fn new(library: L, render: Renderer, clipboard: Clipboard, opener: String) -> Self {
        let clipboard = Arc::new(Mutex::new(clipboard));
        Self { library, render, clipboard, opener, tasks: JoinSet::new(), reading: Vec::new(), ticket: 0 }
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
            Effect::Copy { text, what } => self.copy(text, what),
            Effect::Cards(item) => {
                let render = Arc::clone(&self.render);
                self.tasks.spawn_blocking(move || {
                    let cards = render(&item.briefing.hunts);
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

    fn copy(&mut self, text: String, what: String) -> AbortHandle {
        let clipboard = Arc::clone(&self.clipboard);
        self.tasks.spawn_blocking(move || {
            let copied = clipboard.lock().unwrap_or_else(PoisonError::into_inner).copy(&text);
            let mut failed = copied.failed;
            let mut route = copied.route.name().to_owned();
            match copied.file {
                Ok(path) if copied.route == Route::File => route = format!("file {}", path.display()),
                Ok(_) => {}
                Err(error) if copied.route == Route::File => route = format!("nowhere: {error}"),
                Err(error) => failed.push(format!("the file: {error}")),
            }
            Some(Reply::Copied { what, text, route, by_terminal: copied.route == Route::Terminal, failed })
        })
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
