//! What the console knows at one moment.

mod app;
mod ask;
mod feeds;
mod field;
mod findings;
mod list;
mod list_filter;
mod open;
mod overlay;
mod parameters;
mod reload;
mod toast;

pub use app::App;
pub use ask::{Candidate, Prompt, PromptKind};
pub use feeds::Fetching;
pub use field::Field;
pub use findings::{Finding, evidence_of, findings};
pub use list::{JumpTarget, List, PageRequest};
pub use list_filter::ListFilter;
pub use open::{Card, Cursor, Open, Rendering, Shown};
pub use overlay::OverlayState;
pub use parameters::parameters_in_words;
pub use toast::{LogLine, Toast, Tone};
