//! A filing made ready: all that can be worked out before the one thread that writes is asked.

use super::{Filing, code, index::Facts, pack};
use crate::{article::Article, briefing::story::Trace};

/// A filing with what is written of it.
pub(super) struct Ready {
    pub filing: Filing,
    pub facts: Facts,
    pub trace: Trace,
    /// Of the title and the text.
    pub digest: i64,
    /// The article, packed.
    pub document: Vec<u8>,
    /// Its briefing, packed.
    pub briefing: Vec<u8>,
    /// Of the packed briefing.
    pub briefed: i64,
}

impl Ready {
    /// Makes a filing ready.
    pub(super) fn of(filing: Filing) -> rusqlite::Result<Self> {
        let briefing = pack::pack(&filing.briefing)?;
        Ok(Self {
            facts: Facts::of(&filing),
            trace: Trace::of(&filing.article, &filing.briefing),
            digest: digest(&filing.article),
            document: pack::pack(&filing.article)?,
            briefed: code::digest(&[&briefing]),
            briefing,
            filing,
        })
    }
}

/// Gives the digest of what a feed gives of an article.
pub(super) fn digest(article: &Article) -> i64 {
    code::digest(&[article.title.as_bytes(), article.document.text.as_bytes()])
}
