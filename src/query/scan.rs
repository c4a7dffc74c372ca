//! A query's text cut into tokens. Never fails: what is odd becomes a word.

use crate::text::Span;

/// A token with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Open,
    Close,
    /// `-` directly before a term, or `not`.
    Not,
    And,
    Or,
    /// A bare word.
    Word(String),
    /// A phrase in quotes, which may lack the closing one: the user is still typing.
    Phrase(String),
    /// `field:value`, `field>=value`, `field:"value"`.
    Field {
        name: String,
        operator: String,
        value: String,
        value_span: Span,
        quoted: bool,
    },
}

/// Cuts a query into tokens.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next_token() {
        tokens.push(token);
    }
    tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn next_token(&mut self) -> Option<Token> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = match first {
            '(' => {
                self.at += 1;
                TokenKind::Open
            }
            ')' => {
                self.at += 1;
                TokenKind::Close
            }
            '-' if self.rest()[1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != ')') => {
                self.at += 1;
                TokenKind::Not
            }
            '"' => TokenKind::Phrase(self.quoted().0),
            _ => self.word_or_field(),
        };
        Some(Token { kind, span: Span::new(start, self.at) })
    }

    /// Reads a quoted text; returns it and its place without the quotes.
    fn quoted(&mut self) -> (String, Span) {
        let start = self.at + 1;
        let end = self.text[start..].find('"').map(|found| start + found);
        let inner = Span::new(start, end.unwrap_or(self.text.len()));
        self.at = end.map_or(self.text.len(), |end| end + 1);
        (self.text[inner.range()].to_owned(), inner)
    }

    fn word_or_field(&mut self) -> TokenKind {
        let start = self.at;
        let Some((name, operator)) = field_head(self.rest()) else {
            let word = self.word();
            return match word.to_ascii_lowercase().as_str() {
                "and" => TokenKind::And,
                "or" => TokenKind::Or,
                "not" => TokenKind::Not,
                _ => TokenKind::Word(word),
            };
        };
        let (name, operator) = (name.to_ascii_lowercase(), operator.to_owned());
        self.at = start + name.len() + operator.len();
        let quoted = self.rest().starts_with('"');
        let (value, value_span) = if quoted {
            self.quoted()
        } else {
            let value_start = self.at;
            (self.word(), Span::new(value_start, self.at))
        };
        TokenKind::Field { name, operator, value, value_span, quoted }
    }

    /// Reads to the next space, or to a `)` that the word did not open itself as `evil(.)example` does.
    fn word(&mut self) -> String {
        let mut inner = 0usize;
        let mut end = self.text.len();
        for (offset, c) in self.rest().char_indices() {
            let ends = match c {
                '(' => {
                    inner += 1;
                    false
                }
                ')' if inner > 0 => {
                    inner -= 1;
                    false
                }
                ')' => true,
                _ => c.is_whitespace(),
            };
            if ends {
                end = self.at + offset;
                break;
            }
        }
        let word = self.text[self.at..end].to_owned();
        self.at = end;
        word
    }
}

/// Splits off `name` and operator where a word begins like a field. `https://…`, `a::b` and `C:\` do not.
fn field_head(text: &str) -> Option<(&str, &str)> {
    let name_end = text.find(|c: char| !c.is_ascii_alphabetic()).filter(|end| *end > 0)?;
    let (name, rest) = text.split_at(name_end);
    let operator = [">=", "<=", ":", ">", "<", "="].into_iter().find(|operator| rest.starts_with(operator))?;
    let value = &rest[operator.len()..];
    if operator == ":" && value.starts_with(['/', ':', '\\']) {
        return None;
    }
    Some((name, &rest[..operator.len()]))
}
