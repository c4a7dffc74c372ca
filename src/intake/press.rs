use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;

use crate::{
    article::{Article, Document, Entry},
    briefing::{self, Briefing, Workbench},
    config::Settings,
    hunt::Catalogue,
    indicator::Lists,
    source::Source,
    store::BriefedArticle,
    triage::Ruling,
};

/// Makes entries into filings: what the workbench needs, owned, so that it can go to another thread.
#[derive(Clone, Debug)]
pub struct Press {
    hunts: &'static Catalogue,
    lists: Lists,
    watch_list: Vec<String>,
    technique_threshold: f32,
}

impl Press {
    /// Takes from the settings what briefings are made with.
    pub fn new(settings: &Settings, hunts: &'static Catalogue, lists: Lists) -> Self {
        Self {
            hunts,
            lists,
            watch_list: settings.watch.terms.clone(),
            technique_threshold: settings.techniques.threshold,
        }
    }

    /// Returns a press that also heeds what analysts ruled of single values.
    #[must_use]
    pub fn heeding(&self, rulings: &[Ruling]) -> Self {
        let mut press = self.clone();
        Ruling::heed(rulings, &mut press.lists);
        press
    }

    /// Returns what briefings are made with.
    pub fn bench(&self) -> Workbench<'_> {
        Workbench {
            hunts: self.hunts,
            lists: &self.lists,
            watch_list: &self.watch_list,
            technique_threshold: self.technique_threshold,
        }
    }

    /// Returns the hunts.
    pub const fn hunts(&self) -> &'static Catalogue {
        self.hunts
    }

    /// Makes an article of an entry; none when the feed's settings leave it out or it cannot be read.
    ///
    /// A panic costs this entry and a line in the log, never the feed.
    pub(super) fn article(entry: Entry, feed: &Source, seen: Timestamp) -> Option<Article> {
        let title = entry.title.clone();
        let article = guarded(&feed.name, &title, || Article::from_entry(entry, &feed.name, seen))?;
        is_wanted(&article, feed).then_some(article)
    }

    /// Cleans the HTML of a page; none when it cannot be read, which costs a line in the log.
    pub(super) fn clean(html: &str) -> Option<Document> {
        guarded("page", "", || Document::from_html(html))
    }

    /// Makes a filing of an article; none when it cannot be briefed, which costs this article and a line in the log.
    pub(super) fn file(&self, article: Article, feed: &Source, demo: bool) -> Option<BriefedArticle> {
        let mut briefing = guarded(&feed.name, &article.title, || briefing::brief(&article, &self.bench()))?;
        add_tags(&mut briefing, feed);
        Some(BriefedArticle { article, briefing, feed: feed.name.clone(), demo, page: false })
    }
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
