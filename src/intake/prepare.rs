use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;

use crate::{
    article::{Article, Document, Entry, Identity},
    briefing::{Briefer, Briefing},
    source::Source,
    store::BriefedArticle,
};

/// Makes an article of an entry; `None` if the feed's settings leave it out or it cannot be read.
///
/// A panic costs this entry and a line in the log, never the feed.
pub(super) fn article_of(entry: Entry, identity: Identity, feed: &Source, seen: Timestamp) -> Option<Article> {
    let title = entry.title.clone();
    let article = guarded(&feed.name, &title, || Article::with_identity(entry, identity, &feed.name, seen))?;
    is_wanted(&article, feed).then_some(article)
}

/// Cleans the HTML of a page; `None` if it cannot be read, which costs a line in the log.
pub(super) fn document_of(html: &str) -> Option<Document> {
    guarded("page", "", || Document::from_html(html))
}

/// Briefs an article of a feed; `None` if that fails, which costs this article and a line in the log.
pub(super) fn briefed(briefer: &Briefer, article: Article, feed: &Source, demo: bool) -> Option<BriefedArticle> {
    let mut briefing = guarded(&feed.name, &article.title, || briefer.brief(&article))?;
    add_tags(&mut briefing, feed);
    Some(BriefedArticle { article, briefing, feed: feed.name.clone(), demo, page: false })
}

/// Runs one step over one hostile entry behind a boundary.
fn guarded<T>(feed: &str, title: &str, step: impl FnOnce() -> T) -> Option<T> {
    let result = catch_unwind(AssertUnwindSafe(step)).ok();
    if result.is_none() {
        tracing::error!(feed, title, "an entry could not be read and was left out");
    }
    result
}

fn add_tags(briefing: &mut Briefing, feed: &Source) {
    for tag in &feed.tags {
        if !briefing.tags.contains(tag) {
            briefing.tags.push(tag.clone());
        }
    }
}

/// Returns `true` if the feed's `include` and `exclude` let an article in.
fn is_wanted(article: &Article, feed: &Source) -> bool {
    if feed.include.is_empty() && feed.exclude.is_empty() {
        return true;
    }
    let title = article.title.to_lowercase();
    let has = |text: &str, words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
    if has(&title, &feed.exclude) {
        return false;
    }
    feed.include.is_empty() || has(&title, &feed.include) || has(&article.document.text.to_lowercase(), &feed.include)
}
