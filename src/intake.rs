//! The flow, written out once: due feeds → fetch → articles → briefings → one transaction → progress.
//!
//! The `fetch` verb, the console's background task and the tests all come in here, so that there is one truth about
//! what happens to an entry.

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
