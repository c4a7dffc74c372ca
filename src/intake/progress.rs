use jiff::Timestamp;

use crate::triage::ArticleId;

/// What the intake is doing, as it does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A round begins.
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
    /// The round is over.
    Finished(Summary),
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

/// What a round came to.
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
    /// Whether the round was broken off.
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
