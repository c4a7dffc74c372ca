//! What several feeds gave goes into the store together: a transaction of many articles costs far less than as many of
//! a few, for each rewrites parts of the same pages of every index.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{sync::oneshot, time::timeout};

use crate::store::{PreparedArticle, Saved, Store, StoreError};

/// How many articles one transaction takes: others wait for it, and until then they are held in memory.
const MAX_ARTICLES: usize = 300;

/// How many bytes of them.
const MAX_BYTES: usize = 6 << 20;

/// How long one may wait for others.
const MAX_WAIT: Duration = Duration::from_millis(500);

type Answer = Result<Saved, StoreError>;

/// Portions that wait to be written in one transaction, each with who is told when that is done.
#[derive(Debug)]
pub(super) struct Batch {
    store: Store,
    waiting: Mutex<Waiting>,
    /// Held while one transaction is written, so that no more than the next waits in memory.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    portions: Vec<Vec<PreparedArticle>>,
    told: Vec<oneshot::Sender<Answer>>,
    articles: usize,
    bytes: usize,
    since: Option<Instant>,
    /// How many feeds are at hand that will add something.
    expected: usize,
}

impl Waiting {
    fn is_full(&self) -> bool {
        self.articles >= MAX_ARTICLES
            || self.bytes >= MAX_BYTES
            || self.since.is_some_and(|since| since.elapsed() >= MAX_WAIT)
    }
}

impl Batch {
    /// Makes one that is empty.
    pub(super) fn new(store: Store) -> Self {
        Self { store, waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }

    /// Announces a feed whose articles will come: until it is done, the others wait for it.
    pub(super) fn announce(&self) -> Announced<'_> {
        self.waiting().expected += 1;
        Announced { batch: self, answers: Vec::new() }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what waits when that is enough, or when nothing more is expected.
    async fn write_if_due(&self) {
        let is_due = |waiting: &Waiting| waiting.is_full() || waiting.expected == 0;
        if !is_due(&self.waiting()) {
            return;
        }
        let _turn = self.turn.lock().await;
        let (portions, told) = {
            let mut waiting = self.waiting();
            // Another may have written it meanwhile.
            if waiting.portions.is_empty() || !is_due(&waiting) {
                return;
            }
            (waiting.articles, waiting.bytes, waiting.since) = (0, 0, None);
            (std::mem::take(&mut waiting.portions), std::mem::take(&mut waiting.told))
        };
        let answers: Vec<Answer> = match self.store.save_batches(portions, Timestamp::now()).await {
            Ok(saved) => saved.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error); told.len()],
        };
        for (told, answer) in told.into_iter().zip(answers) {
            // Whoever no longer waits for the answer does not want it.
            let _ = told.send(answer);
        }
    }
}

/// A feed that adds portions to a batch.
pub(super) struct Announced<'a> {
    batch: &'a Batch,
    answers: Vec<oneshot::Receiver<Answer>>,
}

impl Announced<'_> {
    /// Adds a portion; waits while the batch is full.
    pub(super) async fn add(&mut self, portion: Vec<PreparedArticle>) {
        if portion.is_empty() {
            return;
        }
        let (told, answer) = oneshot::channel();
        {
            let mut waiting = self.batch.waiting();
            waiting.articles += portion.len();
            waiting.bytes += portion.iter().map(PreparedArticle::size).sum::<usize>();
            waiting.since.get_or_insert_with(Instant::now);
            waiting.portions.push(portion);
            waiting.told.push(told);
        }
        self.answers.push(answer);
        self.batch.write_if_due().await;
    }

    /// Adds nothing more, and returns what became of all portions once they are in the store.
    pub(super) async fn saved(mut self) -> Answer {
        let (batch, answers) = (self.batch, std::mem::take(&mut self.answers));
        drop(self);
        batch.write_if_due().await;
        let mut total = Saved::default();
        for mut answer in answers {
            let saved = loop {
                match timeout(MAX_WAIT, &mut answer).await {
                    Ok(saved) => break saved,
                    // A feed that is slow, or that gave up without a word, holds nobody up.
                    Err(_) => batch.write_if_due().await,
                }
            };
            // Only the end of the round drops a portion unwritten, and with it whoever waits.
            let Ok(saved) = saved else { continue };
            total.add(saved?);
        }
        Ok(total)
    }
}

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        self.batch.waiting().expected -= 1;
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Batch, MAX_ARTICLES};
    use crate::{
        article::{Article, Entry},
        briefing::Briefing,
        store::{BriefedArticle, PreparedArticle, Store},
    };

    fn portion(feed: &str, numbers: std::ops::Range<usize>) -> Vec<PreparedArticle> {
        let ready = |number| {
            let link = Some(format!("https://news.example/{number}"));
            let entry = Entry { link, title: format!("Article {number}"), ..Entry::default() };
            let article = Article::from_entry(entry, feed, Timestamp::UNIX_EPOCH);
            PreparedArticle::of(BriefedArticle {
                article,
                briefing: Briefing::default(),
                feed: feed.to_owned(),
                demo: false,
                page: false,
            })
        };
        numbers.map(ready).collect()
    }

    #[tokio::test]
    async fn each_feed_is_told_what_became_of_its_own() {
        let store = Store::in_memory().unwrap();
        let batch = Batch::new(store.clone());
        let (mut one, mut two, none) = (batch.announce(), batch.announce(), batch.announce());
        one.add(portion("One", 0..3)).await;
        two.add(portion("Two", 2..4)).await;
        one.add(portion("One", 2..4)).await;
        let (one, two, none) = tokio::join!(one.saved(), two.saved(), none.saved());
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!((one.new.len(), one.known, two.new.len(), two.known), (4, 1, 2, 0));
        assert_eq!(none.unwrap().new, []);
        assert_eq!(store.stats().await.unwrap().articles, 6);
    }

    #[tokio::test]
    async fn a_full_batch_is_written_while_more_is_expected() {
        let store = Store::in_memory().unwrap();
        let batch = Batch::new(store.clone());
        let (mut long, _slow) = (batch.announce(), batch.announce());
        long.add(portion("Long", 0..MAX_ARTICLES)).await;
        assert_eq!(store.stats().await.unwrap().articles, MAX_ARTICLES as u64);
    }

    #[tokio::test]
    async fn a_feed_that_gives_up_keeps_nobody_waiting() {
        let store = Store::in_memory().unwrap();
        let batch = Batch::new(store.clone());
        let (mut one, other) = (batch.announce(), batch.announce());
        one.add(portion("One", 0..1)).await;
        drop(other);
        assert_eq!(one.saved().await.unwrap().new.len(), 1);
    }

    #[tokio::test]
    async fn a_feed_that_is_slow_or_gives_up_while_others_wait_holds_nobody_up() {
        let store = Store::in_memory().unwrap();
        let batch = Batch::new(store.clone());
        let (mut one, slow) = (batch.announce(), batch.announce());
        one.add(portion("One", 0..1)).await;
        assert_eq!(one.saved().await.unwrap().new.len(), 1, "the other is still expected");
        let mut two = batch.announce();
        two.add(portion("Two", 1..2)).await;
        let (two, ()) = tokio::join!(two.saved(), async {
            tokio::task::yield_now().await;
            drop(slow);
        });
        assert_eq!(two.unwrap().new.len(), 1);
    }
}
