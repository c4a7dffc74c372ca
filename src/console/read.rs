//! What the console reads from the store: what is asked, how it is read, and what it came to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::memory;
use crate::{
    attack::TechniqueId,
    source::Health,
    store::{Cursor, Page, PageIds, Store, StoreError},
    triage::{ArticleId, DayTally, Filter, Item, Journal, Order, Row, Tally},
};

/// How many rows a page of the list has.
pub const PAGE_ROWS: usize = 100;

/// How many days the trend has.
const TREND_DAYS: usize = 180;

/// How many sources the trend has.
const MAX_TREND_SOURCES: usize = 20;

/// How many changes are shown.
const MAX_CHANGES: usize = 200;

/// Something that is read from the store.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// A page of the list.
    Page {
        /// Which list it is for; a reply to an older one is dropped.
        ticket: u64,
        /// Which page.
        index: usize,
        /// What is asked.
        query: Filter,
        /// In which order.
        order: Order,
        /// Where the page begins.
        after: Option<Cursor>,
    },
    /// Which articles the list has from a page on, without their rows.
    Outline {
        /// Which list it is for.
        ticket: u64,
        /// The first page.
        index: usize,
        /// What is asked.
        query: Filter,
        /// In which order.
        order: Order,
        /// Where the page begins.
        after: Option<Cursor>,
    },
    /// How many articles the list has.
    Tally {
        /// Which list it is for.
        ticket: u64,
        /// What is asked.
        query: Filter,
    },
    /// An article, with the others of its story.
    Item(ArticleId),
    /// Rows as they are now.
    Rows(Vec<ArticleId>),
    /// The journal.
    History,
    /// How the feeds fare.
    Feeds,
    /// How many articles lists have, each by a name.
    Counts(Vec<(String, Filter)>),
    /// How many articles of the list show each technique.
    Techniques(Filter),
    /// How many articles of the list each day has, and each source.
    Trend(Filter, Timestamp),
    /// What was searched for before.
    Searches,
    /// When the console was left the last time.
    LastVisit,
    /// The rows of articles that came in, to tell of them.
    Arrived {
        /// The articles.
        articles: Vec<ArticleId>,
        /// What finds those of them that are told of whatever their severity is.
        viewed: Option<Filter>,
    },
}

/// What reading came to.
#[derive(Debug)]
pub enum ReadDone {
    /// A page.
    Page {
        /// The list it is for.
        ticket: u64,
        /// Which page.
        index: usize,
        /// Its rows.
        page: Result<Page, String>,
    },
    /// Pages without their rows.
    Outline {
        /// The list they are for.
        ticket: u64,
        /// The first of them.
        index: usize,
        /// They.
        outline: Result<Vec<PageIds>, String>,
    },
    /// A count.
    Tally {
        /// The list it is for.
        ticket: u64,
        /// The count.
        tally: Result<Tally, String>,
    },
    /// An article.
    Item {
        /// Which.
        id: ArticleId,
        /// All of it, and the other articles of its story; none when it is gone.
        item: Result<Option<Box<Opened>>, String>,
    },
    /// Rows as they are now.
    Rows(Result<Vec<Row>, String>),
    /// The journal, with the titles of single articles in it.
    History(Result<(Vec<Journal>, BTreeMap<ArticleId, String>), String>),
    /// The feeds.
    Feeds(Result<Vec<Health>, String>),
    /// How many articles lists have.
    Counts(Vec<(String, Tally)>),
    /// How many articles show each technique.
    Techniques(Result<Vec<(TechniqueId, u64)>, String>),
    /// How many articles each day has, and how many each source has on each.
    Trend(Result<Trend, String>),
    /// What was searched for before, oldest first.
    Searches(Vec<String>),
    /// When the console was left the last time.
    LastVisit(Option<Timestamp>),
    /// The rows of articles that came in.
    Arrived {
        /// The rows.
        rows: Vec<Row>,
        /// Those that are told of whatever their severity is.
        viewed: Vec<ArticleId>,
    },
}

/// An article as it is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// All of it.
    pub item: Item,
    /// The other articles of its story, oldest first.
    pub story: Vec<Row>,
}

/// How many articles of the list each day has, and how many each source has on each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// The days, oldest first.
    pub days: Vec<DayTally>,
    /// The sources, those with the most articles first, each with as many days.
    pub sources: Vec<(String, Vec<u64>)>,
}

impl Read {
    /// Returns the number of the list that it is for; what was begun for an older list is given up.
    pub const fn ticket(&self) -> Option<u64> {
        match self {
            Self::Page { ticket, .. } | Self::Outline { ticket, .. } | Self::Tally { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }

    /// Reads it; `None` if there is nothing to tell.
    pub async fn perform(self, store: &Store) -> Option<ReadDone> {
        Some(match self {
            Self::Page { ticket, index, query, order, after } => {
                ReadDone::Page { ticket, index, page: told(store.page(&query, order, after, PAGE_ROWS).await) }
            }
            Self::Outline { ticket, index, query, order, after } => {
                ReadDone::Outline { ticket, index, outline: told(store.outline(&query, order, after, PAGE_ROWS).await) }
            }
            Self::Tally { ticket, query } => ReadDone::Tally { ticket, tally: told(store.tally(&query).await) },
            Self::Item(id) => ReadDone::Item { id, item: told(opened(store, id).await) },
            Self::Rows(ids) => ReadDone::Rows(told(store.rows(ids).await)),
            Self::History => ReadDone::History(told(history(store).await)),
            Self::Feeds => ReadDone::Feeds(told(store.feeds().await)),
            Self::Counts(lists) => {
                let mut counts = Vec::with_capacity(lists.len());
                for (name, query) in lists {
                    counts.extend(store.tally(&query).await.ok().map(|tally| (name, tally)));
                }
                ReadDone::Counts(counts)
            }
            Self::Techniques(query) => ReadDone::Techniques(told(store.techniques(&query).await)),
            Self::Trend(query, now) => ReadDone::Trend(told(trend(store, &query, now).await)),
            Self::Arrived { articles, viewed } => {
                let viewed = match viewed {
                    Some(query) => store.ids(&query, articles.len()).await.unwrap_or_default(),
                    None => Vec::new(),
                };
                let Ok(rows) = store.rows(articles).await else { return None };
                ReadDone::Arrived { rows, viewed }
            }
            Self::Searches => ReadDone::Searches(memory::searches(store).await.unwrap_or_default()),
            Self::LastVisit => ReadDone::LastVisit(memory::last_visit(store).await.ok().flatten()),
        })
    }
}

/// Reads the journal, and the titles of the articles that were changed one by one.
async fn history(store: &Store) -> Result<(Vec<Journal>, BTreeMap<ArticleId, String>), StoreError> {
    let history = store.history(MAX_CHANGES).await?;
    let single = history.iter().filter_map(|line| line.articles.first().filter(|_| line.articles.len() == 1));
    let single: BTreeSet<ArticleId> = single.copied().collect();
    let rows = store.rows(single.into_iter().collect()).await?;
    Ok((history, rows.into_iter().map(|row| (row.id, row.title)).collect()))
}

/// Reads an article with the other articles of its story, so that they are drawn at once.
async fn opened(store: &Store, id: ArticleId) -> Result<Option<Box<Opened>>, StoreError> {
    let Some(item) = store.item(id).await? else { return Ok(None) };
    let others = if item.row.story.is_some() { store.story(id).await? } else { Vec::new() };
    Ok(Some(Box::new(Opened { item, story: others })))
}

async fn trend(store: &Store, query: &Filter, now: Timestamp) -> Result<Trend, StoreError> {
    let (days, sources) = futures::try_join!(
        store.trend(query, TREND_DAYS, now),
        store.sources(query, TREND_DAYS, MAX_TREND_SOURCES, now)
    )?;
    Ok(Trend { days, sources })
}

fn told<T>(result: Result<T, StoreError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}
