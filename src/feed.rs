//! An address becomes entries: fetched politely, guarded, parsed, and repaired where it is broken.
//!
//! The only room that knows HTTP and feed formats.

mod catalogue;
mod date;
mod decode;
mod error;
mod fetch;
mod folder;
mod guard;
pub mod opml;
mod page;
mod parse;
mod parsed;
mod readers;
mod standard;
mod syndication;
mod xml;

pub use error::FetchError;
pub use fetch::{Discovery, Fetched, Fetcher, FoundAs, Fresh, PageBody, Validators};
pub use folder::parse_any;
pub use parse::parse;
pub use parsed::{ParseError, ParsedFeed};
pub use readers::apart;
