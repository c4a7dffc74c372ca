//! Saving: what is new comes in, what changed is brought up to date in place, and triage stays.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{
    ArticleId, Filing, Saved, Store, StoreError, code,
    index::{self, Facts},
    pack, story,
};
use crate::{article::Article, briefing::Briefing};

impl Store {
    /// Saves a batch in one transaction.
    ///
    /// The same identity is the same article: it keeps its number and its triage, and the feeds that brought it add up.
    /// A richer text replaces a poorer one with its briefing, whichever feed brings it; a summary never replaces a full
    /// text. Batches of about 50 keep other changes waiting for milliseconds only.
    pub async fn save(&self, batch: Vec<Filing>) -> Result<Saved, StoreError> {
        if batch.is_empty() {
            return Ok(Saved::default());
        }
        let now = Timestamp::now();
        self.write(move |connection| save(connection, &batch, now)).await
    }
}

impl Store {
    /// Replaces the briefing of an article, because it was read anew with other lists; all else stays.
    pub async fn rebrief(&self, id: ArticleId, article: Article, briefing: Briefing) -> Result<(), StoreError> {
        let filing = Filing { article, briefing, feed: String::new(), demo: false, page: false };
        self.write(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let briefing = pack::json(&filing.briefing)?;
            let briefed = code::digest(&[&briefing]);
            let digest = digest(&filing.article);
            // What is filed by no feed: only the briefing is written.
            Incoming { transaction: &transaction, filing: &filing, feed: 0, digest, briefing, briefed, now: 0 }
                .rebrief(id.0)?;
            // Its keys may be others now, and what the KEV catalogue adds is no part of the briefing that was made.
            story::place(&transaction, id.0, &filing)?;
            transaction.commit()
        })
        .await
    }
}

fn save(connection: &mut Connection, batch: &[Filing], now: Timestamp) -> rusqlite::Result<Saved> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut saved = Saved::default();
    let mut touched = Vec::new();
    for filing in batch {
        let outcome = Incoming::read(&transaction, filing, now)?.file()?;
        if let Outcome::New(id) | Outcome::Changed(id) | Outcome::Rebriefed(id) = outcome {
            touched.extend(story::place(&transaction, id.0, filing)?);
        }
        match outcome {
            Outcome::New(id) => saved.new.push(id),
            Outcome::Changed(id) if !saved.new.contains(&id) => saved.changed.push(id),
            Outcome::Changed(_) | Outcome::Rebriefed(_) | Outcome::Known => saved.known += 1,
        }
    }
    transaction.commit()?;
    touched.sort_unstable();
    touched.dedup();
    saved.touched = touched.into_iter().map(ArticleId).collect();
    saved.touched.retain(|id| !saved.new.contains(id) && !saved.changed.contains(id));
    Ok(saved)
}

enum Outcome {
    New(ArticleId),
    Changed(ArticleId),
    /// The same text with another briefing.
    Rebriefed(ArticleId),
    Known,
}

/// A filing with what has to be known to file it.
struct Incoming<'a> {
    transaction: &'a Transaction<'a>,
    filing: &'a Filing,
    feed: i64,
    digest: i64,
    briefing: Vec<u8>,
    briefed: i64,
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

/// Gives the digest of what a feed gives of an article.
pub(super) fn digest(article: &Article) -> i64 {
    code::digest(&[article.title.as_bytes(), article.document.text.as_bytes()])
}

impl<'a> Incoming<'a> {
    fn read(transaction: &'a Transaction<'a>, filing: &'a Filing, now: Timestamp) -> rusqlite::Result<Self> {
        let briefing = pack::json(&filing.briefing)?;
        Ok(Self {
            transaction,
            filing,
            feed: feed(transaction, &filing.feed)?,
            digest: digest(&filing.article),
            briefed: code::digest(&[&briefing]),
            briefing,
            now: now.as_second(),
        })
    }

    fn file(&self) -> rusqlite::Result<Outcome> {
        let Some(held) = self.held()? else {
            if self.dropped()? {
                return Ok(Outcome::Known);
            }
            return self.add().map(Outcome::New);
        };
        // The feed will give its summary again, which is to be known then.
        if !self.filing.page && held.filed != Some(self.digest) {
            self.attribute(&held)?;
        }
        if self.digest == held.digest {
            if self.briefed != held.briefed {
                self.rebrief(held.id)?;
                return Ok(Outcome::Rebriefed(ArticleId(held.id)));
            }
            return Ok(Outcome::Known);
        }
        if held.filed == Some(self.digest) || !self.replaces(&held) {
            return Ok(Outcome::Known);
        }
        self.replace(&held)?;
        Ok(Outcome::Changed(ArticleId(held.id)))
    }

    fn held(&self) -> rusqlite::Result<Option<Held>> {
        let sql = "SELECT a.id, a.provider, a.length, a.digest, a.briefed, a.date_guessed, f.digest
                   FROM article a LEFT JOIN filing f ON f.feed = ?1 AND f.article = a.id WHERE a.identity = ?2";
        let values = params![self.feed, self.filing.article.identity.as_str()];
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

    /// Tells whether the article was here and has been dropped for its age.
    fn dropped(&self) -> rusqlite::Result<bool> {
        self.transaction.prepare_cached("SELECT 1 FROM dropped WHERE identity = ?")?.exists([self
            .filing
            .article
            .identity
            .as_str()])
    }

    /// Tells whether what came replaces what is held.
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

    /// Gives what provides the text: a feed, or with a minus the pages of its articles.
    const fn provider(&self) -> i64 {
        if self.filing.page { -self.feed } else { self.feed }
    }

    fn add(&self) -> rusqlite::Result<ArticleId> {
        let article = &self.filing.article;
        let facts = Facts::of(self.filing);
        let sql = "INSERT INTO article (identity, title, source, url, published, date_guessed, seen, severity, score,
                       indicators, techniques, hunts, kinds, phases, demo, tags, feeds, provider, length, digest, briefed)
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
            self.filing.demo,
            facts.tags,
            code::line(&self.filing.feed),
            self.provider(),
            self.length(),
            self.digest,
            self.briefed,
        ])?;
        let id = self.transaction.last_insert_rowid();
        let sql = "INSERT INTO filing (feed, article, digest) VALUES (?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute([self.feed, id, self.digest])?;
        let sql = "INSERT INTO body (article, document, briefing) VALUES (?, ?, ?)";
        let (document, briefing) = (self.document()?, pack::pack(&self.briefing)?);
        self.transaction.prepare_cached(sql)?.execute(params![id, document, briefing])?;
        index::words(self.transaction, id, article)?;
        index::findings(self.transaction, id, self.filing)?;
        Ok(ArticleId(id))
    }

    fn length(&self) -> i64 {
        self.filing.article.document.text.len() as i64
    }

    fn document(&self) -> rusqlite::Result<Vec<u8>> {
        pack::pack(&pack::json(&self.filing.article)?)
    }

    fn replace(&self, held: &Held) -> rusqlite::Result<()> {
        let article = &self.filing.article;
        let sql =
            "UPDATE article SET title = ?, source = ?, url = coalesce(?, url), changed = ?, length = ?, digest = ?,
                       provider = ? WHERE id = ?";
        self.transaction.prepare_cached(sql)?.execute(params![
            article.title,
            article.source,
            article.url,
            self.now,
            self.length(),
            self.digest,
            self.provider(),
            held.id
        ])?;
        // Publishers change dates as they like; only a guess is worth replacing (newsboat#2598).
        if held.date_guessed && !article.date_guessed {
            let sql = "UPDATE article SET published = ?, date_guessed = 0 WHERE id = ?";
            self.transaction.prepare_cached(sql)?.execute([article.published.as_second(), held.id])?;
        }
        let sql = "UPDATE body SET document = ? WHERE article = ?";
        self.transaction.prepare_cached(sql)?.execute(params![self.document()?, held.id])?;
        index::forget_words(self.transaction, held.id)?;
        index::words(self.transaction, held.id, article)?;
        self.rebrief(held.id)
    }

    /// Replaces the briefing alone: the same text, read by a newer program or with other lists.
    fn rebrief(&self, id: i64) -> rusqlite::Result<()> {
        let facts = Facts::of(self.filing);
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
            self.briefed,
            id
        ])?;
        let sql = "UPDATE body SET briefing = ? WHERE article = ?";
        self.transaction.prepare_cached(sql)?.execute(params![pack::pack(&self.briefing)?, id])?;
        index::forget_findings(self.transaction, id)?;
        index::findings(self.transaction, id, self.filing)
    }

    /// Writes down that this feed brings the article, and what it gave.
    fn attribute(&self, held: &Held) -> rusqlite::Result<()> {
        let sql = "INSERT INTO filing (feed, article, digest) VALUES (?, ?, ?)
                   ON CONFLICT (feed, article) DO UPDATE SET digest = excluded.digest";
        self.transaction.prepare_cached(sql)?.execute([self.feed, held.id, self.digest])?;
        if held.filed.is_none() {
            let sql = "UPDATE article SET feeds = feeds || char(10) || ?, demo = demo AND ? WHERE id = ?";
            let values = params![code::line(&self.filing.feed), self.filing.demo, held.id];
            self.transaction.prepare_cached(sql)?.execute(values)?;
        }
        Ok(())
    }
}

/// Gives the number of a feed, which is made when it is new.
pub(super) fn feed(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let name = code::line(name);
    let found = connection
        .prepare_cached("SELECT id FROM feed WHERE name = ?")?
        .query_row([&name], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection.prepare_cached("INSERT INTO feed (name) VALUES (?)")?.execute([&name])?;
    Ok(connection.last_insert_rowid())
}
