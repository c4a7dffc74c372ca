//! Literals, one file a dialect: how a value becomes text that the query language reads as just that value.

mod kql;
mod sigma;
mod spl;

use super::Dialect;

/// What stands around a value inside its literal; `*` is a wildcard, everything else stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Affix {
    /// What stands before the value.
    pub before: String,
    /// What stands after the value.
    pub after: String,
}

/// Quotes a value, or gives none where the dialect has no literal for it.
///
/// An empty value has none anywhere: with wildcards around it, it would match everything.
pub(super) fn literal(dialect: Dialect, value: &str, affix: &Affix) -> Option<String> {
    match dialect {
        _ if value.is_empty() => None,
        Dialect::Spl => spl::literal(value, affix),
        Dialect::Kql => kql::literal(value, affix),
        Dialect::Sigma => sigma::literal(value, affix),
    }
}

/// Gives the word that joins alternatives, or none where each stands on a line of its own.
pub(super) fn or(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Spl => Some("OR"),
        Dialect::Kql => Some("or"),
        Dialect::Sigma => None,
    }
}

pub(super) use sigma::{Rule, rule};
pub(super) use spl::mark_options;

#[cfg(test)]
mod tests;
