//! What happens, and what became of an effect: data, not closures.

use std::path::PathBuf;

use super::{keymap::Key, read::ReadDone, state::Card, theme::Theme};
use crate::{
    intake::Progress,
    triage::{ArticleId, Change, Journal},
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

/// What became of an effect.
#[derive(Debug)]
pub enum Reply {
    /// Something was read from the store.
    Read(ReadDone),
    /// The hunts of an article.
    Cards {
        /// Which article.
        id: ArticleId,
        /// Its hunts, rendered.
        cards: Vec<Card>,
    },
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
    /// Articles were read anew.
    Rebriefed(Result<Vec<ArticleId>, String>),
    /// The names of the user's own themes.
    Themes(Vec<String>),
    /// A theme.
    Theme(Result<Box<Theme>, String>),
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
