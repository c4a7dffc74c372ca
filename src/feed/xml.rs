//! Markup read leniently: no document is refused, every byte is looked at a bounded number of times.
//!
//! Feeds are broken more often than any strict reader forgives, and one bare `&` must not cost a whole feed.

mod attribute;
mod reference;
mod token;
mod value;

pub(super) use attribute::{attribute, attributes};
pub(super) use reference::resolve;
pub(super) use token::{Kind, Token, Tokens};
pub(super) use value::{Value, plain_line, value};

/// Returns the part of a name after its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
