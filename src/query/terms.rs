//! Single terms: words, and fields with their values.

use jiff::Timestamp;

use super::{QueryError, fields, time};
use crate::{
    attack::Phase,
    briefing::Severity,
    indicator::Kind,
    text::{Span, nearest, refang},
    triage::{ArticleId, Compare, Count, Filter, Moment, Pattern, State, Term, TextPlace, Verdict},
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
pub(super) fn word(word: &str, span: Span) -> Result<Option<Filter>, QueryError> {
    let term = match word.to_ascii_lowercase().as_str() {
        "new" | "unread" => Term::State(State::New),
        "read" => Term::State(State::Read),
        "unreviewed" => return Ok(Some(Filter::states(&State::OPEN))),
        "reviewed" => Term::State(State::Reviewed),
        "dismissed" => Term::State(State::Dismissed),
        "snoozed" => Term::State(State::Snoozed),
        "relevant" => Term::Verdict(Verdict::Relevant),
        "escalated" => Term::Verdict(Verdict::Escalated),
        "starred" => Term::Starred,
        "changed" => Term::Changed,
        "reopened" => Term::Reopened,
        "copied" => Term::Copied,
        "demo" => Term::Demo,
        _ => return Ok(words(TextPlace::Anywhere, beginning(&refang(word), span)?)),
    };
    Ok(Some(Filter::Is(term)))
}

/// Reads a quoted phrase.
pub(super) fn phrase(text: &str) -> Option<Filter> {
    words(TextPlace::Anywhere, Pattern { text: refang(text), is_prefix: false })
}

fn words(place: TextPlace, pattern: Pattern) -> Option<Filter> {
    // The index knows no addresses: an address is a row of words, and its scheme may have been written in many ways.
    let text = match pattern.text.split_once("://") {
        Some((scheme, rest)) if scheme.chars().all(|c| c.is_ascii_alphanumeric()) => rest.to_owned(),
        _ => pattern.text,
    };
    let any = text.chars().any(char::is_alphanumeric);
    let pattern = Pattern { text, ..pattern };
    any.then_some(Filter::Is(Term::Text { place, pattern }))
}

/// Returns `true` if a word is too short to stand with a `*` for every word that begins so: a beginning that nearly
/// every text has would take the engine seconds to gather.
pub const fn is_too_short(word: &str) -> bool {
    word.is_ascii() && word.len() < 3
}

/// Reads a text to look for.
fn beginning(text: &str, span: Span) -> Result<Pattern, QueryError> {
    let pattern = pattern(text);
    if pattern.is_prefix && is_too_short(&pattern.text) {
        return Err(QueryError::new("a `*` wants three letters before it", span));
    }
    Ok(pattern)
}

fn pattern(text: &str) -> Pattern {
    match text.strip_suffix('*') {
        Some(stem) => Pattern { text: stem.to_owned(), is_prefix: true },
        None => Pattern { text: text.to_owned(), is_prefix: false },
    }
}

/// Reads a field; `a|b` asks for either value.
pub(super) fn field(asked: &Asked<'_>, span: Span, now: Timestamp) -> Result<Filter, QueryError> {
    let Some(known) = fields::find(asked.name) else {
        return Err(unknown_field(asked, span));
    };
    if asked.value.is_empty() && known.name != "owner" {
        return Err(QueryError::new(format!("`{}` wants a value, such as {}", asked.name, known.example), span));
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
            return Err(QueryError::new("a value is missing beside this `|`", value_span));
        }
        nodes.push(value(known.name, &Asked { value: part, value_span, ..*asked }, now)?);
    }
    Ok(Filter::any(nodes))
}

fn unknown_field(asked: &Asked<'_>, span: Span) -> QueryError {
    let names =
        fields::FIELDS.iter().flat_map(|field| std::iter::once(field.name).chain(field.aliases.iter().copied()));
    let name = asked.name;
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "to look for the text itself, put it in quotes".to_owned(),
    };
    QueryError::new(format!("there is no field `{name}`: {hint}"), Span::new(span.start, span.start + name.len()))
}

/// Reads one value of a known field.
fn value(name: &str, asked: &Asked<'_>, now: Timestamp) -> Result<Filter, QueryError> {
    let compared = matches!(name, "sev" | "score" | "id" | "sources").then(|| with_operator(asked));
    let asked = compared.as_ref().unwrap_or(asked);
    if compared.is_none() && !matches!(asked.operator, ":" | "=") {
        let operator_span = Span::new(asked.value_span.start, asked.value_span.end);
        return Err(QueryError::new(
            format!("`{}` cannot be compared: write {}:{}", asked.name, asked.name, asked.value),
            operator_span,
        ));
    }
    let text = asked.value;
    let term = match name {
        "sev" => severity(asked)?,
        "score" => Term::Count(Count::Score, compare(asked.operator), integer(asked)?),
        "id" => Term::Id(compare(asked.operator), ArticleId(integer(asked)?)),
        "sources" => Term::Count(Count::Sources, compare(asked.operator), integer(asked)?),
        "story" => Term::Story(ArticleId(integer(asked)?)),
        "state" if text.eq_ignore_ascii_case("unreviewed") => {
            return Ok(Filter::states(&State::OPEN));
        }
        "state" => Term::State(State::from_name(text).ok_or_else(|| one_of(asked, &State::ALL.map(State::name)))?),
        "verdict" if text == "none" => {
            return Ok(Filter::any(Verdict::ALL.map(|verdict| Filter::Is(Term::Verdict(verdict)))).negated());
        }
        "verdict" => {
            let verdict = Verdict::from_name(text);
            Term::Verdict(verdict.ok_or_else(|| one_of(asked, &Verdict::ALL.map(Verdict::name)))?)
        }
        "t" => technique(asked)?,
        "ioc" => indicator(text),
        "cve" => Term::Indicator { kind: Some(Kind::Cve), value: cve(text) },
        "hunt" => Term::Hunt(pattern(text)),
        "phase" => Term::Phase(phase(asked)?),
        "feed" => Term::Feed(text.to_owned()),
        "tag" => Term::Tag(pattern(text)),
        "owner" if text.is_empty() || text == "none" => return Ok(Filter::Is(Term::Owned).negated()),
        "owner" if text == "any" => Term::Owned,
        "owner" => Term::Owner(text.to_owned()),
        "newer" => Term::Time(Moment::Published, Compare::AtLeast, moment(asked, now)?),
        "older" => Term::Time(Moment::Published, Compare::Less, moment(asked, now)?),
        "seen" => Term::Time(Moment::Seen, Compare::AtLeast, moment(asked, now)?),
        "touched" => Term::Time(Moment::Touched, Compare::AtLeast, moment(asked, now)?),
        "title" => return in_part(asked, TextPlace::Title, beginning(text, asked.value_span)?),
        "source" => return in_part(asked, TextPlace::Source, Pattern { is_prefix: true, ..pattern(text) }),
        "has" => has(asked)?,
        "demo" => return demo(asked),
        _ => return Err(QueryError::new(format!("there is no field `{name}`"), asked.value_span)),
    };
    Ok(Filter::Is(term))
}

fn in_part(asked: &Asked<'_>, place: TextPlace, pattern: Pattern) -> Result<Filter, QueryError> {
    words(place, pattern)
        .ok_or_else(|| QueryError::new("there is no letter and no digit to look for in this", asked.value_span))
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
    QueryError::new(format!("`{}` knows no `{}`: {hint}", asked.name, asked.value), asked.value_span)
}

fn severity(asked: &Asked<'_>) -> Result<Term, QueryError> {
    let severity = match asked.value.to_ascii_lowercase().as_str() {
        "critical" => Some(Severity::Crit),
        "medium" => Some(Severity::Med),
        word => Severity::from_word(word),
    };
    let severity = severity.ok_or_else(|| one_of(asked, &["crit", "high", "med", "low"]))?;
    Ok(Term::Severity(compare(asked.operator), severity))
}

fn integer(asked: &Asked<'_>) -> Result<i64, QueryError> {
    asked.value.parse().map_err(|_| QueryError::new(format!("`{}` wants a whole number", asked.name), asked.value_span))
}

fn moment(asked: &Asked<'_>, now: Timestamp) -> Result<Timestamp, QueryError> {
    time::read(asked.value, now).ok_or_else(|| {
        QueryError::new(format!("`{}` wants a time such as 7d, 36h, 2w or 2026-11-01", asked.name), asked.value_span)
    })
}

fn technique(asked: &Asked<'_>) -> Result<Term, QueryError> {
    asked.value.parse().map(Term::Technique).map_err(|_| {
        QueryError::new(
            format!("`{}` is no technique: it looks like T1059 or T1059.001", asked.value),
            asked.value_span,
        )
    })
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
        Some(kind) => Term::IndicatorKind(kind),
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

fn phase(asked: &Asked<'_>) -> Result<Phase, QueryError> {
    let found = Phase::ALL.into_iter().find(|phase| phase.name().eq_ignore_ascii_case(asked.value));
    found.ok_or_else(|| one_of(asked, &Phase::ALL.map(Phase::name)))
}

fn has(asked: &Asked<'_>) -> Result<Term, QueryError> {
    let some = |count| Ok(Term::Count(count, Compare::More, 0));
    match asked.value.to_ascii_lowercase().as_str() {
        "ioc" | "iocs" | "indicator" | "indicators" => some(Count::Indicators),
        "technique" | "techniques" => some(Count::Techniques),
        "hunt" | "hunts" => some(Count::Hunts),
        "note" | "notes" => Ok(Term::Noted),
        "owner" => Ok(Term::Owned),
        "copy" | "copies" => Ok(Term::Copied),
        _ => Err(one_of(asked, &["iocs", "techniques", "hunts", "notes", "owner", "copies"])),
    }
}

fn demo(asked: &Asked<'_>) -> Result<Filter, QueryError> {
    match asked.value.to_ascii_lowercase().as_str() {
        "yes" | "only" => Ok(Filter::Is(Term::Demo)),
        "no" => Ok(Filter::Is(Term::Demo).negated()),
        _ => Err(one_of(asked, &["yes", "no"])),
    }
}
