//! From the sources to the store: due feeds → fetch → articles → briefings → one transaction → progress.
//!
//! The `fetch` verb, the console's background task and the demo set all come in here. What happens to an entry is in
//! `prepare`; the briefing itself is made by [`Briefer`](crate::briefing::Briefer), which `analyze` and the console, when it
//! reads an article anew after a ruling, use as well. Snoozed articles come back here too.

mod batch;
mod demo;
mod elsewhere;
mod fetch_run;
mod full_text;
mod health;
mod prepare;
mod progress;
mod wake;
mod watch;

pub use demo::load_demo;
pub use elsewhere::watch_writes;
pub use fetch_run::{FetchRun, Selection};
pub use progress::{FeedOutcome, Progress, Summary};
pub use wake::wake;
pub use watch::{Watch, watch};
