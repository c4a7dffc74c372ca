//! What of a feed is worth a briefing: reading an article costs far more than knowing it again.

use rusqlite::{Connection, params};

use super::{Sqlite, prepared};
use crate::{article::Article, store::StoreError, text::one_line};

impl Sqlite {
    pub(in crate::store) async fn unseen(
        &self,
        feed: &str,
        articles: Vec<Article>,
    ) -> Result<Vec<Article>, StoreError> {
        let feed = one_line(feed);
        self.read(move |connection| unseen(connection, &feed, articles)).await
    }
}

/// Returns of the identities in a JSON array the place of each that is known, with the digest of what the feed gave
/// last time; none of one that was dropped.
///
/// They are gathered first: the engine prepares a statement anew whenever a value is bound that stands beside a column
/// of `article`, for the sake of the indexes that have only some rows.
const KNOWN: &str = "
    WITH asked AS MATERIALIZED (SELECT key, value FROM json_each(?1))
    SELECT key, f.digest FROM asked CROSS JOIN article a ON a.identity = asked.value
        CROSS JOIN filing f ON f.feed = (SELECT id FROM feed WHERE name = ?2) AND f.article = a.id
    UNION ALL SELECT key, NULL FROM asked CROSS JOIN dropped d ON d.identity = asked.value";

fn unseen(connection: &Connection, feed: &str, mut articles: Vec<Article>) -> rusqlite::Result<Vec<Article>> {
    let identities: Vec<&str> = articles.iter().map(|article| article.identity.as_str()).collect();
    let identities = serde_json::to_string(&identities).expect("plain texts");
    let mut fresh = vec![true; articles.len()];
    let mut known = connection.prepare_cached(KNOWN)?;
    let mut rows = known.query(params![identities, feed])?;
    while let Some(row) = rows.next()? {
        let at = row.get::<_, u32>(0)? as usize;
        let given: Option<i64> = row.get(1)?;
        if given.is_none_or(|digest| digest == prepared::digest(&articles[at])) {
            fresh[at] = false;
        }
    }
    let mut fresh = fresh.into_iter();
    articles.retain(|_| fresh.next().unwrap_or(true));
    Ok(articles)
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, StatementStatus, params};

    use super::super::schema;
    use super::KNOWN;

    #[test]
    fn what_is_known_is_asked_without_preparing_anew() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection, ":memory:".as_ref(), true).unwrap();
        let mut known = connection.prepare(KNOWN).unwrap();
        for identity in ["link:one", "link:two"] {
            known.clear_bindings();
            assert!(!known.exists(params![format!("[\"{identity}\"]"), "Feed"]).unwrap());
        }
        assert_eq!(known.get_status(StatementStatus::RePrepare), 0);
    }
}
