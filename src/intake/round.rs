use std::{num::NonZero, sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use jiff::Timestamp;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::{FeedOutcome, Press, Progress, Summary, batch::Batch, health};
use crate::{
    article::{Article, Entry},
    config::Settings,
    feed::{Fetched, Fetcher, Validators, parse_pool},
    source::Health,
    source::Source,
    store::{PreparedArticle, Saved, Store, StoreError},
    text::masked_url,
};

/// How many entries are read at a time: what is made of them on the way is several times what is saved in the end.
const PORTION: usize = 10;

/// How long a process may hold a feed before another may ask it.
const LEASE: Duration = Duration::from_mins(5);

/// Which feeds a round asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those whose time has come.
    Due,
    /// All that are enabled.
    All,
    /// Those of these names, enabled or not.
    Named(Vec<String>),
}

/// One pass over the feeds.
#[derive(Clone, Debug)]
pub struct Round {
    pub(super) store: Store,
    pub(super) fetcher: Arc<Fetcher>,
    pub(super) press: Arc<Press>,
    pub(super) settings: Arc<Settings>,
    progress: mpsc::Sender<Progress>,
    cancel: CancellationToken,
    /// How many feeds may be read at the same time, of those that have been fetched: one for each processor. More would
    /// not be quicker and would only hold more in memory.
    places: Arc<Semaphore>,
}

impl Round {
    /// Puts together what a round needs.
    pub fn new(
        store: Store,
        fetcher: Arc<Fetcher>,
        press: Arc<Press>,
        settings: Arc<Settings>,
        progress: mpsc::Sender<Progress>,
        cancel: CancellationToken,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let places = Arc::new(Semaphore::new(processors));
        Self { store, fetcher, press, settings, progress, cancel, places }
    }

    /// Asks the feeds and saves what they give. Fails only when the store does.
    pub async fn run(&self, which: &Which) -> Result<Summary, StoreError> {
        let known = self.store.feeds().await?;
        let chosen = self.choose(which, &known, Timestamp::now());
        self.tell(Progress::Started { feeds: chosen.len() }).await;
        let mut summary = Summary::default();
        let batch = Batch::new(self.store.clone());
        let mut asked = stream::iter(chosen)
            .map(|(feed, health)| self.ask(feed, health, &batch))
            .buffer_unordered(self.settings.fetch.parallel.max(1));
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
    pub async fn take(&self, feed: &Source, entries: Vec<Entry>) -> Result<Saved, StoreError> {
        self.save(feed, entries, Timestamp::now(), &Batch::new(self.store.clone())).await
    }

    /// Says when the next enabled feed is due.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let known = self.store.feeds().await?;
        let due = |feed: &Source| {
            known
                .iter()
                .find(|health| health.name == feed.name)
                .and_then(|health| health.due)
                .unwrap_or(Timestamp::UNIX_EPOCH)
        };
        Ok(self.settings.feeds.iter().filter(|feed| feed.enabled).map(due).min())
    }

    fn choose(&self, which: &Which, known: &[Health], now: Timestamp) -> Vec<(Source, Health)> {
        let health_of = |feed: &Source| {
            // What is stored is masked, so that a token in an address stays in the configuration.
            let url = masked_url(&feed.url);
            // Another address is another feed: its validators would say "unchanged" of what was never read.
            known
                .iter()
                .find(|health| health.name == feed.name && masked_url(&health.url) == url)
                .map(|health| Health { url: url.clone(), ..health.clone() })
                .unwrap_or_else(|| Health { name: feed.name.clone(), url: url.clone(), ..Health::default() })
        };
        let wanted = |feed: &Source, health: &Health| match which {
            Which::All => feed.enabled,
            Which::Due => feed.enabled && health.due.is_none_or(|due| due <= now),
            Which::Named(names) => names.contains(&feed.name),
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
        if !self.store.lease(&feed.name, Timestamp::now(), LEASE).await? {
            return Ok((feed.name, FeedOutcome::Busy, Saved::default()));
        }
        self.tell(Progress::Asking { feed: feed.name.clone() }).await;
        let validators =
            Validators { etag: health.validators.etag.clone(), last_modified: health.validators.last_modified.clone() };
        let fetched = self.fetcher.fetch(&feed, &validators).await;
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
                let mut saved = self.save(&feed, fresh.feed.entries, now, batch).await?;
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

    /// Cleans and briefs entries off the async threads and saves them with what other feeds gave; what is known already
    /// costs neither a briefing nor a write.
    async fn save(
        &self,
        feed: &Source,
        entries: Vec<Entry>,
        now: Timestamp,
        batch: &Batch,
    ) -> Result<Saved, StoreError> {
        let mut announced = batch.announce();
        let place = self.places.acquire().await;
        let mut all_known = 0;
        let mut entries = entries.into_iter();
        loop {
            let portion: Vec<Entry> = entries.by_ref().take(PORTION).collect();
            if portion.is_empty() {
                break;
            }
            let (ready, known) = self.ready(feed, portion, now).await?;
            all_known += known;
            announced.add(ready).await;
        }
        // Another feed may be read while this one waits for its transaction.
        drop(place);
        let mut saved = announced.saved().await?;
        saved.known += all_known;
        Ok(saved)
    }

    /// Makes those of some entries ready that are not known; gives also how many are.
    async fn ready(
        &self,
        feed: &Source,
        entries: Vec<Entry>,
        now: Timestamp,
    ) -> Result<(Vec<PreparedArticle>, usize), StoreError> {
        let named = feed.clone();
        let clean = move || entries.into_iter().filter_map(|entry| Press::article(entry, &named, now)).collect();
        let articles: Vec<Article> = parse_pool::run(clean).await.unwrap_or_default();
        let count = articles.len();
        let articles = self.store.unseen(&feed.name, articles).await?;
        let known = count - articles.len();
        if articles.is_empty() {
            return Ok((Vec::new(), known));
        }
        let (press, named) = (self.press.heeding(&self.store.rulings().await?), feed.clone());
        let brief = move || {
            let filings = articles.into_iter().filter_map(|article| press.file(article, &named, false));
            filings.map(PreparedArticle::of).collect()
        };
        Ok((parse_pool::run(brief).await.unwrap_or_default(), known))
    }

    /// Passes a message on; nobody listening is no fault.
    pub(super) async fn tell(&self, progress: Progress) {
        let _ = self.progress.send(progress).await;
    }
}
