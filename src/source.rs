//! A source of articles: what the configuration says of it, how it fares, and what its server wants to see again.

pub(crate) mod duration;
mod health;
mod settings;

pub use health::{FeedState, Health, Validators};
pub use settings::{Source, SourceKind, Trust};
