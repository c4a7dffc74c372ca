use super::Problem;

/// What a piece of a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// `"…"`
    Text,
    /// `'…'`: a field's name.
    Name,
    /// A macro in backticks.
    Macro,
    Pipe,
    /// `[`
    Open,
    /// `]`
    Close,
    /// `(`
    Left,
    /// `)`
    Right,
    Comma,
    Operator,
    Word,
    /// A subsearch that was checked apart.
    Sub,
}

/// A piece of a search, and the byte where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'q> {
    pub sort: Sort,
    pub text: &'q str,
    pub at: usize,
}

impl<'q> Token<'q> {
    /// Returns `true` if this is the word, in any case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.sort == Sort::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_operator(&self, operator: &str) -> bool {
        self.sort == Sort::Operator && self.text == operator
    }

    /// Returns `true` if this can name a field.
    pub(super) fn names(&self) -> bool {
        matches!(self.sort, Sort::Word | Sort::Text | Sort::Name)
    }

    /// Returns the text without its quotes.
    pub(super) fn bare(&self) -> &'q str {
        match self.sort {
            Sort::Text | Sort::Name => &self.text[1..self.text.len() - 1],
            _ => self.text,
        }
    }
}

/// Cuts a search into its pieces.
pub(super) fn tokens(search: &str) -> Result<Vec<Token<'_>>, Problem> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = search[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let rest = &search[at..];
        if let Some(comment) = rest.strip_prefix("```") {
            let end = comment.find("```").ok_or_else(|| problem(at, "a ``` comment does not end"))?;
            at += end + 6;
            continue;
        }
        let (sort, length) = piece(rest, c).ok_or_else(|| {
            problem(at, if c == '`' { "a macro in backticks does not end" } else { "a quoted text does not end" })
        })?;
        out.push(Token { sort, text: &rest[..length], at });
        at += length;
    }
    Ok(out)
}

fn problem(at: usize, message: &str) -> Problem {
    Problem { at, message: message.to_owned() }
}

/// Returns the sort and the length of the piece that begins a text; none where a quote does not end.
fn piece(rest: &str, first: char) -> Option<(Sort, usize)> {
    let single = |sort| Some((sort, 1));
    match first {
        '"' => quoted(rest).map(|length| (Sort::Text, length)),
        '`' => macro_call(rest).map(|length| (Sort::Macro, length)),
        '|' => single(Sort::Pipe),
        '[' => single(Sort::Open),
        ']' => single(Sort::Close),
        '(' => single(Sort::Left),
        ')' => single(Sort::Right),
        ',' => single(Sort::Comma),
        '=' | '<' | '>' if rest[1..].starts_with('=') => Some((Sort::Operator, 2)),
        '=' | '<' | '>' => single(Sort::Operator),
        '!' if rest.starts_with("!=") => Some((Sort::Operator, 2)),
        '\'' => Some(name(rest).map_or_else(|| (Sort::Word, word(rest)), |length| (Sort::Name, length))),
        _ => Some((Sort::Word, word(rest))),
    }
}

/// Returns the length of a text in double quotes, where it ends.
fn quoted(rest: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn macro_call(rest: &str) -> Option<usize> {
    let mut at = 1;
    while let Some(c) = rest[at..].chars().next() {
        match c {
            '`' => return Some(at + 1),
            '"' => at += quoted(&rest[at..])?,
            c => at += c.len_utf8(),
        }
    }
    None
}

/// Returns the length of a name in single quotes; none where it is an apostrophe.
fn name(rest: &str) -> Option<usize> {
    let end = rest[1..].find(['\'', '\n', '|', '[', ']'])? + 1;
    rest[end..].starts_with('\'').then_some(end + 1)
}

fn word(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        let ends = c.is_whitespace() || "\"`|[](),=<>".contains(c) || rest[at..].starts_with("!=");
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if ends && at > 0 => return at,
            _ => {}
        }
    }
    rest.len()
}
