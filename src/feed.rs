//! An address becomes entries: fetched politely, guarded, parsed, and repaired where it is broken.
//!
//! The only room that knows HTTP and feed formats.

mod catalogue;
mod date;
mod decode;
mod page;
mod parse;
mod parsed;
mod syndication;
mod xml;

pub use parse::parse;
pub use parsed::{ParseError, ParsedFeed};
