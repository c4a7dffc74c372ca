use super::{Briefing, brief};
use crate::{article::Article, hunt::Catalogue, indicator::Lists};

/// The lowest score with which a technique is kept unless the configuration says otherwise.
const DEFAULT_TECHNIQUE_THRESHOLD: f32 = 0.3;

/// Makes briefings, with everything they depend on beside the article. It owns what it needs, so that it can go to another
/// thread.
#[derive(Clone, Debug)]
pub struct Briefer {
    /// The hunts to choose from.
    pub hunts: &'static Catalogue,
    /// The judgements of indicators that the configuration and the analysts give.
    pub lists: Lists,
    /// The user's own products, vendors and words; each raises the severity where it stands.
    pub watch_terms: Vec<String>,
    /// The lowest score with which a technique is kept, 0.0 to 1.0.
    pub technique_threshold: f32,
}

impl Briefer {
    /// Returns a briefer for a catalogue, without anything of the user's own.
    pub fn new(hunts: &'static Catalogue) -> Self {
        Self {
            hunts,
            lists: Lists::default(),
            watch_terms: Vec::new(),
            technique_threshold: DEFAULT_TECHNIQUE_THRESHOLD,
        }
    }

    /// Makes the briefing of an article.
    pub fn brief(&self, article: &Article) -> Briefing {
        brief(article, self)
    }
}
