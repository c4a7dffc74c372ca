//! Sigma: a YAML rule.
//!
//! Values stand in single quotes; `*` and `?` are Sigma's wildcards, escaped with a backslash.

mod lint;

use std::fmt::Write as _;

use uuid::Uuid;

use super::{Affix, Delimited, Language, Problem, QueryFrame, Syntax, SyntaxForm};
use crate::{
    attack,
    hunt::{Confidence, Meta, Parameters},
};

pub(super) struct Sigma;

/// The namespace of rule ids: a rule keeps its id as long as its hunt does.
const NAMESPACE: Uuid = Uuid::from_u128(0x4b1d_7c1e_52a0_4e0b_9a52_6d6a_7d6b_0c31);

static SYNTAX: Syntax = Syntax {
    form: SyntaxForm::Yaml,
    keywords: &[],
    delimited: &[Delimited::literal("'", false), Delimited::literal("\"", true)],
};

impl Language for Sigma {
    fn name(&self) -> &'static str {
        "sigma"
    }

    fn label(&self) -> &'static str {
        "Sigma"
    }

    fn key(&self) -> char {
        'g'
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn literal(&self, value: &str, affix: &Affix) -> Option<String> {
        if value.chars().any(|c| c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')) {
            return None;
        }
        let wild = |text: &str| text.chars().map(|c| (c, c != '*')).collect::<Vec<_>>();
        let mut chars = wild(&affix.before);
        chars.extend(value.chars().map(|c| (c, true)));
        chars.extend(wild(&affix.after));
        let mut out = String::with_capacity(chars.len() + 2);
        out.push('\'');
        for (at, &(c, plain)) in chars.iter().enumerate() {
            match c {
                '*' | '?' if plain => out.push('\\'),
                // A lone backslash stands for itself; before another, a wildcard or the end it would not.
                '\\' => {
                    let neighbour = |place: Option<usize>| place.and_then(|place| chars.get(place)).map(|&(c, _)| c);
                    let before = neighbour(at.checked_sub(1));
                    if before == Some('\\') || matches!(neighbour(Some(at + 1)), None | Some('\\' | '*' | '?')) {
                        out.push('\\');
                    }
                }
                '\'' => out.push('\''),
                _ => {}
            }
            out.push(c);
        }
        out.push('\'');
        Some(out)
    }

    fn quote(&self) -> char {
        '\''
    }

    fn joiner(&self) -> Option<&'static str> {
        None
    }

    fn frame(&self, meta: &Meta) -> QueryFrame {
        rule(meta)
    }

    /// Puts the rule around the body: its description goes with the head, its detection before the tail.
    fn finish(&self, body: String, frame: &QueryFrame, _parameters: &Parameters) -> String {
        let split = if body.starts_with("description:") { body.find("\nlogsource:").map_or(0, |at| at + 1) } else { 0 };
        let (description, rest) = body.split_at(split);
        let author = frame.head.find("author: ").unwrap_or(frame.head.len());
        let (before, after) = frame.head.split_at(author);
        format!("{before}{description}{after}{rest}\n{}", frame.tail)
    }

    fn lint(&self, body: &str) -> Vec<Problem> {
        lint::check(body)
    }

    #[cfg(test)]
    fn read_literal(&self, literal: &str) -> Option<String> {
        tests::read_literal(literal)
    }
}

/// Writes what stands before and after the body of a hunt's rule.
fn rule(meta: &Meta) -> QueryFrame {
    let id = Uuid::new_v5(&NAMESPACE, meta.id.0.as_bytes());
    let mut head = format!("title: {}\nid: {id}\nstatus: experimental\n", scalar(&meta.title));
    let mut tags = String::new();
    let mut tactics = Vec::new();
    for id in &meta.techniques {
        let technique = attack::Catalogue::shipped().get(*id);
        tactics.extend(technique.iter().flat_map(|technique| technique.tactics.iter().copied()));
    }
    tactics.sort_unstable();
    tactics.dedup();
    let techniques = meta.techniques.iter().map(|id| id.to_string().to_ascii_lowercase());
    for tag in tactics.into_iter().map(str::to_owned).chain(techniques) {
        let _ = writeln!(tags, "    - attack.{tag}");
    }
    let _ = write!(head, "author: huntdeck\ndate: {}\n", meta.date);
    if !tags.is_empty() {
        let _ = write!(head, "tags:\n{tags}");
    }
    let mut tail = String::from("falsepositives:\n");
    for item in &meta.false_positives {
        let _ = writeln!(tail, "    - {}", scalar(item));
    }
    let level = match meta.confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    };
    let _ = write!(tail, "level: {level}");
    QueryFrame { head, tail }
}

/// Writes a YAML scalar, quoted only where it has to be.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && text.chars().all(|c| !c.is_control());
    if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

#[cfg(test)]
mod tests;
