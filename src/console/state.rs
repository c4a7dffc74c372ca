//! What the console knows at one moment. Each half of it shares its name with the update and the view of that half.

mod app;
mod ask;
mod feeds;
mod field;
mod findings;
mod list;
mod list_filter;
mod open;
mod sheet;
mod toast;
mod trend;

pub use app::App;
pub use ask::{Candidate, Prompt, PromptKind};
pub use feeds::Fetching;
pub use field::Field;
pub use findings::{Finding, evidence_of, findings};
pub use list::{Goal, List, PAGE, Want};
pub use list_filter::ListFilter;
pub use open::{Card, Cursor, Open, Rendering, Shown};
pub use sheet::SheetState;
pub use toast::{LogLine, Toast, Tone};
pub use trend::Trend;
