use super::{Article, Document};
use crate::text::{Part, Tokens};

/// A title and a document whose words were read: once, for every room that looks them up.
#[derive(Clone, Debug)]
pub struct Tokenized<'a> {
    /// The tokens of the title.
    pub title: Tokens<'a>,
    /// The tokens of the document's text.
    pub text: Tokens<'a>,
    /// The document.
    pub document: &'a Document,
}

impl<'a> Tokenized<'a> {
    /// Reads a title and a document.
    pub fn of(title: &'a str, document: &'a Document) -> Self {
        Self { title: Tokens::of(title), text: Tokens::of(&document.text), document }
    }

    /// Returns the tokens that the spans of a part point into.
    pub const fn part(&self, part: Part) -> &Tokens<'a> {
        match part {
            Part::Title => &self.title,
            Part::Text | Part::Field => &self.text,
        }
    }
}

impl Article {
    /// Reads the words of the title and of the document.
    pub fn tokenized(&self) -> Tokenized<'_> {
        Tokenized::of(&self.title, &self.document)
    }
}
