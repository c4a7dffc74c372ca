use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{marking, told, writing};
use crate::{
    console::{
        memory,
        message::{Effect, Opened, Reply},
        state::{PAGE, Trend},
    },
    store::{Store, StoreError},
    triage::{ArticleId, Filter, Journal},
};

/// How many days the trend has.
const DAYS: usize = 180;

/// How many sources the trend has.
const SOURCES: usize = 20;

/// How many changes are shown.
const CHANGES: usize = 200;

/// Asks the store.
pub(super) async fn ask(store: Store, effect: Effect) -> Option<Reply> {
    Some(match effect {
        Effect::Page { ticket, index, query, order, after } => {
            Reply::Page { ticket, index, page: told(store.page(&query, order, after, PAGE).await) }
        }
        Effect::Outline { ticket, index, query, order, after } => {
            Reply::Outline { ticket, index, outline: told(store.outline(&query, order, after, PAGE).await) }
        }
        Effect::Tally { ticket, query } => Reply::Tally { ticket, tally: told(store.tally(&query).await) },
        Effect::Item(id) => Reply::Item { id, item: told(item(&store, id).await) },
        Effect::Rows(ids) => Reply::Rows(told(store.rows(ids).await)),
        Effect::History => Reply::History(told(history(&store).await)),
        Effect::Feeds => Reply::Feeds(told(store.feeds().await)),
        Effect::Counts(lists) => {
            let mut counts = Vec::with_capacity(lists.len());
            for (name, query) in lists {
                counts.extend(store.tally(&query).await.ok().map(|tally| (name, tally)));
            }
            Reply::Counts(counts)
        }
        Effect::Techniques(query) => Reply::Techniques(told(store.techniques(&query).await)),
        Effect::Trend(query, now) => Reply::Trend(told(trend(&store, &query, now).await)),
        Effect::Arrived { articles, viewed } => {
            let viewed = match viewed {
                Some(query) => store.ids(&query, articles.len()).await.unwrap_or_default(),
                None => Vec::new(),
            };
            let Ok(rows) = store.rows(articles).await else { return None };
            Reply::Arrived { rows, viewed }
        }
        Effect::Searches => Reply::Searches(memory::searches(&store).await.unwrap_or_default()),
        Effect::LastVisit => Reply::LastVisit(memory::last_visit(&store).await.ok().flatten()),
        effect => return write(store, effect).await,
    })
}

/// Has the store write something down.
async fn write(store: Store, effect: Effect) -> Option<Reply> {
    Some(match effect {
        Effect::Mark { articles, changes, at } => {
            let done = marking::mark(&store, &articles, &changes, at).await;
            Reply::Marked { articles, changes, done }
        }
        Effect::MarkAll { query, changes, at } => marking::mark_all(store, query, changes, at).await,
        Effect::Undo(at) => Reply::Undone(told(store.undo(at).await)),
        Effect::Redo(at) => Reply::Redone(told(store.redo(at).await)),
        Effect::Report(path, now) => Reply::Done(writing::save_report(store, path, now).await),
        Effect::Remember(searches) => {
            return memory::keep_searches(&store, &searches).await.err().map(|error| Reply::Refused(error.to_string()));
        }
        // The loop does these, or another task.
        _ => return None,
    })
}

/// Reads the journal, and the titles of the articles that were changed one by one.
async fn history(store: &Store) -> Result<(Vec<Journal>, BTreeMap<ArticleId, String>), StoreError> {
    let history = store.history(CHANGES).await?;
    let single = history.iter().filter_map(|line| line.articles.first().filter(|_| line.articles.len() == 1));
    let single: BTreeSet<ArticleId> = single.copied().collect();
    let rows = store.rows(single.into_iter().collect()).await?;
    Ok((history, rows.into_iter().map(|row| (row.id, row.title)).collect()))
}

/// Reads an article with the other articles of its story, so that they are drawn at once.
async fn item(store: &Store, id: ArticleId) -> Result<Option<Box<Opened>>, StoreError> {
    let Some(item) = store.item(id).await? else { return Ok(None) };
    let others = if item.row.story.is_some() { store.story(id).await? } else { Vec::new() };
    Ok(Some(Box::new(Opened { item, story: others })))
}

async fn trend(store: &Store, query: &Filter, now: Timestamp) -> Result<Trend, StoreError> {
    let (days, sources) = futures::try_join!(store.trend(query, DAYS, now), store.sources(query, DAYS, SOURCES, now))?;
    Ok(Trend { days, sources })
}
