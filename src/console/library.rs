//! What the console needs of the store.

use std::future::Future;

use jiff::Timestamp;

use crate::{
    article::Article,
    attack::TechniqueId,
    briefing::Briefing,
    source::Health,
    store::{Cursor, Page, PageIds, Store, StoreError},
    text::Safe,
    triage::{ArticleId, Change, DayTally, Filter, Item, Journal, Order, Row, Ruling, Tally},
};

/// The key under which the store keeps what was searched for, one search a line.
const SEARCHES: &str = "searches";

/// The verbs of the store that the console needs, so that a fake can stand in for it.
pub trait Library: Clone + Send + Sync + 'static {
    /// Returns a page of a list.
    fn page(
        &self,
        query: &Filter,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> impl Future<Output = Result<Page, StoreError>> + Send;

    /// Returns the pages of a list after a cursor, without their rows.
    fn outline(
        &self,
        query: &Filter,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> impl Future<Output = Result<Vec<PageIds>, StoreError>> + Send;

    /// Counts a list by severity.
    fn tally(&self, query: &Filter) -> impl Future<Output = Result<Tally, StoreError>> + Send;

    /// Returns the articles of a list, up to a limit.
    fn ids(&self, query: &Filter, limit: usize) -> impl Future<Output = Result<Vec<ArticleId>, StoreError>> + Send;

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
    ) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Undoes the last decision that is not undone.
    fn undo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Does the last undone change again.
    fn redo(&self, at: Timestamp) -> impl Future<Output = Result<Option<Journal>, StoreError>> + Send;

    /// Returns the last changes, newest first.
    fn history(&self, limit: usize) -> impl Future<Output = Result<Vec<Journal>, StoreError>> + Send;

    /// Returns how every feed fares.
    fn feeds(&self) -> impl Future<Output = Result<Vec<Health>, StoreError>> + Send;

    /// Counts a list by technique.
    fn techniques(&self, query: &Filter) -> impl Future<Output = Result<Vec<(TechniqueId, u64)>, StoreError>> + Send;

    /// Counts a list by day, oldest first, over the days until `now`.
    fn trend(
        &self,
        query: &Filter,
        days: usize,
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<DayTally>, StoreError>> + Send;

    /// Counts a list by source and day, oldest day first, over the days until `now`; the sources with the most first.
    fn sources(
        &self,
        query: &Filter,
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
    async fn page(
        &self,
        query: &Filter,
        order: Order,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        Self::page(self, query, order, after, limit).await
    }

    async fn outline(
        &self,
        query: &Filter,
        order: Order,
        after: Option<Cursor>,
        size: usize,
    ) -> Result<Vec<PageIds>, StoreError> {
        Self::outline(self, query, order, after, size).await
    }

    async fn tally(&self, query: &Filter) -> Result<Tally, StoreError> {
        Self::tally(self, query).await
    }

    async fn ids(&self, query: &Filter, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
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

    async fn mark(
        &self,
        articles: Vec<ArticleId>,
        change: Change,
        at: Timestamp,
    ) -> Result<Option<Journal>, StoreError> {
        Self::mark(self, articles, change, at).await
    }

    async fn undo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        Self::undo(self, at).await
    }

    async fn redo(&self, at: Timestamp) -> Result<Option<Journal>, StoreError> {
        Self::redo(self, at).await
    }

    async fn history(&self, limit: usize) -> Result<Vec<Journal>, StoreError> {
        Self::history(self, limit).await
    }

    async fn feeds(&self) -> Result<Vec<Health>, StoreError> {
        Self::feeds(self).await
    }

    async fn techniques(&self, query: &Filter) -> Result<Vec<(TechniqueId, u64)>, StoreError> {
        Self::techniques(self, query).await
    }

    async fn trend(&self, query: &Filter, days: usize, now: Timestamp) -> Result<Vec<DayTally>, StoreError> {
        Self::trend(self, query, days, now).await
    }

    async fn sources(
        &self,
        query: &Filter,
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
