//! What of a feed is worth a briefing: reading an article costs far more than knowing it again.

use rusqlite::{Connection, params};

use super::{Store, StoreError, code, ready};
use crate::article::Article;

impl Store {
    /// Keeps of what a feed gives only the articles that saving would do something with; the others are in the store
    /// just as the feed gave them last time, or were dropped for their age.
    pub async fn sift(&self, feed: &str, articles: Vec<Article>) -> Result<Vec<Article>, StoreError> {
        let feed = code::line(feed);
        self.read(move |connection| sift(connection, &feed, articles)).await
    }
}

fn sift(connection: &Connection, feed: &str, articles: Vec<Article>) -> rusqlite::Result<Vec<Article>> {
    let known = "SELECT 1 FROM article a JOIN filing f ON f.article = a.id JOIN feed ON feed.id = f.feed
                 WHERE a.identity = ?1 AND feed.name = ?2 AND f.digest = ?3
                 UNION ALL SELECT 1 FROM dropped WHERE identity = ?1";
    let mut known = connection.prepare_cached(known)?;
    let mut fresh = Vec::new();
    for article in articles {
        if !known.exists(params![article.identity.as_str(), feed, ready::digest(&article)])? {
            fresh.push(article);
        }
    }
    Ok(fresh)
}
