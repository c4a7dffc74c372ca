use std::sync::Arc;

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use crate::{
    console::{library::Library, workshop::Workshop},
    query::parse,
    store::StoreError,
    triage::ArticleId,
};

/// The most articles that are read anew for one ruling.
const MOST: usize = 500;

/// Reads the articles anew that have a value, the one where it was ruled on among them; gives those whose briefing is
/// another now.
pub(super) async fn rebrief<L: Library>(
    library: L,
    workshop: Arc<dyn Workshop>,
    article: ArticleId,
    value: String,
) -> Result<Vec<ArticleId>, StoreError> {
    let rulings = Arc::new(library.rulings().await?);
    let mut changed = Vec::new();
    for id in having(&library, article, &value).await? {
        let Some(item) = library.item(id).await? else { continue };
        let (workshop, rulings) = (Arc::clone(&workshop), Arc::clone(&rulings));
        let reading = spawn_blocking(move || (workshop.brief(&item, &rulings), item));
        let (briefing, item) = match reading.await {
            Ok(read) => read,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        };
        if briefing != item.briefing {
            library.rebrief(id, item.article, briefing).await?;
            changed.push(id);
        }
    }
    Ok(changed)
}

/// Finds the articles that have a value: as an indicator, or in their text, since what was suppressed is no indicator.
async fn having<L: Library>(library: &L, article: ArticleId, value: &str) -> Result<Vec<ArticleId>, StoreError> {
    let quoted = format!("\"{}\"", value.replace(['"', '\\'], " "));
    let mut found = vec![article];
    for text in [format!("ioc:{quoted}"), quoted.clone()] {
        if let Ok(query) = parse(&text, Timestamp::UNIX_EPOCH) {
            found.extend(library.ids(&query, MOST).await?);
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    Ok(found)
}
