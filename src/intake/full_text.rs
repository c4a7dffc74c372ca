use jiff::Timestamp;

use super::{
    FetchRun,
    prepare::{briefed, document_of},
};
use crate::{
    article::{Article, Document},
    feed::parse_pool,
    source::Source,
    store::{BriefedArticle, PreparedArticle, Saved, StoreError},
    triage::ArticleId,
};

/// How many pages one feed may cost in one round: a feed that is read for the first time must not empty a site.
const MAX_PAGES: usize = 30;

/// A text of this many bytes is no summary, so its page is left alone.
const FULL_TEXT_BYTES: usize = 6_000;

impl FetchRun {
    /// Fetches the pages of new articles where the feed or the settings ask for it, and rebuilds their briefings in
    /// place from the whole text. A page that cannot be had leaves its summary as it is.
    pub(super) async fn complete(&self, feed: &Source, new: &[ArticleId]) -> Result<Saved, StoreError> {
        let mut total = Saved::default();
        if !feed.full_text.unwrap_or(self.settings.fetch.full_text) {
            return Ok(total);
        }
        for id in new.iter().take(MAX_PAGES) {
            let Some(article) = self.store.item(*id).await?.map(|item| item.article) else { continue };
            let Some(article) = self.whole(article, feed).await else { continue };
            let (briefer, named) = (self.briefer.with_rulings(&self.store.rulings().await?), feed.clone());
            let filed =
                move || briefed(&briefer, article, &named, false).map(|filing| BriefedArticle { page: true, ..filing });
            let ready = parse_pool::run(move || filed().map(PreparedArticle::of)).await.flatten();
            for saved in self.store.save_batches(vec![ready.into_iter().collect()], Timestamp::now()).await? {
                total.changed.extend(saved.changed);
                total.touched.extend(saved.touched);
            }
        }
        Ok(total)
    }

    /// Returns the article with the text of its page; none when the page has no more to say.
    async fn whole(&self, mut article: Article, feed: &Source) -> Option<Article> {
        let before = article.document.text.len();
        let url = article.url.clone().filter(|_| before < FULL_TEXT_BYTES)?;
        let page = match self.fetcher.page_of(&url, feed).await {
            Ok(page) => page,
            Err(error) => {
                tracing::info!(feed = feed.name, url, "the summary is kept: {error}");
                return None;
            }
        };
        if page.cut {
            tracing::info!(feed = feed.name, url, "the page was longer than allowed and was cut");
        }
        let clean = move || document_of(&page.html);
        let document: Option<Document> = parse_pool::run(clean).await.flatten();
        article.document = document.filter(|document| readable(document) > before)?;
        Some(article)
    }
}

fn readable(document: &Document) -> usize {
    document.readable().map(|(block, _)| block.span.len()).sum()
}
