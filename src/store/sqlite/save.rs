//! Saving: what is new comes in, what changed is brought up to date in place, and triage stays.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

mod held;
mod incoming;
mod reopen;

use incoming::Incoming;
pub(super) use reopen::{Gist, if_judged};

use super::{Sqlite, feeds, finding::FindingRows, index, prepared::PreparedArticle, story};
use crate::{
    article::Article,
    briefing::Briefing,
    store::{BriefedArticle, Saved, StoreError},
    triage::ArticleId,
};

impl Sqlite {
    pub(in crate::store) async fn save(&self, batch: Vec<BriefedArticle>, now: Timestamp) -> Result<Saved, StoreError> {
        if batch.is_empty() {
            return Ok(Saved::default());
        }
        // Made ready on the thread that writes: no other here may take long.
        self.write(move |connection| {
            let batch: Vec<PreparedArticle> = batch.into_iter().map(PreparedArticle::of).collect();
            Ok(save(connection, &[batch], now)?.pop().unwrap_or_default())
        })
        .await
    }

    pub(in crate::store) async fn save_batches(
        &self,
        batches: Vec<Vec<PreparedArticle>>,
        now: Timestamp,
    ) -> Result<Vec<Saved>, StoreError> {
        self.write(move |connection| save(connection, &batches, now)).await
    }

    pub(in crate::store) async fn rebrief(
        &self,
        id: ArticleId,
        article: Article,
        briefing: Briefing,
    ) -> Result<(), StoreError> {
        let filing = BriefedArticle { article, briefing, feed: String::new(), demo: false, page: false };
        self.write(move |connection| {
            let ready = PreparedArticle::of(filing);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut findings = FindingRows::default();
            // What is filed by no feed: only the briefing is written.
            Incoming::new(&transaction, &ready, 0, 0).rebrief(id.0, &mut findings)?;
            findings.put_in(&transaction)?;
            // Its keys may be others now, and what the KEV catalogue adds is no part of the briefing that was made.
            story::place(&transaction, id.0, &ready, 0)?;
            transaction.commit()
        })
        .await
    }
}

fn save(connection: &mut Connection, batches: &[Vec<PreparedArticle>], now: Timestamp) -> rusqlite::Result<Vec<Saved>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut filed = Filed::default();
    let mut saved = Vec::with_capacity(batches.len());
    for batch in batches {
        let mut here = Saved::default();
        for ready in batch {
            file(&transaction, ready, now, &mut filed, &mut here)?;
        }
        here.touched.sort_unstable();
        here.touched.dedup();
        saved.push(here);
    }
    filed.findings.put_in(&transaction)?;
    // Last of all: a statement that could have to be taken back makes the full-text index write out what it has
    // gathered.
    for (id, is_known, article) in filed.words {
        if is_known {
            index::forget_words(&transaction, id)?;
        }
        index::words(&transaction, id, article)?;
    }
    transaction.commit()?;
    for here in &mut saved {
        here.touched.retain(|id| !filed.news.contains(id));
    }
    Ok(saved)
}

/// What filing leaves to be done when all articles of a transaction are filed.
#[derive(Default)]
struct Filed<'a> {
    /// The numbers of the feeds.
    feeds: HashMap<&'a str, i64>,
    findings: FindingRows<'a>,
    /// The articles whose words are to be indexed, and whether there are old ones.
    words: Vec<(i64, bool, &'a Article)>,
    /// The articles that are new or changed.
    news: HashSet<ArticleId>,
}

fn file<'a>(
    transaction: &Transaction<'_>,
    ready: &'a PreparedArticle,
    now: Timestamp,
    filed: &mut Filed<'a>,
    saved: &mut Saved,
) -> rusqlite::Result<()> {
    let feed = match filed.feeds.get(&*ready.feed) {
        Some(feed) => *feed,
        None => *filed.feeds.entry(&ready.feed).or_insert(feeds::number(transaction, &ready.feed)?),
    };
    let incoming = Incoming::new(transaction, ready, feed, now.as_second());
    let outcome = incoming.file(&mut filed.findings)?;
    if let Outcome::New(id) | Outcome::Changed(id) = outcome {
        filed.words.push((id.0, matches!(outcome, Outcome::Changed(_)), &ready.article));
    }
    if let Outcome::New(id) | Outcome::Changed(id) | Outcome::Rebriefed(id) = outcome {
        saved.touched.extend(story::place(transaction, id.0, ready, now.as_second())?.into_iter().map(ArticleId));
    }
    match outcome {
        Outcome::New(id) => saved.new.push(id),
        Outcome::Changed(id) if !filed.news.contains(&id) => saved.changed.push(id),
        Outcome::Changed(_) | Outcome::Rebriefed(_) | Outcome::Known => saved.known += 1,
    }
    if let Outcome::New(id) | Outcome::Changed(id) = outcome {
        filed.news.insert(id);
    }
    Ok(())
}

enum Outcome {
    New(ArticleId),
    Changed(ArticleId),
    /// The same text with another briefing.
    Rebriefed(ArticleId),
    Known,
}
