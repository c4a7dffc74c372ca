//! Kusto over Microsoft Defender's advanced-hunting tables.
//!
//! Literals are `"…"` with backslash escapes, and for values with a backslash the verbatim form `@"…"`, as people write
//! paths.

mod lint;

use super::{Affix, Delimited, Language, Problem, Syntax, SyntaxForm, SyntaxToken};

pub(super) struct Kql;

static SYNTAX: Syntax = Syntax {
    form: SyntaxForm::Pipeline,
    keywords: &[
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
    ],
    delimited: &[
        Delimited::comment("//", ""),
        Delimited { open: "@\"", close: "\"", has_escapes: false, token: SyntaxToken::Literal },
        Delimited::literal("\"", true),
        Delimited::literal("'", true),
    ],
};

impl Language for Kql {
    fn name(&self) -> &'static str {
        "kql"
    }

    fn label(&self) -> &'static str {
        "Defender KQL"
    }

    fn key(&self) -> char {
        'k'
    }

    fn briefing_title(&self) -> Option<&'static str> {
        Some("Defender KQL")
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn literal(&self, value: &str, affix: &Affix) -> Option<String> {
        let whole = || affix.before.chars().chain(value.chars()).chain(affix.after.chars());
        let controls = whole().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
        let mut out = String::with_capacity(value.len() + affix.before.len() + affix.after.len() + 3);
        if whole().any(|c| c == '\\') && !controls {
            out.push_str("@\"");
            for c in whole() {
                if c == '"' {
                    out.push('"');
                }
                out.push(c);
            }
        } else {
            out.push('"');
            whole().for_each(|c| push_escaped(&mut out, c));
        }
        out.push('"');
        Some(out)
    }

    fn joiner(&self) -> Option<&'static str> {
        Some("or")
    }

    fn lint(&self, body: &str) -> Vec<Problem> {
        lint::check(body)
    }

    #[cfg(test)]
    fn read_literal(&self, literal: &str) -> Option<String> {
        tests::read_literal(literal)
    }
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '"' => out.push_str("\\\""),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Every control character and both separators lie in the basic plane: four digits always do.
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
            out.push_str("\\u");
            let code = u32::from(c);
            for shift in [12, 8, 4, 0] {
                out.push(char::from_digit((code >> shift) & 0xf, 16).expect("four bits are one hexadecimal digit"));
            }
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests;
