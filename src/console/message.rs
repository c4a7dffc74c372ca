//! What happens, what the outside has to do, and what became of it: data, not closures.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::{
    keymap::Key,
    state::{Card, Trend},
    theme::Theme,
};
use crate::{
    attack::TechniqueId,
    hunt::{Dialect, Parameters, Value},
    intake::Progress,
    source::Health,
    store::{Cursor, Page, PageIds},
    triage::{ArticleId, Change, Filter, Item, Journal, Order, Row, Tally},
};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size: columns and rows.
    Size(u16, u16),
    /// The wheel turned over a cell, down or up by lines: the lines, column and row.
    Wheel(i32, u16, u16),
    /// The mouse was pressed in a cell: column and row.
    Click(u16, u16),
    /// An effect is done.
    Reply(Reply),
    /// The feeds have something to say.
    Progress(Progress),
    /// Something was due.
    Due,
}

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

/// An article as it is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// All of it.
    pub item: Item,
    /// The other articles of its story, oldest first.
    pub story: Vec<Row>,
}

/// What became of an effect.
#[derive(Debug)]
pub enum Reply {
    /// A page.
    Page {
        /// The list it is for.
        ticket: u64,
        /// Which page.
        index: usize,
        /// Its rows.
        page: Result<Page, String>,
    },
    /// Pages without their rows.
    Outline {
        /// The list they are for.
        ticket: u64,
        /// The first of them.
        index: usize,
        /// They.
        outline: Result<Vec<PageIds>, String>,
    },
    /// A count.
    Tally {
        /// The list it is for.
        ticket: u64,
        /// The count.
        tally: Result<Tally, String>,
    },
    /// An article.
    Item {
        /// Which.
        id: ArticleId,
        /// All of it, and the other articles of its story; none when it is gone.
        item: Result<Option<Box<Opened>>, String>,
    },
    /// The hunts of an article.
    Cards {
        /// Which article.
        id: ArticleId,
        /// Its hunts, rendered.
        cards: Vec<Card>,
    },
    /// Rows as they are now.
    Rows(Result<Vec<Row>, String>),
    /// Articles were changed.
    Marked {
        /// Which were to be changed.
        articles: Vec<ArticleId>,
        /// How.
        changes: Vec<Change>,
        /// The lines of the journal that were written, none for a change that changed nothing; or why it failed.
        done: Result<Vec<Journal>, String>,
    },
    /// A change was undone.
    Undone(Result<Option<Journal>, String>),
    /// A change was done again.
    Redone(Result<Option<Journal>, String>),
    /// The journal, with the titles of single articles in it.
    History(Result<(Vec<Journal>, BTreeMap<ArticleId, String>), String>),
    /// The feeds.
    Feeds(Result<Vec<Health>, String>),
    /// How many articles lists have.
    Counts(Vec<(String, Tally)>),
    /// How many articles show each technique.
    Techniques(Result<Vec<(TechniqueId, u64)>, String>),
    /// How many articles each day has, and how many each source has on each.
    Trend(Result<Trend, String>),
    /// Articles were read anew.
    Rebriefed(Result<Vec<ArticleId>, String>),
    /// The names of the user's own themes.
    Themes(Vec<String>),
    /// A theme.
    Theme(Result<Box<Theme>, String>),
    /// What was searched for before, oldest first.
    Searches(Vec<String>),
    /// When the console was left the last time.
    LastVisit(Option<Timestamp>),
    /// The rows of articles that came in.
    Arrived {
        /// The rows.
        rows: Vec<Row>,
        /// Those that are told of whatever their severity is.
        viewed: Vec<ArticleId>,
    },
    /// Something was copied.
    Copied {
        /// What.
        what: String,
        /// The text.
        text: String,
        /// The route's name.
        route: String,
        /// Whether the terminal has yet to be told.
        by_terminal: bool,
        /// The file that has it too, when the clipboard forgets it with this program.
        fleeting: Option<PathBuf>,
        /// What did not work, each in a sentence.
        failed: Vec<String>,
    },
    /// Something cannot be done, for a reason that the analyst should know.
    Refused(String),
    /// A browser was started or a file written, or not; the sentence says so.
    Done(Result<String, String>),
}
