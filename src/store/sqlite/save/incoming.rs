//! One article that comes in: added, brought up to date, or known.

use std::sync::LazyLock;

use rusqlite::{ToSql, Transaction, params};

use super::{Outcome, held::Held, reopen};
use crate::{
    store::sqlite::{
        finding::{self, FindingRows},
        pack,
        prepared::PreparedArticle,
        row::Facts,
    },
    triage::ArticleId,
};

/// An article with what has to be known to file it.
pub(super) struct Incoming<'a, 'b> {
    pub transaction: &'b Transaction<'b>,
    pub ready: &'a PreparedArticle,
    /// The number of the feed that gives it.
    pub feed: i64,
    /// The identity within all feeds.
    pub identity: String,
    /// Seconds since 1970.
    pub now: i64,
}

/// The columns that say what the text is, beside [`Facts::COLUMNS`].
const TEXT_COLUMNS: [&str; 5] = ["title", "source", "length", "digest", "provider"];

/// The columns that are written once.
const FIXED_COLUMNS: [&str; 9] =
    ["identity", "page", "advisory", "url", "published", "date_guessed", "seen", "demo", "feeds"];

// A fault takes the whole transaction back, so that the engine need not copy each page before it changes it, to take back
// this statement and those of its triggers alone.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let columns = [&FIXED_COLUMNS[..], &TEXT_COLUMNS, &Facts::COLUMNS].concat();
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT OR ROLLBACK INTO article ({}) VALUES ({marks})", columns.join(", "))
});
static UPDATE_TEXT: LazyLock<String> = LazyLock::new(|| update(&TEXT_COLUMNS, "changed = ?, url = coalesce(?, url), "));
static UPDATE_FACTS: LazyLock<String> = LazyLock::new(|| update(&Facts::COLUMNS, ""));

fn update(columns: &[&str], others: &str) -> String {
    let set: Vec<String> = columns.iter().map(|column| format!("{column} = ?")).collect();
    format!("UPDATE article SET {others}{} WHERE id = ?", set.join(", "))
}

impl<'a, 'b> Incoming<'a, 'b> {
    pub(super) fn new(transaction: &'b Transaction<'b>, ready: &'a PreparedArticle, feed: i64, now: i64) -> Self {
        Self { transaction, ready, feed, identity: ready.identity_in(feed), now }
    }

    pub(super) fn file(&self, findings: &mut FindingRows<'a>) -> rusqlite::Result<Outcome> {
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

    /// Returns `true` if what came replaces what is held.
    ///
    /// A feed may edit the text that it provided, even to a somewhat shorter one; much shorter is its summary again. The
    /// text of a page replaces its summary only if it is longer, and the other way round.
    const fn replaces(&self, held: &Held) -> bool {
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

    const fn length(&self) -> i64 {
        self.ready.article.document.text.len() as i64
    }

    fn add(&self, findings: &mut FindingRows<'a>) -> rusqlite::Result<ArticleId> {
        let article = &self.ready.article;
        let (identity, published, advisory) = (&self.identity, article.published.as_second(), self.ready.advisory());
        let fixed: [&dyn ToSql; FIXED_COLUMNS.len()] = [
            identity,
            &self.ready.page_name,
            &advisory,
            &article.url,
            &published,
            &article.date_guessed,
            &self.now,
            &self.ready.demo,
            &self.ready.feed,
        ];
        let (length, provider) = (self.length(), self.provider());
        let text = self.text(&length, &provider);
        let values = [&fixed[..], &text, &self.ready.facts.values()].concat();
        self.transaction.prepare_cached(&INSERT)?.execute(&*values)?;
        let id = self.transaction.last_insert_rowid();
        let sql = "INSERT OR ROLLBACK INTO filing (feed, article, digest) VALUES (?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute([self.feed, id, self.ready.digest])?;
        let sql = "INSERT INTO body (article, document, briefing) VALUES (?, ?, ?)";
        self.transaction.prepare_cached(sql)?.execute(params![id, self.ready.document, self.ready.briefing])?;
        findings.add(id, &self.ready.findings);
        Ok(ArticleId(id))
    }

    /// Returns the values of [`TEXT_COLUMNS`].
    fn text<'c>(&'c self, length: &'c i64, provider: &'c i64) -> [&'c dyn ToSql; TEXT_COLUMNS.len()] {
        let article = &self.ready.article;
        [&article.title, &article.source, length, &self.ready.digest, provider]
    }

    fn replace(&self, held: &Held, findings: &mut FindingRows<'a>) -> rusqlite::Result<()> {
        let article = &self.ready.article;
        let (_, before) = pack::held(self.transaction, held.id)?;
        reopen::if_judged(self.transaction, held.id, &reopen::Gist::of(&before), &self.ready.gist, self.now)?;
        let (length, provider) = (self.length(), self.provider());
        let others: [&dyn ToSql; 2] = [&self.now, &article.url];
        let values = [&others[..], &self.text(&length, &provider), &[&held.id as &dyn ToSql]].concat();
        self.transaction.prepare_cached(&UPDATE_TEXT)?.execute(&*values)?;
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
    pub(super) fn rebrief(&self, id: i64, findings: &mut FindingRows<'a>) -> rusqlite::Result<()> {
        let values = [&self.ready.facts.values()[..], &[&id as &dyn ToSql]].concat();
        self.transaction.prepare_cached(&UPDATE_FACTS)?.execute(&*values)?;
        // Its old findings stand in its old document and briefing, so they go before those.
        finding::forget(self.transaction, id)?;
        findings.leave_out(id);
        findings.add(id, &self.ready.findings);
        let sql = "UPDATE body SET briefing = ? WHERE article = ?";
        self.transaction.prepare_cached(sql)?.execute(params![self.ready.briefing, id]).map(drop)
    }

    /// Writes down what this feed gave of the article.
    fn attribute(&self, held: &Held) -> rusqlite::Result<()> {
        let sql = "INSERT INTO filing (feed, article, digest) VALUES (?, ?, ?)
                   ON CONFLICT (feed, article) DO UPDATE SET digest = excluded.digest";
        self.transaction.prepare_cached(sql)?.execute([self.feed, held.id, self.ready.digest]).map(drop)
    }
}
