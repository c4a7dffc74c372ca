//! What the console needs of the store.

use std::future::Future;

use jiff::Timestamp;

use crate::{
    query::Query,
    store::{ArticleId, Change, Cursor, FeedHealth, Item, Journal, Order, Page, StoreError},
};

/// How many articles of a list have each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// CRIT, HIGH, MED and LOW, in this order.
    pub severities: [u64; 4],
}

impl Tally {
    /// Gives how many there are in all.
    pub fn total(&self) -> u64 {
        self.severities.iter().sum()
    }
}

/// The verbs of the store that the console needs, so that a fake can stand in for it.
pub trait Library: Clone + Send + Sync + 'static {
    /// Gives a page of a list.
    fn page(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> impl Future<Output = Result<Page, StoreError>> + Send;

    /// Counts a list by severity.
    fn tally(&self, query: &Query) -> impl Future<Output = Result<Tally, StoreError>> + Send;

    /// Gives the articles of a list, up to a limit.
    fn ids(&self, query: &Query, limit: usize) -> impl Future<Output = Result<Vec<ArticleId>, StoreError>> + Send;

    /// Gives everything about one article.
    fn item(&self, id: ArticleId) -> impl Future<Output = Result<Option<Item>, StoreError>> + Send;

    /// Changes articles; gives the number of the journal's line, or none when nothing changed.
    fn mark(
        &self,
        articles: Vec<ArticleId>,
        change: Change,
        at: Timestamp,
    ) -> impl Future<Output = Result<Option<i64>, StoreError>> + Send;

    /// Undoes the last change that is not undone.
    fn undo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Does the last undone change again.
    fn redo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Gives the last changes, newest first.
    fn history(&self, limit: usize) -> impl Future<Output = Result<Vec<Journal>, StoreError>> + Send;

    /// Gives how every feed fares.
    fn feeds(&self) -> impl Future<Output = Result<Vec<FeedHealth>, StoreError>> + Send;
}
