mod rebrief;

use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    path::PathBuf,
    pin::Pin,
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::Duration,
};

use futures::{
    FutureExt as _, StreamExt as _,
    future::{AbortHandle, abortable},
    stream::FuturesUnordered,
};
use tokio::{process::Command, task::spawn_blocking, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    hand_over,
    library::Library,
    message::{Effect, Opened, Reply, Writing},
    open::Options,
    state::{PAGE, Trend},
    theme::Theme,
    workshop::Workshop,
};
use crate::{
    clipboard::{Clipboard, Route},
    query::{Query, parse},
    store::{ArticleId, Change, Journal, Order, StoreError},
};

/// The most articles that one command changes.
const MOST: usize = 1_000_000;

/// How many days the trend has.
const DAYS: usize = 180;

/// How many sources the trend has.
const SOURCES: usize = 20;

/// How many changes are shown.
const CHANGES: usize = 200;

/// How long a browser may take to say that it does not start.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long what was begun may take to end when the console is left.
const LEAVING: Duration = Duration::from_secs(2);

type Task = Pin<Box<dyn Future<Output = Option<Reply>> + Send>>;

/// What effects are done with.
pub(super) struct Work<L> {
    pub(super) library: L,
    pub(super) workshop: Arc<dyn Workshop>,
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

impl<L: Library> Work<L> {
    pub(super) fn new(library: L, options: &Options) -> Self {
        let clipboard = Arc::new(Mutex::new(options.clipboard()));
        let (workshop, opener) = (Arc::clone(&options.workshop), options.settings.opener.clone());
        let themes = options.themes();
        Self {
            library,
            workshop,
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
        let ticket = match &effect {
            Effect::Page { ticket, .. } | Effect::Tally { ticket, .. } => Some(*ticket),
            _ => None,
        };
        if ticket.is_some_and(|ticket| ticket != self.ticket) {
            self.reading.drain(..).for_each(|task| task.abort());
        }
        let matters = matters(&effect);
        let library = self.library.clone();
        let task: Task = match effect {
            Effect::Copy { text, what } => {
                let clipboard = Arc::clone(&self.clipboard);
                blocking(move || copy(&clipboard, text, what))
            }
            Effect::Write(writing) => {
                let (workshop, clipboard) = (Arc::clone(&self.workshop), Arc::clone(&self.clipboard));
                Box::pin(write(library, workshop, clipboard, writing))
            }
            Effect::Cards(item, parameters) => {
                let workshop = Arc::clone(&self.workshop);
                blocking(move || {
                    let cards = workshop.cards(&item.briefing.hunts, &parameters);
                    Reply::Cards { id: item.row.id, cards }
                })
            }
            Effect::Rebrief(article, value) => {
                let workshop = Arc::clone(&self.workshop);
                Box::pin(
                    rebrief::rebrief(library, workshop, article, value).map(|done| Some(Reply::Rebriefed(told(done)))),
                )
            }
            Effect::Themes => {
                let folder = self.themes.clone();
                blocking(move || Reply::Themes(Theme::own(&folder)))
            }
            Effect::Theme(name) => {
                let folder = self.themes.clone();
                let read = move || Theme::load(&name, &folder).map(Box::new).map_err(|error| error.to_string());
                blocking(move || Reply::Theme(read()))
            }
            Effect::Browse(link) => Box::pin(browse(self.opener.clone(), link)),
            effect => Box::pin(ask(library, effect)),
        };
        let Some(ticket) = ticket else { return if matters { self.tasks.push(task) } else { self.aside(task) } };
        let (task, handle) = abortable(task);
        self.tasks.push(Box::pin(task.map(|reply| reply.ok().flatten())));
        self.ticket = ticket;
        self.reading.retain(|task| !task.is_aborted());
        self.reading.push(handle);
    }

    /// Begins something that is given up when the console is left.
    pub(super) fn aside(&mut self, task: impl Future<Output = Option<Reply>> + Send + 'static) {
        let left = self.left.clone();
        self.tasks.push(Box::pin(async move { left.run_until_cancelled(task).await.flatten() }));
    }

    /// Tells whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits for the next reply; none when a task ended without one. Not to be awaited while nothing is under way.
    pub(super) async fn next(&mut self) -> Option<Reply> {
        self.tasks.next().await.flatten()
    }

    /// Gives the next reply, when a task has ended already.
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
        let _ = timeout(LEAVING, async {
            while let Some(reply) = self.tasks.next().await {
                replies.extend(reply);
            }
        })
        .await;
        replies
    }
}

/// Tells whether an effect has to be done also when the console is left meanwhile.
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

/// Copies, and says where to.
fn copy(clipboard: &Mutex<Clipboard>, text: String, what: String) -> Reply {
    let copied = clipboard.lock().unwrap_or_else(PoisonError::into_inner).copy(&text);
    let fleeting = copied.file.as_ref().ok().filter(|_| copied.is_fleeting()).cloned();
    let mut failed = copied.failed;
    let mut route = copied.route.name().to_owned();
    match copied.file {
        Ok(path) if copied.route == Route::File => route = format!("file {}", path.display()),
        Ok(_) => {}
        Err(error) if copied.route == Route::File => route = format!("nowhere: {error}"),
        Err(error) => failed.push(format!("the file: {error}")),
    }
    Reply::Copied { what, text, route, by_terminal: copied.route == Route::Terminal, fleeting, failed }
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
        Writing::Briefing(..) | Writing::Chosen(..) => None,
    };
    let done = spawn_blocking(move || {
        let (what, text) = match writing {
            Writing::Briefing(item, parameters, most) => {
                ("the briefing".to_owned(), workshop.briefing(&item, &parameters, most))
            }
            Writing::HandOver(_) => ("the hand-over report".to_owned(), report.unwrap_or_default()),
            Writing::Chosen(values, dialect, parameters) => match workshop.chosen(&values, dialect, &parameters) {
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
        Effect::Item(id) => Reply::Item { id, item: told(item(&library, id).await) },
        Effect::Rows(ids) => rows(library, ids).await,
        Effect::Mark { articles, change, at } => {
            let done = told(library.mark(articles.clone(), change.clone(), at).await.map(|_| ()));
            Reply::Marked { articles, changes: vec![change], done }
        }
        Effect::MarkAll { query, changes, at } => mark_all(library, query, changes, at).await,
        Effect::Undo(at) => Reply::Undone(told(library.undo(at).await)),
        Effect::Redo(at) => Reply::Redone(told(library.redo(at).await)),
        Effect::History => Reply::History(told(history(&library).await)),
        Effect::Feeds => Reply::Feeds(told(library.feeds().await)),
        Effect::Counts(lists) => {
            let mut counts = Vec::with_capacity(lists.len());
            for (name, query) in lists {
                counts.extend(library.tally(&query).await.ok().map(|tally| (name, tally)));
            }
            Reply::Counts(counts)
        }
        Effect::Techniques(query) => Reply::Techniques(told(library.techniques(&query).await)),
        Effect::Trend(query, now) => Reply::Trend(told(trend(&library, &query, now).await)),
        Effect::Arrived(ids) => match rows(library, ids).await {
            Reply::Rows(Ok(rows)) => Reply::Arrived(rows),
            _ => return None,
        },
        Effect::Report(path, now) => Reply::Done(save_report(library, path, now).await),
        Effect::Searches => Reply::Searches(library.searches().await.unwrap_or_default()),
        Effect::Remember(searches) => {
            return library.keep_searches(searches).await.err().map(|error| Reply::Refused(error.to_string()));
        }
        Effect::LastVisit => Reply::LastVisit(library.last_visit().await.ok().flatten()),
        // The loop does these, or another task.
        Effect::Copy { .. }
        | Effect::Write(_)
        | Effect::Cards(..)
        | Effect::Browse(_)
        | Effect::Rebrief(..)
        | Effect::Themes
        | Effect::Theme(_)
        | Effect::Notify(_)
        | Effect::Fetch
        | Effect::Redraw
        | Effect::Suspend => return None,
    })
}

fn told<T>(result: Result<T, StoreError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// Reads the journal, and the titles of the articles that were changed one by one.
async fn history<L: Library>(library: &L) -> Result<(Vec<Journal>, BTreeMap<ArticleId, String>), StoreError> {
    let history = library.history(CHANGES).await?;
    let single =
        history.iter().filter_map(|line| Some(line.articles.first()?.to_string()).filter(|_| line.articles.len() == 1));
    let single: BTreeSet<String> = single.collect();
    let text = format!("id:{}", single.into_iter().collect::<Vec<_>>().join("|"));
    let Ok(query) = parse(&text, jiff::Timestamp::UNIX_EPOCH) else { return Ok((history, BTreeMap::new())) };
    let rows = library.page(&query, Order::Date, None, CHANGES).await?.rows;
    Ok((history, rows.into_iter().map(|row| (row.id, row.title)).collect()))
}

/// Reads an article with the other articles of its story, so that they are drawn at once.
async fn item<L: Library>(library: &L, id: ArticleId) -> Result<Option<Box<Opened>>, StoreError> {
    let Some(item) = library.item(id).await? else { return Ok(None) };
    let story = if item.row.story.is_some() { library.story(id).await? } else { Vec::new() };
    Ok(Some(Box::new(Opened { item, story })))
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

/// Changes all that a query finds before the first change: a later one may not find them any more.
async fn mark_all<L: Library>(library: L, query: Query, changes: Vec<Change>, at: jiff::Timestamp) -> Reply {
    let mut done = Ok(());
    let articles = library.ids(&query, MOST).await.unwrap_or_else(|error| {
        done = Err(error.to_string());
        Vec::new()
    });
    for change in &changes {
        if done.is_ok() && !articles.is_empty() {
            done = told(library.mark(articles.clone(), change.clone(), at).await.map(|_| ()));
        }
    }
    Reply::Marked { articles, changes, done }
}

/// Writes the report for the next shift into a file that is not there yet.
async fn save_report<L: Library>(library: L, path: PathBuf, now: jiff::Timestamp) -> Result<String, String> {
    let report = told(hand_over::gather(&library, now).await)?;
    let name = path.display().to_string();
    let written = spawn_blocking(move || {
        let mut file = std::fs::File::create_new(path)?;
        std::io::Write::write_all(&mut file, report.as_bytes())
    });
    match written.await {
        Ok(Ok(())) => Ok(format!("the hand-over report is in {name}")),
        Ok(Err(error)) => Err(format!("the report can not be written to {name}: {error}")),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

async fn trend<L: Library>(library: &L, query: &Query, now: jiff::Timestamp) -> Result<Trend, StoreError> {
    let (days, sources) =
        futures::try_join!(library.trend(query, DAYS, now), library.sources(query, DAYS, SOURCES, now))?;
    Ok(Trend { days, sources })
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
        Reply::Done(Err(format!("{program} does not open the link: {why}; console.opener names another program")))
    };
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return Some(failed(error.to_string())),
    };
    Some(match timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) if !status.success() => failed(status.to_string()),
        Ok(Err(error)) => failed(error.to_string()),
        _ => Reply::Done(Ok(format!("opened by {program}"))),
    })
}
