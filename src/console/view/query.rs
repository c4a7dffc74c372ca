//! Colours for queries: a small tokenizer per dialect. It only colours; what is copied never passes it.

use crate::{console::theme::Role, hunt::Dialect};

/// A piece of a line with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub role: Role,
}

const SPL: &[&str] = &[
    "from",
    "where",
    "by",
    "as",
    "search",
    "stats",
    "tstats",
    "eval",
    "table",
    "fields",
    "sort",
    "dedup",
    "rename",
    "head",
    "join",
    "lookup",
    "rex",
    "append",
    "and",
    "or",
    "not",
    "in",
    "count",
    "values",
    "min",
    "max",
    "dc",
    "index",
    "sourcetype",
    "earliest",
    "latest",
    "datamodel",
    "prestats",
    "summariesonly",
    "nodename",
    "inputlookup",
];

const KQL: &[&str] = &[
    "let",
    "where",
    "project",
    "extend",
    "summarize",
    "by",
    "join",
    "on",
    "kind",
    "union",
    "order",
    "sort",
    "asc",
    "desc",
    "take",
    "top",
    "distinct",
    "and",
    "or",
    "not",
    "in",
    "has",
    "has_any",
    "has_all",
    "contains",
    "startswith",
    "endswith",
    "matches",
    "regex",
    "between",
    "ago",
    "count",
    "dynamic",
    "datatable",
    "isnotempty",
    "tolower",
    "bin",
    "make_set",
    "arg_max",
    "dcount",
    "parse_json",
    "tostring",
    "materialize",
    "mv-expand",
];

/// Cuts a line into pieces that cover all of it.
pub(super) fn pieces(dialect: Dialect, line: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (length, role) = match dialect {
            Dialect::Sigma => sigma(line, at),
            dialect => next(dialect, line, at),
        };
        let end = at + length.max(1);
        match pieces.last_mut().filter(|last| last.role == role) {
            Some(last) => last.end = end,
            None => pieces.push(Piece { start: at, end, role }),
        }
        at = end;
    }
    pieces
}

fn next(dialect: Dialect, line: &str, at: usize) -> (usize, Role) {
    let rest = &line[at..];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    match rest.as_bytes()[0] {
        b'/' if dialect == Dialect::Kql && rest.starts_with("//") => (rest.len(), Role::Comment),
        b'`' if dialect == Dialect::Spl && rest.starts_with("```") => {
            (quoted(&rest[2..], '`', false) + 4, Role::Comment)
        }
        b'`' if dialect == Dialect::Spl => (quoted(rest, '`', false), Role::Function),
        b'@' if dialect == Dialect::Kql && rest.starts_with("@\"") => {
            (1 + quoted(&rest[1..], '"', false), Role::Literal)
        }
        b'"' => (quoted(rest, '"', true), Role::Literal),
        b'\'' if dialect == Dialect::Kql => (quoted(rest, '\'', true), Role::Literal),
        b'0'..=b'9' => (word(rest), Role::Literal),
        b'|' => (1, Role::Keyword),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let length = word(rest);
            (length, name(dialect, &rest[..length], &rest[length..]))
        }
        _ => (first, Role::Text),
    }
    .clamped(rest.len())
}

trait Clamped {
    fn clamped(self, most: usize) -> Self;
}

impl Clamped for (usize, Role) {
    fn clamped(self, most: usize) -> Self {
        (self.0.min(most), self.1)
    }
}

fn name(dialect: Dialect, word: &str, after: &str) -> Role {
    let known = if dialect == Dialect::Kql { KQL } else { SPL };
    if known.iter().any(|keyword| keyword.eq_ignore_ascii_case(word)) {
        Role::Keyword
    } else if after.starts_with('(') {
        Role::Function
    } else {
        Role::Text
    }
}

fn sigma(line: &str, at: usize) -> (usize, Role) {
    let rest = &line[at..];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let begins = line[..at].trim_start_matches([' ', '-']).is_empty();
    match rest.as_bytes()[0] {
        b'#' if begins => (rest.len(), Role::Comment),
        b'\'' => (quoted(rest, '\'', false), Role::Literal),
        b'"' => (quoted(rest, '"', true), Role::Literal),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' if begins => {
            let length = rest.find(':').map_or(rest.len(), |colon| colon + 1);
            let role = if rest[..length].ends_with(':') { Role::Keyword } else { Role::Text };
            (length, role)
        }
        _ => (first, Role::Text),
    }
}

/// Returns the length of a word.
fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len())
}

/// Returns the length of a literal with its quotes; one that is not closed reaches to the end of the line.
fn quoted(rest: &str, quote: char, has_escapes: bool) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if has_escapes => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
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
