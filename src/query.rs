//! The triage language, for the list, saved views, bulk verbs and the command line alike.
//!
//! `sev>=high unreviewed (t:T1566 or ioc:domain) newer:7d -tag:noise feed:talos "vpn appliance"`
//!
//! Pure: text is parsed to a tree, and the tree is written as a WHERE clause with bound values.

use crate::text::Span;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    // The tree; empty stands for everything.
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
    let _ = (text, now);
    Ok(Query::default())
}
