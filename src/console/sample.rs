//! Invented articles, and a desk at which tests press keys without a terminal or a store.

mod article;
mod desk;
mod figures;
mod listing;

use jiff::Timestamp;

pub(super) use self::{
    article::{hostile, item},
    desk::Desk,
    figures::cards,
};

/// Half past nine on 24 November 2026.
pub(super) const NOW: Timestamp = Timestamp::constant(1_795_512_600, 0);

/// Text that a hostile feed would put into every field.
pub(super) const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{202e}evil\u{200b}\u{9b}31m\t日本語e\u{301}\u{301}\u{301}👩\u{200d}💻\r\nz";
