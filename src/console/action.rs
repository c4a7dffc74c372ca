//! What an analyst can ask of the console, as one table.

use super::pane::{Overlay, Pane};
use crate::{hunt::Dialect, triage::Order};

mod table;

pub use table::TABLE;

/// Everything an analyst can ask of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor, or scrolls.
    Move(Step),
    /// Goes to a pane.
    Go(Pane),
    /// Goes to the pane on the right.
    NextPane,
    /// Goes to the pane on the left.
    PreviousPane,
    /// Opens what the cursor is on.
    Open,
    /// Leaves what is open, one level at a time.
    Back,
    /// Returns the focused pane the whole screen, or takes it back.
    Zoom,
    /// Goes to the next article that nobody judged.
    NextUnreviewed,
    /// Goes to the previous one.
    PreviousUnreviewed,
    /// Goes to the next evidence of the finding.
    NextEvidence,
    /// Changes the state of the article, or of the selected ones.
    Mark(Mark),
    /// Undoes the last change.
    Undo,
    /// Does it again.
    Redo,
    /// Starts or ends a selection of rows.
    Visual,
    /// Selects every article of the list, or none.
    SelectAll,
    /// Takes an indicator into the choice that is copied.
    Choose,
    /// Takes the ruling on an indicator away.
    Unrule,
    /// Shows only articles that fit.
    Filter(FilterBy),
    /// Sorts the list.
    Sort(Order),
    /// Shows every article that has what the cursor is on.
    Pivot,
    /// Shows every article of the same story.
    Story,
    /// Goes back to the list before.
    Return,
    /// Asks for a line of text.
    Ask(Ask),
    /// Shows an overlay over the panes.
    Show(Overlay),
    /// Copies.
    Copy(Copy),
    /// Opens the article in the browser.
    Browse,
    /// Opens the hunt where it runs.
    Siem(Siem),
    /// Shows the hunt in the next dialect.
    NextDialect,
    /// Lists every hunt, or the best ones only.
    MoreHunts,
    /// Changes what queries are rendered with.
    Tune(Tune),
    /// Reads the list again.
    Refresh,
    /// Asks the feeds again.
    Fetch,
    /// Draws the screen anew.
    Redraw,
    /// Hands the terminal back to the shell for a while.
    Suspend,
    /// Leaves the console.
    Quit,
}

/// How far the cursor moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first line, or to the line that the count names.
    Top,
    /// To the last line, or to the line that the count names.
    Bottom,
}

/// What becomes of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Reviewed: it concerns us.
    Relevant,
    /// Reviewed: it does not.
    NotRelevant,
    /// Reviewed: handed on.
    Escalated,
    /// New again.
    Unread,
    /// Put away.
    Dismiss,
    /// Put away for some hours.
    Snooze(u16),
    /// Starred, or no longer.
    Star,
    /// Taken by me, or given back.
    Own,
}

/// What the list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterBy {
    /// By severity, in the triage language; empty for all.
    Severity(&'static str),
    /// By state, in the triage language; empty for all.
    State(&'static str),
    /// Without demo articles, or with them again.
    Demo,
    /// Everything that narrows the view is taken off.
    Clear,
}

/// What is asked for in a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A query in the triage language.
    Search,
    /// A command.
    Command,
    /// A tag.
    Tag,
    /// The note, of several lines.
    Note,
    /// The index or macro before SPL searches.
    Prefix,
    /// Why the indicator under the cursor always is one, or never.
    Rule(bool),
}

/// What of the queries is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tune {
    /// How far back they look; to as many days as the count, or the next usual number.
    Window,
    /// Whether SPL asks accelerated summaries only.
    Summaries,
    /// Whether SPL bounds the time itself.
    Earliest,
    /// How many values a query has at the most; as many as the count, or the next usual number.
    Cap,
    /// The next values of a list that was cut.
    Next,
    /// Back to what the configuration says.
    Reset,
}

/// What is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// The hunt, in the dialect that is shown.
    Hunt,
    /// The hunt, in one dialect.
    As(Dialect),
    /// Every hunt of the article in the dialect that is shown.
    AllHunts,
    /// The chosen indicators, or all of the first tier, defanged, one a line.
    Defanged,
    /// The same, live.
    Live,
    /// The same, as CSV.
    Csv,
    /// Hunts with just them.
    AsHunt,
    /// The techniques' ids.
    Techniques,
    /// The article's link.
    Link,
    /// The briefing, as Markdown.
    Briefing,
    /// The sentence that is the evidence.
    Evidence,
    /// The report for the next shift.
    HandOver,
}

/// Where a hunt can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Siem {
    /// Splunk's search page.
    Splunk,
    /// Defender's advanced hunting.
    Defender,
    /// Sentinel's logs.
    Sentinel,
}

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In every pane.
    Everywhere,
    /// Where articles are listed.
    List,
    /// Where indicators are listed.
    Indicators,
    /// Where hunts are listed.
    Hunts,
}

impl Place {
    /// Returns the words that head its keys in help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::List => "In the list",
            Self::Indicators => "Among indicators",
            Self::Hunts => "Among hunts",
        }
    }
}

/// One line of the table of actions.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name, in the keymap and in the palette.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Its default keys; a sequence has spaces.
    pub keys: &'static [&'static str],
    /// Where they work.
    pub place: Place,
}

impl Action {
    /// Returns the action's line of the table.
    pub fn entry(self) -> &'static Entry {
        TABLE.iter().find(|entry| entry.action == self).expect("a test finds every action in the table")
    }

    /// Returns the title of the part of the table that the action belongs to.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Mark(_)
            | Self::Ask(Ask::Tag | Ask::Note)
            | Self::Undo
            | Self::Redo
            | Self::Visual
            | Self::SelectAll => "Triage",
            Self::Copy(_) | Self::Choose | Self::Unrule | Self::Ask(Ask::Rule(_)) => "Indicators and copying",
            Self::NextDialect
            | Self::MoreHunts
            | Self::Tune(_)
            | Self::Ask(Ask::Prefix)
            | Self::Browse
            | Self::Siem(_) => "Hunts and links",
            Self::Ask(Ask::Search)
            | Self::Filter(_)
            | Self::Sort(_)
            | Self::Pivot
            | Self::Story
            | Self::Return
            | Self::Show(Overlay::Views)
            | Self::Refresh
            | Self::Fetch => "Finding",
            Self::Show(_) | Self::Ask(Ask::Command) | Self::Redraw | Self::Suspend | Self::Quit => "The console",
            _ => "Moving",
        }
    }

    /// Finds an action by its name.
    pub fn named(name: &str) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.name == name)
    }
}
