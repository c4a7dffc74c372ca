//! What the outside has to do for the console: data, not closures.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;

use crate::{
    hunt::{Dialect, Parameters, Value},
    store::Cursor,
    triage::{ArticleId, Change, Filter, Item, Order, Row},
};

/// Something that only the outside can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Reads a page of the list.
    Page {
        /// Which list it is for; a reply to an older one is dropped.
        ticket: u64,
        /// Which page.
        index: usize,
        /// What is asked.
        query: Filter,
        /// In which order.
        order: Order,
        /// Where the page begins.
        after: Option<Cursor>,
    },
    /// Reads which articles the list has from a page on, without their rows.
    Outline {
        /// Which list it is for.
        ticket: u64,
        /// The first page.
        index: usize,
        /// What is asked.
        query: Filter,
        /// In which order.
        order: Order,
        /// Where the page begins.
        after: Option<Cursor>,
    },
    /// Counts the list.
    Tally {
        /// Which list it is for.
        ticket: u64,
        /// What is asked.
        query: Filter,
    },
    /// Reads an article.
    Item(ArticleId),
    /// Renders the hunts of an article.
    Cards(Arc<Item>, Parameters),
    /// Reads rows again.
    Rows(Vec<ArticleId>),
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
    /// Reads the journal.
    History,
    /// Reads how the feeds fare.
    Feeds,
    /// Counts lists, each by a name.
    Counts(Vec<(String, Filter)>),
    /// Counts the list by technique.
    Techniques(Filter),
    /// Counts the list by day and by source.
    Trend(Filter, Timestamp),
    /// Reads the articles anew that have a value, because it was ruled on from this one.
    Rebrief(ArticleId, String),
    /// Reads the names of the user's own themes.
    Themes,
    /// Reads a theme.
    Theme(String),
    /// Reads what was searched for before.
    Searches,
    /// Keeps what was searched for, oldest first.
    Remember(Vec<String>),
    /// Reads when the console was left the last time.
    LastVisit,
    /// Reads the rows of articles that came in, to tell of them.
    Arrived {
        /// The articles.
        articles: Vec<ArticleId>,
        /// What finds those of them that are told of whatever their severity is.
        viewed: Option<Filter>,
    },
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
