//! Saving: what is new comes in, what changed is brought up to date in place, and triage stays.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{
    Sqlite, feeds,
    finding::{self, FindingRows},
    index,
    prepared::PreparedArticle,
    story,
};
use crate::{
    article::Article,
    briefing::Briefing,
    store::{BriefedArticle, Saved, StoreError},
    triage::ArticleId,
};

impl Sqlite {
    pub(in crate::store) async fn save(&self, batch: Vec<BriefedArticle>) -> Result<Saved, StoreError> {
        if batch.is_empty() {
            return Ok(Saved::default());
        }
        let now = Timestamp::now();
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
    ) -> Result<Vec<Saved>, StoreError> {
        let now = Timestamp::now();
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
            Incoming { transaction: &transaction, ready: &ready, feed: 0, now: 0 }.rebrief(id.0, &mut findings)?;
            findings.put_in(&transaction)?;
            // Its keys may be others now, and what the KEV catalogue adds is no part of the briefing that was made.
            story::place(&transaction, id.0, &ready)?;
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
    let incoming = Incoming { transaction, ready, feed, now: now.as_second() };
    let outcome = incoming.file(&mut filed.findings)?;
    if let Outcome::New(id) | Outcome::Changed(id) = outcome {
        filed.words.push((id.0, matches!(outcome, Outcome::Changed(_)), &ready.article));
    }
    if let Outcome::New(id) | Outcome::Changed(id) | Outcome::Rebriefed(id) = outcome {
        saved.touched.extend(story::place(transaction, id.0, ready)?.into_iter().map(ArticleId));
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

/// A filing with what has to be known to file it.
struct Incoming<'a, 'b> {
    transaction: &'b Transaction<'b>,
    ready: &'a PreparedArticle,
    feed: i64,
    now: i64,
}

/// What the store holds of the same article.
struct Held {
    id: i64,
    provider: i64,
    length: i64,
    digest: i64,
    briefed: i64,
    date_guessed: bool,
    /// What this feed gave last time, if it ever gave the article.
    filed: Option<i64>,
}

impl<'a> Incoming<'a, '_> {
    fn file(&self, findings: &mut FindingRows<'a>) -> rusqlite::Result<Outcome> {
        let Some(held) = self.held()? else {
            if self.dropped()? {
                return Ok(Outcome::Known);
            }
            return self.add(findings).map(Outcome::New);
        };
        // The feed will give its summary again, which is to be known then.
        if !self.ready.page && held.filed != Some(self.ready.digest) {
            self.attribute(&held)?;
        }
        if self.ready.digest == held.digest {
            if self.ready.briefed != held.briefed {
                self.rebrief(held.id, findings)?;
                return Ok(Outcome::Rebriefed(ArticleId(held.id)));
            }
            return Ok(Outcome::Known);
        }
        if held.filed == Some(self.ready.digest) || !self.replaces(&held) {
            return Ok(Outcome::Known);
        }
        self.replace(&held, findings)?;
        Ok(Outcome::Changed(ArticleId(held.id)))
    }

    fn held(&self) -> rusqlite::Result<Option<Held>> {
        let sql = "SELECT a.id, a.provider, a.length, a.digest, a.briefed, a.date_guessed, f.digest
                   FROM article a LEFT JOIN filing f ON f.feed = ?1 AND f.article = a.id WHERE a.identity = ?2";
        let values = params![self.feed, self.ready.article.identity.as_str()];
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Held {
                id: row.get(0)?,
                provider: row.get(1)?,
                length: row.get(2)?,
                digest: row.get(3)?,
                briefed: row.get(4)?,
                date_guessed: row.get(5)?,
                filed: row.get(6)?,
            })
        };
        self.transaction.prepare_cached(sql)?.query_row(values, read).optional()
    }

    /// Returns `true` if the article was here and has been dropped for its age.
    fn dropped(&self) -> rusqlite::Result<bool> {
        let identity = self.ready.article.identity.as_str();
        self.transaction.prepare_cached("SELECT 1 FROM dropped WHERE identity = ?")?.exists([identity])
    }

    /// Returns `true` if what came replaces what is held.
    ///
    /// The feed that provided the text may edit it, even to a somewhat shorter one; much shorter is its summary again.
    /// Another feed replaces it only by a richer text.
    fn replaces(&self, held: &Held) -> bool {
        let length = self.length();
        if held.provider == self.provider() {
            length.saturating_mul(4) >= held.length.saturating_mul(3)
        } else {
            length > held.length
        }
    }

    /// Returns what provides the text: a feed, or with a minus the pages of its articles.
    const fn provider(&self) -> i64 {
        if self.ready.page { -self.feed } else { self.feed }
    }

    fn add(&self, findings: &mut FindingRows<'a>) -> rusqlite::Result<ArticleId> {
        let article = &self.ready.article;
        let facts = &self.ready.facts;
        // A fault takes the whole transaction back, so that the engine need not copy each page before it changes it, to
        // take back this statement and those of its triggers alone.
        let sql = "INSERT OR ROLLBACK INTO article (identity, title, source, url, published, date_guessed, seen,
                       severity, score, indicators, techniques, hunts, kinds, phases, demo, tags, feeds, provider,
                       length, digest, briefed)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute(params![
            article.identity.as_str(),
            article.title,
            article.source,
            article.url,
            article.published.as_second(),
            article.date_guessed,
            self.now,
            facts.severity,
            facts.score,
            facts.indicators,
            facts.techniques,
            facts.hunts,
            facts.kinds,
            facts.phases,
            self.ready.demo,
            facts.tags,
            self.ready.feed,
            self.provider(),
            self.length(),
            self.ready.digest,
            self.ready.briefed,
        ])?;
        let id = self.transaction.last_insert_rowid();
        let sql = "INSERT OR ROLLBACK INTO filing (feed, article, digest) VALUES (?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute([self.feed, id, self.ready.digest])?;
        let sql = "INSERT INTO body (article, document, briefing) VALUES (?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute(params![id, self.ready.document, self.ready.briefing])?;
        findings.add(id, &self.ready.findings);
        Ok(ArticleId(id))
    }

    fn length(&self) -> i64 {
        self.ready.article.document.text.len() as i64
    }

    fn replace(&self, held: &Held, findings: &mut FindingRows<'a>) -> rusqlite::Result<()> {
        let article = &self.ready.article;
        let sql =
            "UPDATE article SET title = ?, source = ?, url = coalesce(?, url), changed = ?, length = ?, digest = ?,
                       provider = ? WHERE id = ?";
        self.transaction.prepare_cached(sql)?.execute(params![
            article.title,
            article.source,
            article.url,
            self.now,
            self.length(),
            self.ready.digest,
            self.provider(),
            held.id
        ])?;
        // Publishers change dates as they like; only a guess is worth replacing (newsboat#2598).
        if held.date_guessed && !article.date_guessed {
            let sql = "UPDATE article SET published = ?, date_guessed = 0 WHERE id = ?";
            self.transaction.prepare_cached(sql)?.execute([article.published.as_second(), held.id])?;
        }
        self.rebrief(held.id, findings)?;
        let sql = "UPDATE body SET document = ? WHERE article = ?";
        self.transaction.prepare_cached(sql)?.execute(params![self.ready.document, held.id]).map(drop)
    }

    /// Replaces the briefing alone: the same text, read by a newer program or with other lists.
    fn rebrief(&self, id: i64, findings: &mut FindingRows<'a>) -> rusqlite::Result<()> {
        let facts = &self.ready.facts;
        let sql = "UPDATE article SET severity = ?, score = ?, indicators = ?, techniques = ?, hunts = ?, kinds = ?,
                       phases = ?, tags = ?, briefed = ? WHERE id = ?";
        self.transaction.prepare_cached(sql)?.execute(params![
            facts.severity,
            facts.score,
            facts.indicators,
            facts.techniques,
            facts.hunts,
            facts.kinds,
            facts.phases,
            facts.tags,
            self.ready.briefed,
            id
        ])?;
        // Its old findings stand in its old document and briefing, so they go before those.
        finding::forget(self.transaction, id)?;
        findings.leave_out(id);
        findings.add(id, &self.ready.findings);
        let sql = "UPDATE body SET briefing = ? WHERE article = ?";
        self.transaction.prepare_cached(sql)?.execute(params![self.ready.briefing, id]).map(drop)
    }

    /// Writes down that this feed brings the article, and what it gave.
    fn attribute(&self, held: &Held) -> rusqlite::Result<()> {
        let sql = "INSERT INTO filing (feed, article, digest) VALUES (?, ?, ?)
                   ON CONFLICT (feed, article) DO UPDATE SET digest = excluded.digest";
        self.transaction.prepare_cached(sql)?.execute([self.feed, held.id, self.ready.digest])?;
        if held.filed.is_none() {
            let sql = "UPDATE article SET feeds = feeds || char(10) || ?, demo = demo AND ? WHERE id = ?";
            let values = params![self.ready.feed, self.ready.demo, held.id];
            self.transaction.prepare_cached(sql)?.execute(values)?;
        }
        Ok(())
    }
}
