use super::{code, finding::Findings, pack, row::Facts, save::Gist};
use crate::{
    article::{Article, place_of},
    briefing::story::Trace,
    store::BriefedArticle,
    text::one_line,
};

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
    /// The page that the article's link leads to.
    pub(super) page_name: Option<String>,
    pub(super) gist: Gist,
}

impl PreparedArticle {
    /// Makes a filing ready.
    pub fn of(filing: BriefedArticle) -> Self {
        let BriefedArticle { mut article, briefing, feed, demo, page } = filing;
        let (mut facts, findings) = (Facts::of(&article, &briefing), Findings::of(&article, &briefing));
        let trace = Trace::of(&article, &briefing);
        let gist = Gist::of(&briefing);
        let document = pack::article(&article);
        let briefing = pack::briefing(briefing, &article);
        // The layout is packed and not asked for again; many articles may have to wait in memory.
        (article.document.blocks, article.document.links) = (Vec::new(), Vec::new());
        article.document.text.shrink_to_fit();
        facts.briefed = code::digest(&[&briefing]);
        Self {
            briefed: facts.briefed,
            page_name: page_name(&article),
            gist,
            facts,
            findings,
            trace,
            digest: digest(&article),
            document,
            briefing,
            article,
            feed: one_line(&feed),
            demo,
            page,
        }
    }

    /// Returns the identity of the article among those of all feeds; `feed` is the number of its feed.
    pub(super) fn identity_in(&self, feed: i64) -> String {
        identity_in(feed, &self.article)
    }

    /// Returns the number of the advisory that it is.
    pub(super) fn advisory(&self) -> Option<String> {
        self.article.advisory.as_ref().map(|advisory| advisory.id.to_ascii_uppercase())
    }

    /// Returns about how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        self.document.len() + self.briefing.len() + self.article.document.text.len() * 2
    }
}

/// Returns the identity of an article among those of all feeds; `feed` is the number of its feed.
pub(super) fn identity_in(feed: i64, article: &Article) -> String {
    format!("{feed}:{}", article.identity.as_str())
}

/// Returns the page that the link of an article leads to, with its fragment.
pub(super) fn page_name(article: &Article) -> Option<String> {
    article.url.as_deref().filter(|url| !url.trim().is_empty()).map(place_of)
}

/// Returns the digest of what a feed gives of an article.
pub(super) fn digest(article: &Article) -> i64 {
    code::digest(&[article.title.as_bytes(), article.document.text.as_bytes()])
}
