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
//! - `state` is everything the console knows. It knows the effects that read the list anew, and nothing of `update`.
//! - `update` changes the state for a message and returns effects. It waits for nothing and never asks a view.
//! - `view` draws the state and changes nothing. Where a text must be laid out to know how far it scrolls, `article_layout` (the
//!   article) and `preview` (the query) do that for the view and for `update` alike.
//! - `work` does what effects ask for, with the store itself, and replies.
//!
//! The table of [`action`] makes help, palette, hints and the keymap's document. Everything the console draws passes
//! `view/canvas.rs`, which lets nothing through that a terminal would obey. The loop sleeps until something happens: an idle
//! console never wakes up.

pub mod action;
pub mod article_layout;
pub mod effect;
pub mod hand_over;
pub mod keymap;
pub mod layout;
pub mod link;
pub mod memory;
pub mod message;
pub mod names;
mod notify;
pub mod open;
pub mod overlays;
pub mod paint;
pub mod pane;
pub mod preview;
pub mod read;
pub mod rendering;
pub mod run;
pub mod screen;
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
