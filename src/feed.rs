//! Turns the address of a source into entries: fetches it, guarded, parses it, and repairs what is broken.
//!
//! The only room that knows HTTP and feed formats.

mod date;
mod decode;
mod error;
mod fetch;
mod folder;
mod guard;
mod json;
mod limits;
mod newest;
pub mod opml;
mod page;
mod parse;
pub mod parse_pool;
mod parsed;
mod regular;
mod syndication;
mod xml;

pub use error::FetchError;
pub use fetch::{Discovery, Fetched, Fetcher, FoundAs, Fresh, PageBody, Validators};
pub use folder::parse_any;
pub use parse::{parse, parse_as, recognise};
pub use parsed::{ParseError, ParsedFeed};
