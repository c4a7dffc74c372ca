//! Splunk SPL over the Common Information Model.
//!
//! Literals are `"…"` with `\\` and `\"`. An asterisk is a wildcard that cannot be escaped; a backtick starts a macro
//! and `$…$` a token even inside quotes. Values with any of these are refused.

mod lint;

use super::{Affix, Delimited, Language, Problem, QueryFrame, Syntax, SyntaxForm, SyntaxToken};
use crate::hunt::Parameters;

pub(super) struct Spl;

/// The macro that asks accelerated summaries only.
const SUMMARIES_ONLY: &str = "summariesonly";
/// The time bound of a tstats.
const EARLIEST: &str = "earliest";

static SYNTAX: Syntax = Syntax {
    form: SyntaxForm::Pipeline,
    keywords: &[
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
    ],
    delimited: &[
        Delimited::comment("```", "```"),
        Delimited { open: "`", close: "`", has_escapes: false, token: SyntaxToken::Function },
        Delimited::literal("\"", true),
    ],
};

impl Language for Spl {
    fn name(&self) -> &'static str {
        "spl"
    }

    fn label(&self) -> &'static str {
        "Splunk SPL"
    }

    fn key(&self) -> char {
        's'
    }

    fn briefing_title(&self) -> Option<&'static str> {
        Some("Splunk SPL (CIM)")
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn literal(&self, value: &str, affix: &Affix) -> Option<String> {
        let mut out = String::with_capacity(value.len() + affix.before.len() + affix.after.len() + 2);
        out.push('"');
        affix.before.chars().for_each(|c| push(&mut out, c));
        for c in value.chars() {
            if matches!(c, '*' | '`' | '$') || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                return None;
            }
            push(&mut out, c);
        }
        affix.after.chars().for_each(|c| push(&mut out, c));
        out.push('"');
        Some(out)
    }

    fn joiner(&self) -> Option<&'static str> {
        Some("OR")
    }

    fn options(&self) -> &'static [&'static str] {
        &[SUMMARIES_ONLY, EARLIEST]
    }

    fn mark_options(&self, template: &str) -> String {
        mark_options(template)
    }

    fn write_option(&self, option: &str, parameters: &Parameters, out: &mut String) {
        if option == SUMMARIES_ONLY && parameters.summaries_only {
            out.push_str("`summariesonly` ");
        } else if option == EARLIEST && parameters.spl_earliest {
            out.push_str("earliest=-");
            out.push_str(&self.window(parameters.window_days));
            out.push(' ');
        }
    }

    fn finish(&self, body: String, _frame: &QueryFrame, parameters: &Parameters) -> String {
        match parameters.spl_prefix.as_deref().map(str::trim) {
            Some(prefix) if !prefix.is_empty() && !body.starts_with('|') => format!("{prefix} {body}"),
            _ => body,
        }
    }

    fn lint(&self, body: &str) -> Vec<Problem> {
        lint::check(body)
    }

    #[cfg(test)]
    fn read_literal(&self, literal: &str) -> Option<String> {
        tests::read_literal(literal)
    }
}

fn push(out: &mut String, c: char) {
    if matches!(c, '"' | '\\') {
        out.push('\\');
    }
    out.push(c);
}

/// Marks the places of a template that the parameters turn on and off: the macro of each tstats, and its time bound.
fn mark_options(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find("tstats ") {
        let (before, stage) = rest.split_at(at);
        out.push_str(before);
        let end = stage.find("\n|").unwrap_or(stage.len());
        out.push_str(&mark_stage(&stage[..end]));
        rest = &stage[end..];
    }
    out.push_str(rest);
    out
}

fn mark_stage(stage: &str) -> String {
    let stage = stage.replacen("`summariesonly` ", "{{summariesonly}}", 1);
    stage.replacen(" where ", " where {{earliest}}", 1)
}

#[cfg(test)]
mod tests;
