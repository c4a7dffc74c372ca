//! What the outside has to do for the console: data, not closures.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::read::Read;
use crate::{
    hunt::{Dialect, Parameters, Value},
    triage::{ArticleId, Change, Filter, Item, Row},
};

/// Something that only the outside can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Reads something from the store.
    Read(Read),
    /// Renders the hunts of an article.
    Cards(Arc<Item>, Parameters),
    /// Changes articles.
    Mark {
        /// Which.
        articles: Vec<ArticleId>,
        /// What becomes of them, one after the other.
        changes: Vec<Change>,
        /// When.
        at: Timestamp,
    },
    /// Changes every article of a list.
    MarkAll {
        /// The list.
        query: Filter,
        /// What becomes of them, one after the other.
        changes: Vec<Change>,
        /// When.
        at: Timestamp,
    },
    /// Undoes the last decision.
    Undo(Timestamp),
    /// Does it again.
    Redo(Timestamp),
    /// Reads the articles anew that have a value, because it was ruled on from this one.
    Rebrief(ArticleId, String),
    /// Reads the names of the user's own themes.
    Themes,
    /// Reads a theme.
    Theme(String),
    /// Keeps what was searched for, oldest first.
    Remember(Vec<String>),
    /// Tells of articles outside of the screen.
    Notify(Vec<Row>),
    /// Copies.
    Copy {
        /// The text, byte for byte.
        text: String,
        /// What it is, for the toast.
        what: String,
    },
    /// Writes something and copies it.
    Write(Writing),
    /// Writes the report for the next shift, as things stand at a time, into a file.
    Report(PathBuf, Timestamp),
    /// Opens an address in the browser.
    Browse(String),
    /// Asks the feeds now.
    Fetch,
    /// Draws everything anew.
    Redraw,
    /// Hands the terminal back to the shell.
    Suspend,
}

impl From<Read> for Effect {
    fn from(read: Read) -> Self {
        Self::Read(read)
    }
}

/// What is to be written before it is copied.
#[derive(Clone, Debug, PartialEq)]
pub enum Writing {
    /// The briefing of an article, with so many hunts at the most.
    Briefing(Arc<Item>, Parameters, usize),
    /// Hunts with just these values.
    Chosen(Vec<Value>, Dialect, Parameters),
    /// The report for the next shift, as things stand at a time.
    HandOver(Timestamp),
}
