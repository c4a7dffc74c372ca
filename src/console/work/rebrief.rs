use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use crate::{
    briefing::{Briefer, Briefing},
    query::parse,
    store::{Store, StoreError},
    triage::{ArticleId, Item},
};

/// The most articles that are read anew for one ruling.
const MAX_ARTICLES: usize = 500;

/// Reads the articles anew that have a value, the one where it was ruled on among them; gives those whose briefing is
/// another now.
pub(super) async fn rebrief(
    store: Store,
    briefer: Arc<Briefer>,
    article: ArticleId,
    value: String,
) -> Result<Vec<ArticleId>, StoreError> {
    let briefer = Arc::new(briefer.with_rulings(&store.rulings().await?));
    let mut changed = Vec::new();
    for id in having(&store, article, &value).await? {
        let Some(item) = store.item(id).await? else { continue };
        let briefer = Arc::clone(&briefer);
        let reading = spawn_blocking(move || (brief_again(&briefer, &item), item));
        let (briefing, item) = match reading.await {
            Ok(read) => read,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        };
        if briefing != item.briefing {
            store.rebrief(id, item.article, briefing).await?;
            changed.push(id);
        }
    }
    Ok(changed)
}

/// Makes the briefing of an article anew; the tags that came from its feed's settings stay.
fn brief_again(briefer: &Briefer, item: &Item) -> Briefing {
    let mut briefing = briefer.brief(&item.article);
    let kept = item.briefing.tags.iter().filter(|tag| !briefing.tags.contains(tag)).cloned().collect::<Vec<_>>();
    briefing.tags.extend(kept);
    briefing
}

/// Finds the articles that have a value: as an indicator, or in their text, since what was suppressed is no indicator.
async fn having(store: &Store, article: ArticleId, value: &str) -> Result<Vec<ArticleId>, StoreError> {
    let quoted = format!("\"{}\"", value.replace(['"', '\\'], " "));
    let mut found = vec![article];
    for text in [format!("ioc:{quoted}"), quoted.clone()] {
        if let Ok(query) = parse(&text, Timestamp::UNIX_EPOCH) {
            found.extend(store.ids(&query, MAX_ARTICLES).await?);
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_ARTICLES);
    Ok(found)
}
