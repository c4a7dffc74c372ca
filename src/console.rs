//! The console: one state, one table of actions, views that only draw, effects that only do.
//!
//! ```text
//!            key, reply, progress
//!                    ↓
//! state  →  update(&mut App, Message) -> Vec<Effect>  →  work (store, clipboard, browser)
//!    ↓                                                         ↓
//!  view(&App, &mut Buffer)                                  Reply
//! ```
//!
//! `update/x.rs`, `view/x.rs` and `state/x.rs` are one thing seen from three sides. The table of [`action`] makes help,
//! palette, hints and the keymap's document. Everything the console draws passes `view/pen.rs`, which lets nothing
//! through that a terminal would obey. The loop sleeps until something happens: an idle console wakes up never.

pub mod action;
pub mod flow;
pub mod hand_over;
pub mod keymap;
pub mod layout;
pub mod link;
pub mod memory;
pub mod message;
pub mod names;
mod notify;
pub mod open;
pub mod paint;
pub mod pane;
pub mod rendering;
pub mod run;
pub mod screen;
pub mod sheets;
pub mod state;
pub mod tabs;
mod terminal;
mod terms;
pub mod theme;
pub mod update;
pub mod view;
mod work;

pub use action::{Entry, Place, TABLE};
pub use keymap::{Keymap, KeymapError, document as keymap_document};
pub use memory::keep_visit;
pub use open::Options;
pub use run::{drive, run, run_with};
pub use screen::Screen;
pub use state::{Card, Rendering};
pub use theme::{Theme, ThemeError};

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
