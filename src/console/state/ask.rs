use std::borrow::Cow;

use super::{Field, JumpTarget};
use crate::{
    console::{
        action::{Action, Entry},
        names::Name,
    },
    text::Span,
    triage::ArticleId,
};

/// What a line of text is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// A query; holds what to go back to.
    Search {
        /// The search.
        before: String,
        /// Where the cursor was.
        here: Option<JumpTarget>,
    },
    /// A command.
    Command,
    /// A tag for these articles.
    Tag(Vec<ArticleId>),
    /// The note of an article.
    Note(ArticleId),
    /// What else to look for of these that the article names.
    Pivot(Vec<Name>),
    /// The index or macro before SPL searches.
    Prefix,
    /// Why a value always is an indicator, or never.
    Rule {
        /// The article that it was seen in.
        article: ArticleId,
        /// The value.
        value: String,
        /// Whether it always is one.
        allow: bool,
    },
}

/// Something that can be chosen while writing.
#[derive(Clone, Debug)]
pub enum Candidate {
    /// An action.
    Action(&'static Entry),
    /// A word to put in, with what it means.
    Word(String, Cow<'static, str>),
}

impl Candidate {
    /// Returns the action, when it is one.
    pub fn action(&self) -> Option<Action> {
        match self {
            Self::Action(entry) => Some(entry.action),
            Self::Word(..) => None,
        }
    }
}

/// A line of text, or a note, that is being written.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// What is written so far.
    pub field: Field,
    /// What is wrong with it, and where.
    pub fault: Option<(String, Span)>,
    /// Whether the fault may go when what is begun is written out: it is not shown yet.
    pub unfinished: bool,
    /// What can be chosen.
    pub candidates: Vec<Candidate>,
    /// Which of them is chosen.
    pub chosen: usize,
    /// How far back in the history one is; 0 is what is being written.
    pub back: usize,
}

impl Prompt {
    /// Begins to ask.
    pub fn new(kind: PromptKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            field: Field::with(text),
            fault: None,
            unfinished: false,
            candidates: Vec::new(),
            chosen: 0,
            back: 0,
        }
    }
}
