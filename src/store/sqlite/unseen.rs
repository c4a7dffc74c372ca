//! What of a feed is worth a briefing: reading an article costs far more than knowing it again.

use rusqlite::{Connection, params};

use super::{Sqlite, feeds, prepared};
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

/// Returns the place of each article of a JSON array (of arrays of identity, digest and page) that is known, with the
/// digest of what the feed gave last time; `NULL` for one that was dropped. `?2` is the number of the feed.
///
/// They are gathered first: the engine prepares a statement anew whenever a value is bound that stands beside a column
/// of `article`, for the sake of the indexes that have only some rows.
const KNOWN: &str = "
    WITH asked AS MATERIALIZED (SELECT key, value ->> 0 AS name, value ->> 1 AS digest, value ->> 2 AS page, feed
        FROM json_each(?1), (SELECT ?2 AS feed))
    SELECT key, f.digest FROM asked CROSS JOIN article a ON a.identity = asked.name
        CROSS JOIN filing f ON f.feed = asked.feed AND f.article = a.id
    UNION ALL SELECT key, f.digest FROM asked CROSS JOIN filing f ON f.feed = asked.feed AND f.digest = asked.digest
        CROSS JOIN article a ON a.id = f.article AND a.page IS asked.page AND a.identity BETWEEN '0' AND ':'
    UNION ALL SELECT key, NULL FROM asked CROSS JOIN dropped d ON d.identity = asked.name";

fn unseen(connection: &Connection, feed: &str, mut articles: Vec<Article>) -> rusqlite::Result<Vec<Article>> {
    let Some(feed) = feeds::known_number(connection, feed)? else { return Ok(articles) };
    let asked: Vec<_> = articles
        .iter()
        .map(|article| {
            let name = prepared::identity_in(feed, article);
            (name, prepared::digest(article), prepared::page_name(article))
        })
        .collect();
    let asked = serde_json::to_string(&asked).expect("plain texts and numbers");
    let mut fresh = vec![true; articles.len()];
    let mut known = connection.prepare_cached(KNOWN)?;
    let mut rows = known.query(params![asked, feed])?;
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
            assert!(!known.exists(params![format!("[[\"{identity}\", 7, null]]"), 1]).unwrap());
        }
        assert_eq!(known.get_status(StatementStatus::RePrepare), 0);
    }
}
