use jiff::Timestamp;

use super::told;
use crate::{
    console::message::Reply,
    store::Store,
    triage::{ArticleId, Change, Filter, Journal},
};

/// The most articles that one command changes.
const MAX_ARTICLES: usize = 1_000_000;

/// Changes all that a filter finds before the first change: a later one may not find them any more.
pub(super) async fn mark_all(store: Store, filter: Filter, changes: Vec<Change>, at: Timestamp) -> Reply {
    let (articles, done) = match store.ids(&filter, MAX_ARTICLES).await {
        Ok(articles) => {
            let done = mark(&store, &articles, &changes, at).await;
            (articles, done)
        }
        Err(error) => (Vec::new(), Err(error.to_string())),
    };
    Reply::Marked { articles, changes, done }
}

/// Changes articles in several ways, one after the other, up to the first that fails; returns the lines of the journal
/// that were written, none for a change that changed nothing.
pub(super) async fn mark(
    store: &Store,
    articles: &[ArticleId],
    changes: &[Change],
    at: Timestamp,
) -> Result<Vec<Journal>, String> {
    let mut lines = Vec::new();
    for change in changes {
        lines.extend(told(store.mark(articles.to_vec(), change.clone(), at).await)?);
    }
    Ok(lines)
}
