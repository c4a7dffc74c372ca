//! What an analyst does with articles: where each one stands, what changes it, and which of them a list shows.
//!
//! Pure. The store keeps these values, `query` reads a [`Filter`] from text, and the console and the command line make
//! a [`Change`]. What a change does is said once, by [`apply`].

mod change;
mod filter;
mod id;
mod journal;
mod list;
mod row;
mod ruling;
mod standing;
mod state;
mod view;

pub use change::Change;
pub use filter::{Compare, Count, Filter, Moment, Pattern, Term, TextPlace};
pub use id::{ArticleId, StoryId};
pub use journal::Journal;
pub use list::{DayTally, Order, Tally};
pub use row::{Counts, Item, Reopened, Row};
pub use ruling::Ruling;
pub use standing::{MAX_NOTE_BYTES, Standing, apply};
pub use state::{State, Verdict};
pub use view::{BUILT_IN_VIEWS, SINCE_LAST_VISIT, View, WATCH_LIST, all_views};
