//! Colours for queries, by what each dialect says of its syntax. It only colours; what is copied never passes it.

use crate::{
    console::theme::Role,
    hunt::{Dialect, Syntax, SyntaxForm, SyntaxToken},
};

/// A piece of a line with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub role: Role,
}

/// Cuts a line into pieces that cover all of it.
pub(super) fn pieces(dialect: Dialect, line: &str) -> Vec<Piece> {
    let syntax = dialect.syntax();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (length, role) = next(syntax, line, at);
        let end = at + length;
        match pieces.last_mut().filter(|last| last.role == role) {
            Some(last) => last.end = end,
            None => pieces.push(Piece { start: at, end, role }),
        }
        at = end;
    }
    pieces
}

/// Returns the length of what begins at a byte of a line, and its role.
fn next(syntax: &Syntax, line: &str, at: usize) -> (usize, Role) {
    let rest = &line[at..];
    if let Some(found) = syntax.delimited.iter().find_map(|part| Some((part.length(rest)?, role(part.token)))) {
        return found;
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let other = match syntax.form {
        SyntaxForm::Pipeline => expression(syntax, rest),
        SyntaxForm::Yaml => yaml(&line[..at], rest),
    };
    other.unwrap_or((first, Role::Text))
}

const fn role(token: SyntaxToken) -> Role {
    match token {
        SyntaxToken::Literal => Role::Literal,
        SyntaxToken::Comment => Role::Comment,
        SyntaxToken::Function => Role::Function,
    }
}

/// Reads a number, a bar or a name of an expression.
fn expression(syntax: &Syntax, rest: &str) -> Option<(usize, Role)> {
    match rest.as_bytes()[0] {
        b'0'..=b'9' => Some((word(rest), Role::Literal)),
        b'|' => Some((1, Role::Keyword)),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let length = word(rest);
            let (name, after) = rest.split_at(length);
            let role = if syntax.keywords.iter().any(|keyword| keyword.eq_ignore_ascii_case(name)) {
                Role::Keyword
            } else if after.starts_with('(') {
                Role::Function
            } else {
                Role::Text
            };
            Some((length, role))
        }
        _ => None,
    }
}

/// Reads a remark or a key, where only white space and the marks of a list stand before it.
fn yaml(before: &str, rest: &str) -> Option<(usize, Role)> {
    if !before.trim_start_matches([' ', '-']).is_empty() {
        return None;
    }
    match rest.as_bytes()[0] {
        b'#' => Some((rest.len(), Role::Comment)),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => match rest.find(':') {
            Some(colon) => Some((colon + 1, Role::Keyword)),
            None => Some((rest.len(), Role::Text)),
        },
        _ => None,
    }
}

/// Returns the length of a word.
fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::{Dialect, Role, pieces};

    fn roles(dialect: Dialect, line: &str) -> Vec<(&str, Role)> {
        pieces(dialect, line)
            .into_iter()
            .map(|piece| (&line[piece.start..piece.end], piece.role))
            .filter(|(text, role)| *role != Role::Text && !text.trim().is_empty())
            .collect()
    }

    #[test]
    fn literals_keywords_and_macros_are_told_apart() {
        assert_eq!(
            roles(Dialect::Spl, "| tstats `summariesonly` count where a=\"x\\\"y | where\""),
            [
                ("|", Role::Keyword),
                ("tstats", Role::Keyword),
                ("`summariesonly`", Role::Function),
                ("count", Role::Keyword),
                ("where", Role::Keyword),
                ("\"x\\\"y | where\"", Role::Literal),
            ]
        );
        assert_eq!(
            roles(Dialect::Kql, "| where P has_any (@\"C:\\a\") // why"),
            [
                ("|", Role::Keyword),
                ("where", Role::Keyword),
                ("has_any", Role::Keyword),
                ("@\"C:\\a\"", Role::Literal),
                ("// why", Role::Comment),
            ]
        );
        assert_eq!(
            roles(Dialect::Sigma, "  Image|endswith: '\\a.exe'"),
            [("Image|endswith:", Role::Keyword), ("'\\a.exe'", Role::Literal)]
        );
    }

    proptest! {
        #[test]
        fn pieces_cover_the_whole_line(line in any::<String>()) {
            for dialect in Dialect::ALL {
                let found = pieces(dialect, &line);
                let whole: String = found.iter().map(|piece| &line[piece.start..piece.end]).collect();
                prop_assert_eq!(&whole, &line);
            }
        }
    }
}
