//! What happens, and what became of an effect: data, not closures.

use std::{collections::BTreeMap, path::PathBuf};

use jiff::Timestamp;

use super::{
    keymap::Key,
    state::{Card, Trend},
    theme::Theme,
};
use crate::{
    attack::TechniqueId,
    intake::Progress,
    source::Health,
    store::{Page, PageIds},
    triage::{ArticleId, Change, Item, Journal, Row, Tally},
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
