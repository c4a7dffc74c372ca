//! Single terms: words, and fields with their values.

use jiff::Timestamp;

use super::{
    QueryError, fields,
    number::{STATES, VERDICTS, kind_number, severity_number, state_number, technique_number, verdict_number},
    parse::error,
    time,
    tree::{Compare, Measure, Node, Pattern, Place, Term},
};
use crate::{
    attack::{Phase, TechniqueId},
    briefing::Severity,
    indicator::Kind,
    text::{Span, nearest, refang},
};

/// A field as it was written.
pub(super) struct Asked<'a> {
    pub name: &'a str,
    pub operator: &'a str,
    pub value: &'a str,
    pub value_span: Span,
    pub quoted: bool,
}

/// Reads a bare word: one that stands for a term, or one to look for. None when there is nothing to look for in it.
pub(super) fn word(word: &str, span: Span) -> Result<Option<Node>, QueryError> {
    let term = match word.to_ascii_lowercase().as_str() {
        "new" | "unread" => Term::State(0),
        "read" => Term::State(1),
        "unreviewed" => return Ok(Some(Node::or([Node::Is(Term::State(0)), Node::Is(Term::State(1))]))),
        "reviewed" => Term::State(2),
        "dismissed" => Term::State(3),
        "snoozed" => Term::State(4),
        "relevant" => Term::Verdict(0),
        "escalated" => Term::Verdict(2),
        "starred" => Term::Starred,
        "changed" => Term::Changed,
        "copied" => Term::Copied,
        "demo" => Term::Demo,
        _ => return Ok(words(Place::Anywhere, beginning(&refang(word), span)?)),
    };
    Ok(Some(Node::Is(term)))
}

/// Reads a quoted phrase.
pub(super) fn phrase(text: &str) -> Option<Node> {
    words(Place::Anywhere, Pattern { text: refang(text), begins: false })
}

fn words(place: Place, pattern: Pattern) -> Option<Node> {
    // The index knows no addresses: an address is a row of words, and its scheme may have been written in many ways.
    let text = match pattern.text.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(|c| c.is_ascii_alphanumeric()) => rest.to_owned(),
        _ => pattern.text,
    };
    let any = text.chars().any(char::is_alphanumeric);
    let pattern = Pattern { text, ..pattern };
    any.then_some(Node::Is(Term::Words { place, pattern }))
}

/// Returns `true` if a word is too short to stand with a `*` for every word that begins so: a beginning that nearly
/// every text has would take the engine seconds to gather.
pub const fn is_too_short(word: &str) -> bool {
    word.is_ascii() && word.len() < 3
}

/// Reads a text to look for.
fn beginning(text: &str, span: Span) -> Result<Pattern, QueryError> {
    let pattern = pattern(text);
    if pattern.begins && is_too_short(&pattern.text) {
        return Err(error("a `*` wants three letters before it", span));
    }
    Ok(pattern)
}

fn pattern(text: &str) -> Pattern {
    match text.strip_suffix('*') {
        Some(stem) => Pattern { text: stem.to_owned(), begins: true },
        None => Pattern { text: text.to_owned(), begins: false },
    }
}

/// Reads a field; `a|b` asks for either value.
pub(super) fn field(asked: &Asked<'_>, span: Span, now: Timestamp) -> Result<Node, QueryError> {
    let Some(known) = fields::find(asked.name) else {
        return Err(unknown_field(asked, span));
    };
    if asked.value.is_empty() && known.name != "owner" {
        return Err(error(format!("`{}` wants a value, such as {}", asked.name, known.example), span));
    }
    let single = asked.quoted || matches!(known.name, "ioc" | "title" | "source");
    if single || !asked.value.contains('|') {
        return value(known.name, asked, now);
    }
    let mut start = asked.value_span.start;
    let mut nodes = Vec::new();
    for part in asked.value.split('|') {
        let value_span = Span::new(start, start + part.len());
        start += part.len() + 1;
        if part.is_empty() {
            return Err(error("a value is missing beside this `|`", value_span));
        }
        nodes.push(value(known.name, &Asked { value: part, value_span, ..*asked }, now)?);
    }
    Ok(Node::or(nodes))
}

fn unknown_field(asked: &Asked<'_>, span: Span) -> QueryError {
    let names =
        fields::FIELDS.iter().flat_map(|field| std::iter::once(field.name).chain(field.aliases.iter().copied()));
    let name = asked.name;
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "to look for the text itself, put it in quotes".to_owned(),
    };
    error(format!("there is no field `{name}`: {hint}"), Span::new(span.start, span.start + name.len()))
}

/// Reads one value of a known field.
fn value(name: &str, asked: &Asked<'_>, now: Timestamp) -> Result<Node, QueryError> {
    let compared = matches!(name, "sev" | "score" | "id" | "sources").then(|| with_operator(asked));
    let asked = compared.as_ref().unwrap_or(asked);
    if compared.is_none() && !matches!(asked.operator, ":" | "=") {
        let operator_span = Span::new(asked.value_span.start, asked.value_span.end);
        return Err(error(
            format!("`{}` cannot be compared: write {}:{}", asked.name, asked.name, asked.value),
            operator_span,
        ));
    }
    let text = asked.value;
    let term = match name {
        "sev" => severity(asked)?,
        "score" => Term::Number(Measure::Score, compare(asked.operator), integer(asked)?),
        "id" => Term::Number(Measure::Id, compare(asked.operator), integer(asked)?),
        "sources" => Term::Number(Measure::Sources, compare(asked.operator), integer(asked)?),
        "story" => Term::Story(integer(asked)?),
        "state" if text.eq_ignore_ascii_case("unreviewed") => {
            return Ok(Node::or([Node::Is(Term::State(0)), Node::Is(Term::State(1))]));
        }
        "state" => Term::State(state_number(text).ok_or_else(|| one_of(asked, &STATES))?),
        "verdict" if text == "none" => {
            return Ok(Node::Not(Box::new(Node::or((0..3).map(Term::Verdict).map(Node::Is)))));
        }
        "verdict" => Term::Verdict(verdict_number(text).ok_or_else(|| one_of(asked, &VERDICTS))?),
        "t" => technique(asked)?,
        "ioc" => indicator(text),
        "cve" => Term::Indicator { kind: Some(kind_number(Kind::Cve)), value: cve(text) },
        "hunt" => Term::Hunt(pattern(text)),
        "phase" => Term::Phase(phase(asked)?),
        "feed" => Term::Feed(text.to_owned()),
        "tag" => Term::Tag(pattern(text)),
        "owner" if text.is_empty() || text == "none" => return Ok(Node::Not(Box::new(Node::Is(Term::Owned)))),
        "owner" if text == "any" => Term::Owned,
        "owner" => Term::Owner(text.to_owned()),
        "newer" => Term::Number(Measure::Published, Compare::AtLeast, moment(asked, now)?),
        "older" => Term::Number(Measure::Published, Compare::Less, moment(asked, now)?),
        "seen" => Term::Number(Measure::Seen, Compare::AtLeast, moment(asked, now)?),
        "touched" => Term::Number(Measure::Touched, Compare::AtLeast, moment(asked, now)?),
        "title" => return in_part(asked, Place::Title, beginning(text, asked.value_span)?),
        "source" => return in_part(asked, Place::Source, Pattern { begins: true, ..pattern(text) }),
        "has" => has(asked)?,
        "demo" => return demo(asked),
        _ => return Err(error(format!("there is no field `{name}`"), asked.value_span)),
    };
    Ok(Node::Is(term))
}

fn in_part(asked: &Asked<'_>, place: Place, pattern: Pattern) -> Result<Node, QueryError> {
    words(place, pattern).ok_or_else(|| error("there is no letter and no digit to look for in this", asked.value_span))
}

/// Takes `score:>5` for `score>5`.
fn with_operator<'a>(asked: &Asked<'a>) -> Asked<'a> {
    let operator = [">=", "<=", ">", "<"].into_iter().find(|operator| asked.value.starts_with(operator));
    let Some(operator) = operator.filter(|_| asked.operator == ":" && !asked.quoted) else { return Asked { ..*asked } };
    let start = asked.value_span.start + operator.len();
    let value_span = Span::new(start, asked.value_span.end);
    Asked { operator, value: &asked.value[operator.len()..], value_span, ..*asked }
}

fn compare(operator: &str) -> Compare {
    match operator {
        ">=" => Compare::AtLeast,
        "<=" => Compare::AtMost,
        ">" => Compare::More,
        "<" => Compare::Less,
        _ => Compare::Equal,
    }
}

fn one_of(asked: &Asked<'_>, names: &[&str]) -> QueryError {
    let hint = match nearest(asked.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it is one of {}", names.join(", ")),
    };
    error(format!("`{}` knows no `{}`: {hint}", asked.name, asked.value), asked.value_span)
}

fn severity(asked: &Asked<'_>) -> Result<Term, QueryError> {
    let severity = match asked.value.to_ascii_lowercase().as_str() {
        "critical" => Some(Severity::Crit),
        "medium" => Some(Severity::Med),
        word => Severity::from_word(word),
    };
    let severity = severity.ok_or_else(|| one_of(asked, &["crit", "high", "med", "low"]))?;
    Ok(Term::Number(Measure::Severity, compare(asked.operator), severity_number(severity)))
}

fn integer(asked: &Asked<'_>) -> Result<i64, QueryError> {
    asked.value.parse().map_err(|_| error(format!("`{}` wants a whole number", asked.name), asked.value_span))
}

fn moment(asked: &Asked<'_>, now: Timestamp) -> Result<i64, QueryError> {
    time::read(asked.value, now).ok_or_else(|| {
        error(format!("`{}` wants a time such as 7d, 36h, 2w or 2026-11-01", asked.name), asked.value_span)
    })
}

fn technique(asked: &Asked<'_>) -> Result<Term, QueryError> {
    let id: TechniqueId = asked.value.parse().map_err(|_| {
        error(format!("`{}` is no technique: it looks like T1059 or T1059.001", asked.value), asked.value_span)
    })?;
    let low = technique_number(id);
    Ok(Term::Technique { low, high: if id.is_sub() { low } else { low + 999 } })
}

/// Reads what `ioc:` asks: a kind by its name, else a value, whose case does not matter.
fn indicator(text: &str) -> Term {
    let name = text.to_ascii_lowercase().replace('-', "_");
    let kind = match name.as_str() {
        "ip" => Some(Kind::Ipv4),
        "hash" => Some(Kind::Sha256),
        _ => Kind::from_name(&name),
    };
    match kind {
        Some(kind) => Term::IndicatorKind(kind_number(kind)),
        None => Term::Indicator { kind: None, value: pattern(&refang(text)) },
    }
}

/// Reads a CVE number however its dashes are written.
fn cve(text: &str) -> Pattern {
    let dashed: String = text
        .chars()
        .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '_') { '-' } else { c.to_ascii_uppercase() })
        .collect();
    let full = if dashed.starts_with("CVE") { dashed } else { format!("CVE-{dashed}") };
    pattern(&full)
}

fn phase(asked: &Asked<'_>) -> Result<u8, QueryError> {
    let found = Phase::ALL.iter().position(|phase| phase.name().eq_ignore_ascii_case(asked.value));
    found.map(|at| at as u8).ok_or_else(|| one_of(asked, &Phase::ALL.map(Phase::name)))
}

fn has(asked: &Asked<'_>) -> Result<Term, QueryError> {
    let some = |measure| Ok(Term::Number(measure, Compare::More, 0));
    match asked.value.to_ascii_lowercase().as_str() {
        "ioc" | "iocs" | "indicator" | "indicators" => some(Measure::Indicators),
        "technique" | "techniques" => some(Measure::Techniques),
        "hunt" | "hunts" => some(Measure::Hunts),
        "note" | "notes" => Ok(Term::Noted),
        "owner" => Ok(Term::Owned),
        "copy" | "copies" => Ok(Term::Copied),
        _ => Err(one_of(asked, &["iocs", "techniques", "hunts", "notes", "owner", "copies"])),
    }
}

fn demo(asked: &Asked<'_>) -> Result<Node, QueryError> {
    match asked.value.to_ascii_lowercase().as_str() {
        "yes" | "only" => Ok(Node::Is(Term::Demo)),
        "no" => Ok(Node::Not(Box::new(Node::Is(Term::Demo)))),
        _ => Err(one_of(asked, &["yes", "no"])),
    }
}
