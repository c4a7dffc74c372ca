use crate::indicator::Lists;

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

impl Ruling {
    /// Puts rulings over the lists of the configuration.
    pub fn heed(rulings: &[Self], lists: &mut Lists) {
        for Self { value, allow, reason } in rulings {
            lists.rule(value, *allow, reason);
        }
    }
}
