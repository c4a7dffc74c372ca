use serde::{Deserialize, Serialize};

use super::Span;

/// The part of an article that a span points into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The cleaned body text.
    #[default]
    Text,
    /// The title.
    Title,
    /// A structured field of an advisory (a KEV flag, a GHSA severity); the span is empty.
    Field,
}

impl Part {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

/// The words that made a finding, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where the phrase stands in `part`.
    pub span: Span,
    /// The phrase as the article writes it.
    pub phrase: String,
    /// Which part of the article the span points into.
    #[serde(default, skip_serializing_if = "Part::is_text")]
    pub part: Part,
}

impl Evidence {
    /// Makes evidence from a span of the body text.
    ///
    /// # Panics
    /// When the span is not on character boundaries of `text`.
    pub fn in_text(text: &str, span: Span) -> Self {
        Self { span, phrase: text[span.range()].to_owned(), part: Part::Text }
    }

    /// Makes evidence from a span of the title.
    ///
    /// # Panics
    /// When the span is not on character boundaries of `title`.
    pub fn in_title(title: &str, span: Span) -> Self {
        Self { span, phrase: title[span.range()].to_owned(), part: Part::Title }
    }

    /// Makes evidence from a structured field, named by the phrase.
    pub fn in_field(phrase: impl Into<String>) -> Self {
        Self { span: Span::default(), phrase: phrase.into(), part: Part::Field }
    }
}
