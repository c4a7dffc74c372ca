use super::{code, finding::Findings, index::Facts, pack};
use crate::{article::Article, briefing::story::Trace, store::BriefedArticle, text::one_line};

/// A filing made ready to be saved: all that can be worked out before the one thread that writes is asked.
///
/// Making one takes about as long as writing it, so it belongs on a thread that may take long. It is smaller than the
/// filing, whose briefing it holds packed.
#[derive(Debug)]
pub struct PreparedArticle {
    pub(super) article: Article,
    pub(super) feed: String,
    pub(super) demo: bool,
    pub(super) page: bool,
    pub(super) facts: Facts,
    pub(super) findings: Findings,
    pub(super) trace: Trace,
    /// Of the title and the text.
    pub(super) digest: i64,
    pub(super) document: Vec<u8>,
    pub(super) briefing: Vec<u8>,
    /// Of the packed briefing.
    pub(super) briefed: i64,
}

impl PreparedArticle {
    /// Makes a filing ready.
    pub fn of(filing: BriefedArticle) -> Self {
        let BriefedArticle { mut article, briefing, feed, demo, page } = filing;
        let (facts, findings) = (Facts::of(&article, &briefing), Findings::of(&article, &briefing));
        let trace = Trace::of(&article, &briefing);
        let document = pack::article(&article);
        let briefing = pack::briefing(briefing, &article);
        // The layout is packed and not asked for again; many articles may have to wait in memory.
        (article.document.blocks, article.document.links) = (Vec::new(), Vec::new());
        article.document.text.shrink_to_fit();
        Self {
            facts,
            findings,
            trace,
            digest: digest(&article),
            document,
            briefed: code::digest(&[&briefing]),
            briefing,
            article,
            feed: one_line(&feed),
            demo,
            page,
        }
    }

    /// Returns about how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.document.len() + self.briefing.len() + self.article.document.text.len() * 2
    }
}

/// Returns the digest of what a feed gives of an article.
pub(super) fn digest(article: &Article) -> i64 {
    code::digest(&[article.title.as_bytes(), article.document.text.as_bytes()])
}
