//! What the console needs of the store.

use std::future::Future;

use jiff::Timestamp;

use crate::{
    article::Article,
    attack::TechniqueId,
    briefing::{Briefing, Severity},
    query::Query,
    store::{
        self, ArticleId, Change, Cursor, FeedHealth, Item, Journal, Order, Page, Row, Ruling, Store, StoreError,
        Stretch,
    },
    text::Safe,
};

/// The key under which the store keeps what was searched for, one search a line.
const SEARCHES: &str = "searches";

/// How many articles of a list have each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// CRIT, HIGH, MED and LOW, in this order.
    pub severities: [u64; 4],
}

impl Tally {
    /// Returns how many there are of a severity.
    pub fn severity(&self, severity: Severity) -> u64 {
        let at = Severity::ALL.iter().position(|known| *known == severity);
        at.and_then(|at| self.severities.get(at)).copied().unwrap_or(0)
    }

    /// Returns how many there are in all.
    pub fn total(&self) -> u64 {
        self.severities.iter().sum()
    }
}

/// The articles of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its beginning, at midnight UTC.
    pub start: Timestamp,
    /// How many have each severity.
    pub tally: Tally,
}

/// The verbs of the store that the console needs, so that a fake can stand in for it.
pub trait Library: Clone + Send + Sync + 'static {
    /// Returns a page of a list.
    fn page(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> impl Future<Output = Result<Page, StoreError>> + Send;

    /// Returns the pages of a list after a cursor, without their rows.
    fn outline(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> impl Future<Output = Result<Vec<Stretch>, StoreError>> + Send;

    /// Counts a list by severity.
    fn tally(&self, query: &Query) -> impl Future<Output = Result<Tally, StoreError>> + Send;

    /// Returns the articles of a list, up to a limit.
    fn ids(&self, query: &Query, limit: usize) -> impl Future<Output = Result<Vec<ArticleId>, StoreError>> + Send;

    /// Returns the rows of articles; those that are gone are left out.
    fn rows(&self, articles: Vec<ArticleId>) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Returns everything about one article.
    fn item(&self, id: ArticleId) -> impl Future<Output = Result<Option<Item>, StoreError>> + Send;

    /// Returns the other articles of an article's story, oldest first.
    fn story(&self, id: ArticleId) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// Changes articles; returns the number of the journal's line, or none when nothing changed.
    fn mark(
        &self,
        articles: Vec<ArticleId>,
        change: Change,
        at: Timestamp,
    ) -> impl Future<Output = Result<Option<i64>, StoreError>> + Send;

    /// Undoes the last decision that is not undone.
    fn undo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Does the last undone change again.
    fn redo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Returns the last changes, newest first.
    fn history(&self, limit: usize) -> impl Future<Output = Result<Vec<Journal>, StoreError>> + Send;

    /// Returns how every feed fares.
    fn feeds(&self) -> impl Future<Output = Result<Vec<FeedHealth>, StoreError>> + Send;

    /// Counts a list by technique.
    fn techniques(&self, query: &Query) -> impl Future<Output = Result<Vec<(TechniqueId, u64)>, StoreError>> + Send;

    /// Counts a list by day, oldest first, over the days until `now`.
    fn trend(
        &self,
        query: &Query,
        days: usize,
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<Day>, StoreError>> + Send;

    /// Counts a list by source and day, oldest day first, over the days until `now`; the sources with the most first.
    fn sources(
        &self,
        query: &Query,
        days: usize,
        most: usize,
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<(String, Vec<u64>)>, StoreError>> + Send;

    /// Returns what analysts ruled of single values.
    fn rulings(&self) -> impl Future<Output = Result<Vec<Ruling>, StoreError>> + Send;

    /// Replaces the briefing of an article.
    fn rebrief(
        &self,
        id: ArticleId,
        article: Article,
        briefing: Briefing,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Returns what was searched for before, oldest first.
    fn searches(&self) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// Keeps what was searched for.
    fn keep_searches(&self, searches: Vec<String>) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Returns when the console was left the last time.
    fn last_visit(&self) -> impl Future<Output = Result<Option<Timestamp>, StoreError>> + Send;
}

impl Library for Store {
    async fn page(&self, query: &Query, order: Order, after: Option<Cursor>, limit: usize) -> Result<Page, StoreError> {
        Self::page(self, query, order, after, limit).await
    }

    async fn outline(
        &self,
        query: &Query,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> Result<Vec<Stretch>, StoreError> {
        Self::outline(self, query, order, after, size).await
    }

    async fn tally(&self, query: &Query) -> Result<Tally, StoreError> {
        let tally = Self::tally(self, query).await?;
        Ok(Tally { severities: Severity::ALL.map(|severity| tally.severity(severity)) })
    }

    async fn ids(&self, query: &Query, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        Self::ids(self, query, limit).await
    }

    async fn rows(&self, articles: Vec<ArticleId>) -> Result<Vec<Row>, StoreError> {
        Self::rows(self, articles).await
    }

    async fn item(&self, id: ArticleId) -> Result<Option<Item>, StoreError> {
        Self::item(self, id).await
    }

    async fn story(&self, id: ArticleId) -> Result<Vec<Row>, StoreError> {
        Self::story(self, id).await
    }

    async fn mark(&self, articles: Vec<ArticleId>, change: Change, at: Timestamp) -> Result<Option<i64>, StoreError> {
        Self::mark(self, articles, change, at).await
    }

    async fn undo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        Self::undo_decision(self, at).await
    }

    async fn redo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        Self::redo(self, at).await
    }

    async fn history(&self, limit: usize) -> Result<Vec<Journal>, StoreError> {
        Self::history(self, limit).await
    }

    async fn feeds(&self) -> Result<Vec<FeedHealth>, StoreError> {
        Self::feeds(self).await
    }

    async fn techniques(&self, query: &Query) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        Self::techniques(self, query).await
    }

    async fn trend(&self, query: &Query, days: usize, now: Timestamp) -> Result<Vec<Day>, StoreError> {
        let trend = Self::trend(self, query, days, now).await?;
        let severities = |day: &store::Day| Severity::ALL.map(|severity| day.severity(severity));
        Ok(trend.iter().map(|day| Day { start: day.start, tally: Tally { severities: severities(day) } }).collect())
    }

    async fn sources(
        &self,
        query: &Query,
        days: usize,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<(String, Vec<u64>)>, StoreError> {
        Self::sources(self, query, days, most, now).await
    }

    async fn rulings(&self) -> Result<Vec<Ruling>, StoreError> {
        Self::rulings(self).await
    }

    async fn rebrief(&self, id: ArticleId, article: Article, briefing: Briefing) -> Result<(), StoreError> {
        Self::rebrief(self, id, article, briefing).await
    }

    async fn searches(&self) -> Result<Vec<String>, StoreError> {
        let kept = self.meta(SEARCHES).await?.unwrap_or_default();
        Ok(kept.lines().map(|line| Safe::line(line).into_string()).collect())
    }

    async fn keep_searches(&self, searches: Vec<String>) -> Result<(), StoreError> {
        self.set_meta(SEARCHES, &searches.join("\n")).await
    }

    async fn last_visit(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.meta("last_visit").await?.and_then(|time| time.parse().ok()))
    }
}
