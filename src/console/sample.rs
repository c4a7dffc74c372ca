//! Invented articles, and a console at which tests press keys: its store is real and in memory, and it has no terminal.

mod article;
mod feeds;
mod test_console;

use jiff::Timestamp;

pub(super) use self::{
    article::{article, half_a_year, hostile, hostile_item, item},
    test_console::TestConsole,
};

/// Half past nine on 24 November 2026.
pub(super) const NOW: Timestamp = Timestamp::constant(1_795_512_600, 0);

/// Text that a hostile feed would put into every field.
pub(super) const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{202e}evil\u{200b}\u{9b}31m\t日本語e\u{301}\u{301}\u{301}👩\u{200d}💻\r\nz";
