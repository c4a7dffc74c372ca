//! huntdeck turns security articles into triaged briefings and hunts.
//!
//! The modules are named after the road that a value takes:
//!
//! ```text
//! source → feed → article → reading → (indicator, attack, hunt) → briefing → triage → query → store → console / export
//! ```
//!
//! - [`feed`] brings an address to entries; [`article`] cleans an entry into an article.
//! - [`reading`] parts an article into sentences and words, once; [`indicator`], [`attack`] and [`hunt`] each say what
//!   they found in it, with the words that made it.
//! - [`briefing`] puts their findings together and judges the severity.
//! - [`triage`] says what an analyst does with an article and what that changes; [`query`] is the language that asks for
//!   articles, [`verb`] that of the command line and the palette.
//! - [`intake`] brings a source's entries into the [`store`], which keeps them behind verbs.
//! - [`console`] shows it, [`export`] and [`clipboard`] hand it on, [`cli`] does the same without a screen.
//! - [`text`] makes outside strings safe; [`source`] and [`config`] say what the user wants.
//!
//! `ARCHITECTURE.md` has the list, and `tests/layers.rs` holds every `use` to it.

pub mod article;
pub mod attack;
pub mod briefing;
pub mod cli;
pub mod clipboard;
pub mod config;
pub mod console;
pub mod export;
pub mod feed;
pub mod hunt;
pub mod indicator;
pub mod intake;
pub mod query;
pub mod reading;
pub mod source;
pub mod store;
pub mod text;
pub mod triage;
pub mod verb;
