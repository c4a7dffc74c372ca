//! The triage language, for the list, saved views, bulk verbs and the command line alike.
//!
//! `sev>=high unreviewed (t:T1566 or ioc:domain) newer:7d -tag:noise feed:talos "vpn appliance"`
//!
//! - Words and `"phrases"` are looked for in title, text and publisher; `word*` stands for every word that begins so.
//! - Terms side by side must all hold; `or`, `and`, `not`, `-` and parentheses do what they say, `or` binding weakest.
//! - `field:value` asks a field of [`FIELDS`]; `field:a|b` asks for either value. [`WORDS`] stand for themselves.
//!
//! Pure: text is parsed to a [`Filter`], which the store asks its engine for.

mod fields;
mod parse;
mod scan;
mod terms;
mod time;

pub use fields::{FIELDS, Field, WORDS, Word};
pub use terms::is_too_short;

use crate::{text::Span, triage::Filter};

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// One clear sentence.
    pub message: String,
    /// Where in the query it stands; the console and the command line draw a caret under it.
    pub span: Span,
}

impl QueryError {
    fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span }
    }
}

/// Parses a query; the empty one holds for every article. `now` is what `newer:7d` counts from.
///
/// # Errors
/// Returns what is wrong with the query, and where.
pub fn parse(text: &str, now: jiff::Timestamp) -> Result<Filter, QueryError> {
    parse::parse(text, now)
}

/// Parses a query that is still being typed: the bare word at its end may go on, if it has three letters.
///
/// # Errors
/// Returns what is wrong with the query, and where.
pub fn parse_typing(text: &str, now: jiff::Timestamp) -> Result<Filter, QueryError> {
    let goes_on = scan::scan(text).pop().is_some_and(|last| match last.kind {
        scan::TokenKind::Word(word) => {
            last.span.end == text.len()
                && word.chars().count() >= 3
                && word.chars().all(char::is_alphanumeric)
                && !WORDS.iter().any(|known| known.name.eq_ignore_ascii_case(&word))
        }
        _ => false,
    });
    if goes_on { parse(&format!("{text}*"), now) } else { parse(text, now) }
}

#[cfg(test)]
pub(crate) mod tests;
