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

/// Returns `true` if the dialect has a literal for a value.
pub(super) fn holds(dialect: Dialect, value: &str) -> bool {
    !value.is_empty() && (value.bytes().all(is_plain) || literal(dialect, value, &Affix::default()).is_some())
}

/// Appends the literal of a value, and returns whether there is one.
pub(super) fn push_literal(out: &mut String, dialect: Dialect, value: &str, affix: &Affix) -> bool {
    // Most values (names, addresses, hashes) stand in their quotes as they are.
    let around = |text: &str| text.bytes().all(|b| is_plain(b) || b == b'*');
    if !value.is_empty() && value.bytes().all(is_plain) && around(&affix.before) && around(&affix.after) {
        let quote = if dialect == Dialect::Sigma { '\'' } else { '"' };
        out.push(quote);
        out.push_str(&affix.before);
        out.push_str(value);
        out.push_str(&affix.after);
        out.push(quote);
        return true;
    }
    let literal = literal(dialect, value, affix);
    out.push_str(literal.as_deref().unwrap_or_default());
    literal.is_some()
}

/// Returns `true` if a character means nothing but itself in every dialect's literals.
const fn is_plain(b: u8) -> bool {
    matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\'' | b'\\' | b'*' | b'?' | b'`' | b'$')
}

/// Returns the word that joins alternatives, or none where each stands on a line of its own.
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
