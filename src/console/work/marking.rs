use jiff::Timestamp;

use super::told;
use crate::{
    console::{library::Library, message::Reply},
    query::Query,
    store::{ArticleId, Change},
};

/// The most articles that one command changes.
const MOST: usize = 1_000_000;

/// Changes all that a query finds before the first change: a later one may not find them any more.
pub(super) async fn mark_all<L: Library>(library: L, query: Query, changes: Vec<Change>, at: Timestamp) -> Reply {
    let (articles, done) = match library.ids(&query, MOST).await {
        Ok(articles) => {
            let done = mark(&library, &articles, &changes, at).await;
            (articles, done)
        }
        Err(error) => (Vec::new(), Err(error.to_string())),
    };
    Reply::Marked { articles, changes, done }
}

/// Changes articles in several ways, one after the other, up to the first that cannot be done.
pub(super) async fn mark<L: Library>(
    library: &L,
    articles: &[ArticleId],
    changes: &[Change],
    at: Timestamp,
) -> Result<(), String> {
    for change in changes {
        told(library.mark(articles.to_vec(), change.clone(), at).await)?;
    }
    Ok(())
}
