use crate::briefing::Briefer;

/// What an analyst ruled of a value, in every article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The value, normalised.
    pub value: String,
    /// Whether it always is an indicator, or never.
    pub allow: bool,
    /// Why.
    pub reason: String,
}

impl Briefer {
    /// Returns a briefer that also follows what analysts ruled of single values.
    #[must_use]
    pub fn with_rulings(&self, rulings: &[Ruling]) -> Self {
        let mut briefer = self.clone();
        for Ruling { value, allow, reason } in rulings {
            briefer.lists.rule(value, *allow, reason);
        }
        briefer
    }
}
