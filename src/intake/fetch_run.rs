use std::{num::NonZero, sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{AcquireError, Semaphore, SemaphorePermit, mpsc},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::{
    FeedOutcome, Progress, Summary,
    batch::Batch,
    health,
    prepare::{article_of, briefed},
};
use crate::{
    article::{Article, Entry, Identity},
    briefing::Briefer,
    config::Settings,
    feed::{FetchError, Fetched, Fetcher, Validators, parse_pool},
    source::{Health, Source},
    store::{PreparedArticle, Saved, Store, StoreError},
    text::masked_url,
};

/// How many entries are read at a time: what is made of them on the way is several times what is saved in the end.
const PORTION_ENTRIES: usize = 10;

/// From when on a feed is slow.
const SLOW: Duration = Duration::from_secs(5);

/// How many slow feeds there may be for each that is asked at the same time.
const SLOW_FACTOR: usize = 3;

/// How many new articles one feed may bring in a day.
const MAX_NEW_PER_DAY: usize = 5_000;

/// How long a process may hold a feed before another may ask it.
const LEASE_TIME: Duration = Duration::from_mins(5);

/// Which feeds a run asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those whose time has come.
    Due,
    /// All that are enabled.
    All,
    /// Those of these names, enabled or not.
    Named(Vec<String>),
}

/// One pass over the feeds.
#[derive(Clone, Debug)]
pub struct FetchRun {
    pub(super) store: Store,
    pub(super) fetcher: Arc<Fetcher>,
    pub(super) briefer: Arc<Briefer>,
    pub(super) settings: Arc<Settings>,
    progress: mpsc::Sender<Progress>,
    cancel: CancellationToken,
    /// How many feeds may be read at the same time, of those that have been fetched: one for each processor. More would
    /// not be quicker and would only hold more in memory.
    places: Arc<Semaphore>,
    /// How many feeds may be asked at the same time.
    asking: Arc<Semaphore>,
    /// How many more of them may be slow.
    slow: Arc<Semaphore>,
}

impl FetchRun {
    /// Puts together what a run needs.
    pub fn new(
        store: Store,
        fetcher: Arc<Fetcher>,
        briefer: Arc<Briefer>,
        settings: Arc<Settings>,
        progress: mpsc::Sender<Progress>,
        cancel: CancellationToken,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let places = Arc::new(Semaphore::new(processors));
        let asking = Arc::new(Semaphore::new(settings.fetch.parallel.max(1)));
        let slow = Arc::new(Semaphore::new(settings.fetch.parallel.saturating_mul(SLOW_FACTOR).max(1)));
        Self { store, fetcher, briefer, settings, progress, cancel, places, asking, slow }
    }

    /// Asks the feeds and saves what they give. Fails only when the store does.
    ///
    /// # Errors
    /// Fails only if the store does.
    pub async fn run(&self, selection: &Selection) -> Result<Summary, StoreError> {
        let known = self.store.feeds().await?;
        let chosen = self.choose(selection, &known, Timestamp::now());
        self.tell(Progress::Started { feeds: chosen.len() }).await;
        let mut summary = Summary::default();
        let batch = Batch::new(self.store.clone());
        let mut asked =
            stream::iter(chosen).map(|(feed, health)| self.ask(feed, health, &batch)).buffer_unordered(usize::MAX);
        loop {
            let next = tokio::select! {
                biased;
                () = self.cancel.cancelled() => None,
                next = asked.next() => next,
            };
            let Some(result) = next else { break };
            let (name, outcome, saved) = result?;
            summary.add(&outcome, saved.new.len(), saved.changed.len());
            self.tell(Progress::Asked {
                feed: name,
                outcome,
                new: saved.new,
                changed: saved.changed,
                touched: saved.touched,
            })
            .await;
        }
        summary.cancelled = self.cancel.is_cancelled();
        self.tell(Progress::Finished(summary.clone())).await;
        Ok(summary)
    }

    /// Files entries that came by another road than a fetch, under the name of a feed.
    ///
    /// # Errors
    /// Fails only if the store does.
    pub async fn take(&self, feed: &Source, entries: Vec<Entry>) -> Result<Saved, StoreError> {
        let (saved, _) = self.save(feed, entries, Timestamp::now(), &Batch::new(self.store.clone())).await?;
        Ok(saved)
    }

    /// Says when the next enabled feed is due.
    ///
    /// # Errors
    /// Fails only if the store does.
    pub async fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let known = self.store.feeds().await?;
        let due = |feed: &Source| health::due(known.iter().find(|health| health.name == feed.name), now);
        Ok(self.settings.feeds.iter().filter(|feed| feed.enabled).map(due).min())
    }

    fn choose(&self, selection: &Selection, known: &[Health], now: Timestamp) -> Vec<(Source, Health)> {
        let health_of = |feed: &Source| {
            // What is stored is masked, so that a token in an address stays in the configuration.
            let url = masked_url(&feed.url);
            // Another address is another feed: its validators would say "unchanged" of what was never read.
            let same = |health: &&Health| health.name == feed.name && masked_url(&health.url) == url;
            let known = known.iter().find(same).cloned().unwrap_or_default();
            Health { name: feed.name.clone(), url: masked_url(&feed.url), ..known }
        };
        let wanted = |feed: &Source, health: &Health| match selection {
            Selection::All => feed.enabled,
            Selection::Due => feed.enabled && health::due(Some(health), now) <= now,
            Selection::Named(names) => names.contains(&feed.name),
        };
        let all = self.settings.feeds.iter().map(|feed| (feed.clone(), health_of(feed)));
        all.filter(|(feed, health)| wanted(feed, health)).collect()
    }

    async fn ask(
        &self,
        feed: Source,
        mut health: Health,
        batch: &Batch,
    ) -> Result<(String, FeedOutcome, Saved), StoreError> {
        let asking = self.asking.acquire().await;
        if !self.store.lease(&feed.name, Timestamp::now(), LEASE_TIME).await? {
            return Ok((feed.name, FeedOutcome::Busy, Saved::default()));
        }
        self.tell(Progress::Asking { feed: feed.name.clone() }).await;
        let validators =
            Validators { etag: health.validators.etag.clone(), last_modified: health.validators.last_modified.clone() };
        let fetched = self.fetched(&feed, &validators, asking).await;
        let now = Timestamp::now();
        let interval = health::interval(&feed, self.settings.fetch.interval);
        let (outcome, saved) = match fetched {
            Ok(Fetched::Unchanged { status, moved_to, min_interval }) => {
                health.patience = health.patience.max(min_interval);
                health::unchanged(&mut health, status, moved_to.as_deref(), now, interval);
                (FeedOutcome::Unchanged, Saved::default())
            }
            Ok(Fetched::Fresh(fresh)) => {
                health::good(&mut health, &fresh, now, interval);
                let (count, remark) = (fresh.feed.entries.len(), fresh.feed.remark);
                let (mut saved, left_out) = self.save(&feed, fresh.feed.entries, now, batch).await?;
                let remark = remark.into_iter().chain(left_out).reduce(|one, other| format!("{one}; {other}"));
                health.remark.clone_from(&remark.clone().unwrap_or_default());
                health.articles += saved.new.len() as u64;
                let completed = self.complete(&feed, &saved.new).await?;
                saved.changed.extend(completed.changed.into_iter().filter(|id| !saved.new.contains(id)));
                saved.touched.extend(completed.touched);
                (FeedOutcome::Read { entries: count, remark }, saved)
            }
            Err(error) => {
                health::failed(&mut health, &error, now);
                tracing::warn!(feed = feed.name, "{error}");
                (FeedOutcome::Failed(error.to_string()), Saved::default())
            }
        };
        self.store.feed_done(health).await?;
        Ok((feed.name, outcome, saved))
    }

    /// Fetches a feed. One that is slow gives its place up to others, so that a few slow hosts hold nobody up; how many
    /// may do so is bounded too.
    async fn fetched(
        &self,
        feed: &Source,
        validators: &Validators,
        asking: Result<SemaphorePermit<'_>, AcquireError>,
    ) -> Result<Fetched, FetchError> {
        let mut fetch = std::pin::pin!(self.fetcher.fetch(feed, validators));
        if let Ok(fetched) = timeout(SLOW, &mut fetch).await {
            return fetched;
        }
        let slow = self.slow.try_acquire();
        if slow.is_ok() {
            drop(asking);
        }
        fetch.await
    }

    /// Cleans and briefs entries off the async threads and saves them with what other feeds gave; what is known already
    /// costs neither a briefing nor a write.
    async fn save(
        &self,
        feed: &Source,
        entries: Vec<Entry>,
        now: Timestamp,
        batch: &Batch,
    ) -> Result<(Saved, Option<String>), StoreError> {
        let day = SignedDuration::from_hours(24);
        let arrived = self.store.arrived_since(&feed.name, now.saturating_sub(day).unwrap_or(now)).await?;
        let mut room = MAX_NEW_PER_DAY.saturating_sub(usize::try_from(arrived).unwrap_or(usize::MAX));
        let mut left_out = 0;
        let mut announced = batch.announce();
        let place = self.places.acquire().await;
        let mut all_known = 0;
        let identities = Identity::of_poll(&entries);
        let mut entries = entries.into_iter().zip(identities);
        loop {
            let portion: Vec<(Entry, Identity)> = entries.by_ref().take(PORTION_ENTRIES).collect();
            if portion.is_empty() {
                break;
            }
            let (mut ready, known) = self.ready(feed, portion, now).await?;
            all_known += known;
            left_out += ready.len().saturating_sub(room);
            ready.truncate(room);
            room -= ready.len();
            announced.add(ready).await;
        }
        // Another feed may be read while this one waits for its transaction.
        drop(place);
        let mut saved = announced.saved().await?;
        saved.known += all_known;
        let said = || format!("left out {left_out} new articles beyond {MAX_NEW_PER_DAY} a day");
        Ok((saved, (left_out > 0).then(said)))
    }

    /// Makes those of some entries ready that are not known; gives also how many are.
    async fn ready(
        &self,
        feed: &Source,
        entries: Vec<(Entry, Identity)>,
        now: Timestamp,
    ) -> Result<(Vec<PreparedArticle>, usize), StoreError> {
        let named = feed.clone();
        let clean = move || {
            let articles = entries.into_iter();
            articles.filter_map(|(entry, identity)| article_of(entry, identity, &named, now)).collect()
        };
        let articles: Vec<Article> = parse_pool::run(clean).await.unwrap_or_default();
        let count = articles.len();
        let articles = self.store.unseen(&feed.name, articles).await?;
        let known = count - articles.len();
        if articles.is_empty() {
            return Ok((Vec::new(), known));
        }
        let (briefer, named) = (self.briefer.with_rulings(&self.store.rulings().await?), feed.clone());
        let brief = move || {
            let articles = articles.into_iter().filter_map(|article| briefed(&briefer, article, &named, false));
            articles.map(PreparedArticle::of).collect()
        };
        Ok((parse_pool::run(brief).await.unwrap_or_default(), known))
    }

    /// Passes a message on. If the receiver was dropped, the message is lost and the run goes on.
    pub(super) async fn tell(&self, progress: Progress) {
        let _ = self.progress.send(progress).await;
    }
}
