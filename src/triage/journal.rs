use jiff::Timestamp;

use super::{ArticleId, Change};

/// One line of the journal of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// Its number; later ones are greater.
    pub number: i64,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub change: Change,
    /// To which articles.
    pub articles: Vec<ArticleId>,
    /// Whether it is undone at present.
    pub undone: bool,
}
