use std::time::Duration;

use jiff::Timestamp;

use crate::{text::counted, triage::ArticleId};

/// What the intake is doing, as it does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A run over the feeds begins.
    Started {
        /// How many feeds it asks.
        feeds: usize,
    },
    /// A feed is being asked.
    Asking {
        /// Its name.
        feed: String,
    },
    /// A feed has been asked, and what it gave is in the store.
    Asked {
        /// Its name.
        feed: String,
        /// How it went.
        outcome: FeedOutcome,
        /// The articles that were not there before.
        new: Vec<ArticleId>,
        /// The articles whose text changed.
        changed: Vec<ArticleId>,
        /// Other articles whose story or severity changed by what came in.
        touched: Vec<ArticleId>,
    },
    /// The run is over.
    Finished(Summary),
    /// The store failed; it is tried again after a rest.
    StoreFailed {
        /// Why, in one sentence.
        why: String,
        /// How long nothing is done.
        rest: Duration,
    },
    /// Another process wrote into the store.
    WrittenElsewhere,
    /// Snoozed articles are new again.
    Woken(Vec<ArticleId>),
    /// Nothing is due before this time.
    Resting {
        /// When the next feed is due.
        until: Timestamp,
    },
}

/// How asking a feed went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOutcome {
    /// The server says that nothing changed.
    Unchanged,
    /// It was read.
    Read {
        /// How many entries it has.
        entries: usize,
        /// What was repaired or noticed, such as "12 of 13 items".
        remark: Option<String>,
    },
    /// Another process is asking it.
    Busy,
    /// It could not be read; why, in one sentence.
    Failed(String),
}

impl FeedOutcome {
    /// Returns the outcome in words, with how many of its articles were new and how many changed.
    pub fn words(&self, new: usize, changed: usize) -> String {
        match self {
            Self::Unchanged => "unchanged".to_owned(),
            Self::Busy => "another huntdeck is asking it".to_owned(),
            Self::Failed(why) => why.clone(),
            Self::Read { entries, remark } => {
                let remark = remark.as_deref().map(|remark| format!(" ({remark})")).unwrap_or_default();
                let changed = if changed == 0 { String::new() } else { format!(", {changed} changed") };
                format!("{}, {new} new{changed}{remark}", counted(*entries, "entry"))
            }
        }
    }
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds that were asked.
    pub feeds: usize,
    /// Feeds that said nothing changed.
    pub unchanged: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// Articles that were not there before.
    pub new: usize,
    /// Articles whose text changed.
    pub changed: usize,
    /// Whether the run was broken off.
    pub cancelled: bool,
}

impl Summary {
    /// Adds what came of one feed.
    pub(super) fn add(&mut self, outcome: &FeedOutcome, new: usize, changed: usize) {
        self.feeds += 1;
        self.unchanged += usize::from(*outcome == FeedOutcome::Unchanged);
        self.failed += usize::from(matches!(outcome, FeedOutcome::Failed(_)));
        self.new += new;
        self.changed += changed;
    }
}
