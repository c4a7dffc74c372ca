//! The triage language, for the list, saved views, bulk verbs and the command line alike.
//!
//! `sev>=high unreviewed (t:T1566 or ioc:domain) newer:7d -tag:noise feed:talos "vpn appliance"`
//!
//! - Words and `"phrases"` are looked for in title, text and publisher; `word*` stands for every word that begins so.
//! - Terms side by side must all hold; `or`, `and`, `not`, `-` and parentheses do what they say, `or` binding weakest.
//! - `field:value` asks a field of [`FIELDS`]; `field:a|b` asks for either value. [`WORDS`] stand for themselves.
//!
//! Pure: text is parsed to a tree, and the tree is written as a WHERE clause with bound values.

mod fields;
mod fulltext;
mod number;
mod parse;
mod scan;
mod terms;
mod time;
mod tree;
mod write;

pub use fields::{FIELDS, Field, WORDS, Word};
pub use number::{kind_number, severity_number, state_number, technique_number, verdict_number};
pub use terms::is_too_short;
pub use write::{Clause, Part, Value};

use crate::text::Span;
use tree::Node;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The tree; none stands for everything.
    root: Option<Node>,
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// One clear sentence.
    pub message: String,
    /// Where in the query it stands; the console and the command line draw a caret under it.
    pub span: Span,
}

/// Parses a query; the empty one stands for everything. `now` is what `newer:7d` counts from.
pub fn parse(text: &str, now: jiff::Timestamp) -> Result<Query, QueryError> {
    parse::parse(text, now).map(|root| Query { root })
}

/// Parses a query that is still being typed: the bare word at its end may go on, if it has three letters.
pub fn parse_typing(text: &str, now: jiff::Timestamp) -> Result<Query, QueryError> {
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

impl Query {
    /// Returns `true` if the query stands for everything.
    pub fn is_everything(&self) -> bool {
        self.root.is_none()
    }

    /// Returns the query that asks for both: a saved view and what was typed in it.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let root = match (&self.root, &other.root) {
            (Some(one), Some(two)) => Some(Node::and([one.clone(), two.clone()])),
            (one, two) => one.clone().or_else(|| two.clone()),
        };
        Self { root }
    }

    /// Returns the words and phrases that are looked for in the text, to highlight; excluded ones are not among them.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        if let Some(root) = &self.root {
            root.words(&mut words);
        }
        words
    }

    /// Writes the query as the conditions of a WHERE clause over the article table named `a`.
    pub fn clause(&self) -> Clause {
        write::clause(self.root.as_ref())
    }
}

#[cfg(test)]
pub(crate) mod tests;
