/// How a query is coloured; what is copied never depends on it.
#[derive(Debug)]
pub struct Syntax {
    /// How its lines are built.
    pub form: SyntaxForm,
    /// The words that are keywords, in any case.
    pub keywords: &'static [&'static str],
    /// What stands between marks of its own; the first that fits counts.
    pub delimited: &'static [Delimited],
}

/// How the lines of a query are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxForm {
    /// Commands and expressions, with `|` between the stages.
    Pipeline,
    /// YAML: a key before a colon, `#` before a comment.
    Yaml,
}

/// A part of a query between two marks.
#[derive(Debug)]
pub struct Delimited {
    /// What begins it.
    pub open: &'static str,
    /// What ends it; it reaches to the end of the line where this is empty or missing.
    pub close: &'static str,
    /// Whether a backslash takes the meaning from the character behind it.
    pub has_escapes: bool,
    /// What it is.
    pub token: SyntaxToken,
}

/// What a part of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxToken {
    /// A value.
    Literal,
    /// A remark.
    Comment,
    /// A macro or function.
    Function,
}

impl Delimited {
    /// A literal between two quotes of one kind.
    pub(super) const fn literal(quote: &'static str, has_escapes: bool) -> Self {
        Self { open: quote, close: quote, has_escapes, token: SyntaxToken::Literal }
    }

    /// A remark.
    pub(super) const fn comment(open: &'static str, close: &'static str) -> Self {
        Self { open, close, has_escapes: false, token: SyntaxToken::Comment }
    }

    /// Returns the length of the part that begins a text, or `None` if none does.
    pub fn length(&self, text: &str) -> Option<usize> {
        let inside = text.strip_prefix(self.open)?;
        let end = if self.close.is_empty() { None } else { self.end(inside) };
        Some(end.map_or(text.len(), |end| self.open.len() + end + self.close.len()))
    }

    fn end(&self, inside: &str) -> Option<usize> {
        let mut escaped = false;
        for (at, c) in inside.char_indices() {
            if escaped {
                escaped = false;
            } else if self.has_escapes && c == '\\' {
                escaped = true;
            } else if inside[at..].starts_with(self.close) {
                return Some(at);
            }
        }
        None
    }
}
