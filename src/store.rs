//! What huntdeck knows, in one SQLite file, behind verbs.
//!
//! Values go in and out owned; no SQL and no type of the engine leaves this room, so that a second engine can stand
//! behind the same verbs. One writer thread, readers on connections of their own; every verb is async and cheap to
//! cancel.

mod model;
mod triage;

pub use model::{
    ArticleId, Cursor, FeedHealth, FeedState, Filing, Item, Order, Page, Row, Saved, StoreError, Validators,
};
pub use triage::{Change, Journal, State, Verdict};
