use jiff::Timestamp;

use super::{
    QueryError,
    scan::{Token, TokenKind, scan},
    terms::{self, Asked},
};
use crate::{text::Span, triage::Filter};

/// How many terms a query may have, and how deep it may nest; the engine's own limits lie far above.
const MAX_TERMS: usize = 200;
const MAX_DEPTH: usize = 40;

/// Parses a query; the empty one holds for every article.
pub(super) fn parse(text: &str, now: Timestamp) -> Result<Filter, QueryError> {
    let tokens = scan(text);
    let mut parser = Parser { tokens, at: 0, now, end: text.len() };
    parser.check_size()?;
    let root = parser.either(0)?;
    match parser.peek() {
        Some(token) => Err(QueryError::new("there is no `(` for this `)`", token.span)),
        None => Ok(root.unwrap_or_default()),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    now: Timestamp,
    end: usize,
}

impl Parser {
    fn check_size(&self) -> Result<(), QueryError> {
        match self.tokens.get(MAX_TERMS) {
            Some(token) => {
                Err(QueryError::new(format!("the query is too long: {MAX_TERMS} terms are the most"), token.span))
            }
            None => Ok(()),
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn kind(&self) -> Option<&TokenKind> {
        self.peek().map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Reads what stands between `or`s. None when every side asks for nothing.
    fn either(&mut self, depth: usize) -> Result<Option<Filter>, QueryError> {
        let mut nodes = Vec::new();
        nodes.extend(self.all(depth)?);
        while self.kind() == Some(&TokenKind::Or) {
            let or = self.next().map_or_else(|| Span::new(self.end, self.end), |token| token.span);
            let right = self.all(depth)?;
            match right {
                Some(node) if !nodes.is_empty() => nodes.push(node),
                _ => {
                    return Err(QueryError::new(
                        "`or` wants something on both sides; to look for the word, write \"or\"",
                        or,
                    ));
                }
            }
        }
        Ok(if nodes.is_empty() { None } else { Some(Filter::any(nodes)) })
    }

    /// Reads terms side by side.
    fn all(&mut self, depth: usize) -> Result<Option<Filter>, QueryError> {
        let mut nodes = Vec::new();
        loop {
            match self.kind() {
                None | Some(TokenKind::Or | TokenKind::Close) => break,
                Some(TokenKind::And) => {
                    self.at += 1;
                }
                Some(_) => nodes.extend(self.term(depth)?),
            }
        }
        Ok(if nodes.is_empty() { None } else { Some(Filter::all(nodes)) })
    }

    /// Reads one term, group or negation.
    fn term(&mut self, depth: usize) -> Result<Option<Filter>, QueryError> {
        let Some(token) = self.next() else {
            return Err(QueryError::new("something is missing here", Span::new(self.end, self.end)));
        };
        if depth >= MAX_DEPTH {
            return Err(QueryError::new(
                format!("the query is nested too deeply: {MAX_DEPTH} levels are the most"),
                token.span,
            ));
        }
        match token.kind {
            TokenKind::Open => self.group(token.span, depth),
            TokenKind::Not => self.negation(token.span, depth),
            TokenKind::Word(word) => terms::word(&word, token.span),
            TokenKind::Phrase(phrase) => Ok(terms::phrase(&phrase)),
            TokenKind::Field { name, operator, value, value_span, quoted } => {
                let asked = Asked { name: &name, operator: &operator, value: &value, quoted, value_span };
                terms::field(&asked, token.span, self.now).map(Some)
            }
            TokenKind::Close | TokenKind::And | TokenKind::Or => {
                Err(QueryError::new("something is missing before this", token.span))
            }
        }
    }

    fn group(&mut self, open: Span, depth: usize) -> Result<Option<Filter>, QueryError> {
        let inner = self.either(depth + 1)?;
        match self.next() {
            Some(token) if token.kind == TokenKind::Close => Ok(inner),
            _ => Err(QueryError::new("this `(` is never closed", open)),
        }
    }

    fn negation(&mut self, not: Span, depth: usize) -> Result<Option<Filter>, QueryError> {
        if matches!(self.kind(), None | Some(TokenKind::Or | TokenKind::Close | TokenKind::And)) {
            return Err(QueryError::new("there is nothing to exclude after this", not));
        }
        Ok(self.term(depth + 1)?.map(Filter::negated))
    }
}
