use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::{
    draft::{Best, Draft, clean_address, title},
    link::absolute,
};
use crate::{
    feed::{ParsedFeed, limits, newest::Newest},
    source::SourceKind,
};

/// A feed under construction.
#[derive(Debug)]
pub(super) struct FeedDraft {
    /// The address that the feed came from.
    pub(super) document: Option<Url>,
    /// The base of relative links, where the feed says one itself.
    pub(super) base: Option<Url>,
    pub(super) format: Option<&'static str>,
    pub(super) ttl_minutes: Option<u32>,
    title: Best<String>,
    link: Best<String>,
    items: Newest<Draft>,
}

impl FeedDraft {
    pub(super) fn new(document: Option<&str>) -> Self {
        Self {
            document: document.and_then(|address| Url::parse(address).ok()),
            base: None,
            format: None,
            ttl_minutes: None,
            title: Best::default(),
            link: Best::default(),
            items: Newest::new(limits::MAX_ENTRIES),
        }
    }

    pub(super) fn title(&mut self, text: &str, literal: bool) {
        self.title.offer(1, title(text, literal));
    }

    pub(super) fn link(&mut self, rank: u8, address: &str) {
        self.link.offer(rank, clean_address(address));
    }

    pub(super) fn add(&mut self, draft: Draft) {
        let date: Option<Timestamp> = draft.published.get().or(draft.updated.get()).copied();
        self.items.push(date, draft);
    }

    /// Makes the feed; its remark says how many items it does not hold.
    pub(super) fn finish(mut self) -> ParsedFeed {
        let document = self.document.as_ref();
        let link = self.link.take().map(|link| absolute(&link, self.base.as_ref(), None, document));
        let site = link.as_deref().and_then(|link| Url::parse(link).ok());
        let base = self.base.as_ref();
        let resolve = |link: &str, own: Option<&Url>| absolute(link, own.or(base), site.as_ref(), document);
        let mut feed = ParsedFeed::empty(SourceKind::Rss, self.format.unwrap_or("rss"));
        feed.title = self.title.take().unwrap_or_default();
        let seen = self.items.seen();
        let drafts = self.items.finish();
        let taken = drafts.len();
        feed.entries = drafts.into_iter().filter_map(|draft| draft.finish(resolve)).collect();
        feed.link = link;
        feed.ttl = self.ttl_minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        feed.tell_cap(taken, seen);
        feed.tell_left_out(feed.entries.len(), taken);
        feed
    }
}
