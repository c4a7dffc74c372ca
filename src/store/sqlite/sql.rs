//! A filter written as the conditions of a WHERE clause. Values are bound, never written into the text.

use super::{
    code::{MAX_KIND_NUMBER, kind_number, phase_bit, severity_number, state_number, technique_number, verdict_number},
    fulltext,
};
use crate::{
    attack::TechniqueId,
    indicator::Kind,
    triage::{Compare, Count, Filter, Moment, Pattern, Term},
};

/// A value to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// One condition of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// A condition on the article table `a`, or a SELECT of article numbers when `set`; with one `?` a value.
    pub sql: String,
    /// The values, in the order of the `?`.
    pub values: Vec<Value>,
    /// Whether `sql` selects the numbers of the articles for which the condition holds.
    pub set: bool,
}

/// A filter as conditions of which all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// The conditions.
    pub parts: Vec<Part>,
    /// Whether nothing is asked but what the table `standing` keeps counts of.
    pub is_counted: bool,
}

/// Writes a filter.
pub(super) fn clause(filter: &Filter) -> Clause {
    let nodes = match filter {
        Filter::All(nodes) => nodes,
        node => std::slice::from_ref(node),
    };
    let (words, others): (Vec<&Filter>, Vec<&Filter>) = nodes.iter().partition(|node| match_text(node).is_some());
    let mut parts = Vec::new();
    // One search for all words is far quicker than a search for each.
    let texts: Vec<String> = words.into_iter().filter_map(match_text).collect();
    if !texts.is_empty() {
        parts.push(search(texts.join(" AND ")));
    }
    parts.extend(others.into_iter().map(node_part));
    Clause { parts, is_counted: is_counted(filter) }
}

/// Returns `true` if a filter asks nothing but the columns of the table `standing`.
fn is_counted(filter: &Filter) -> bool {
    match filter {
        Filter::All(filters) | Filter::Any(filters) => filters.iter().all(is_counted),
        Filter::Not(inner) => is_counted(inner),
        Filter::Is(term) => {
            matches!(term, Term::Severity(..) | Term::State(_) | Term::Verdict(_) | Term::Starred | Term::Demo)
        }
    }
}

/// Returns a node as one full-text expression, where it asks for nothing but words.
fn match_text(node: &Filter) -> Option<String> {
    match node {
        Filter::Is(Term::Text { place, pattern }) => fulltext::phrase(*place, pattern),
        Filter::All(nodes) => joined(nodes, " AND "),
        Filter::Any(nodes) => joined(nodes, " OR "),
        Filter::Is(_) | Filter::Not(_) => None,
    }
}

fn joined(nodes: &[Filter], by: &str) -> Option<String> {
    let texts: Option<Vec<String>> = nodes.iter().map(match_text).collect();
    texts.map(|texts| format!("({})", texts.join(by)))
}

fn search(expression: String) -> Part {
    set("SELECT rowid FROM search WHERE search MATCH ?", [Value::Text(expression)])
}

fn set(sql: impl Into<String>, values: impl Into<Vec<Value>>) -> Part {
    Part { sql: sql.into(), values: values.into(), set: true }
}

fn plain(sql: impl Into<String>, values: impl Into<Vec<Value>>) -> Part {
    Part { sql: sql.into(), values: values.into(), set: false }
}

fn node_part(node: &Filter) -> Part {
    if let Some(expression) = match_text(node) {
        return search(expression);
    }
    match node {
        Filter::Is(term) => term_part(term),
        Filter::Not(inner) => {
            let Part { sql, values, .. } = embedded(node_part(inner));
            // A comparison with an absent value is neither true nor false; its opposite has to hold all the same.
            plain(format!("coalesce({sql}, 0) = 0"), values)
        }
        Filter::All(nodes) => group(nodes, " AND "),
        Filter::Any(nodes) => group(nodes, " OR "),
    }
}

fn group(nodes: &[Filter], by: &str) -> Part {
    let mut texts = Vec::new();
    let mut values = Vec::new();
    for node in nodes {
        let part = embedded(node_part(node));
        texts.push(part.sql);
        values.extend(part.values);
    }
    plain(format!("({})", texts.join(by)), values)
}

/// Makes a set a condition.
fn embedded(part: Part) -> Part {
    if part.set { plain(format!("+a.id IN ({})", part.sql), part.values) } else { part }
}

fn term_part(term: &Term) -> Part {
    let number = |sql: &str, value: i64| plain(sql, [Value::Integer(value)]);
    match term {
        // Nothing to look for: what is left of such a word excludes nothing.
        Term::Text { .. } => plain("1", []),
        // As a set it is looked up; as a comparison the whole index would be walked for it.
        Term::Id(Compare::Equal, id) => set("SELECT ?", [Value::Integer(id.0)]),
        Term::Id(compare, id) => number(&format!("a.id {} ?", operator(*compare)), id.0),
        Term::Time(moment @ (Moment::Seen | Moment::Touched), compare, time) => set(
            format!("SELECT a.id FROM article a WHERE {} {} ?", time_column(*moment), operator(*compare)),
            [Value::Integer(time.as_second())],
        ),
        Term::Time(moment, compare, time) => {
            number(&format!("{} {} ?", time_column(*moment), operator(*compare)), time.as_second())
        }
        Term::Severity(compare, severity) => {
            number(&format!("a.severity {} ?", operator(*compare)), severity_number(*severity))
        }
        // Most articles stand alone: those that do not are looked up.
        Term::Count(Count::Sources, compare @ (Compare::AtLeast | Compare::More), value) if *value > 1 => set(
            format!("SELECT id FROM article WHERE others > 0 AND others + 1 {} ?", operator(*compare)),
            [Value::Integer(*value)],
        ),
        Term::Count(count, compare, value) => {
            number(&format!("{} {} ?", count_column(*count), operator(*compare)), *value)
        }
        Term::State(state) => number("a.state = ?", state_number(*state)),
        Term::Verdict(verdict) => number("a.verdict = ?", verdict_number(*verdict)),
        Term::Starred => plain("a.starred = 1", []),
        Term::Demo => plain("a.demo = 1", []),
        Term::Changed => set("SELECT id FROM article WHERE changed IS NOT NULL", []),
        Term::Reopened => set("SELECT id FROM article WHERE reopened IS NOT NULL", []),
        Term::Copied => set("SELECT article FROM copied", []),
        Term::Noted => set("SELECT id FROM article WHERE note <> ''", []),
        Term::Owned => set("SELECT id FROM article WHERE owner <> ''", []),
        Term::Owner(name) => {
            set("SELECT id FROM article WHERE owner <> '' AND owner = ? COLLATE NOCASE", [Value::Text(name.clone())])
        }
        Term::Technique(id) => technique(*id),
        Term::IndicatorKind(kind) => number("a.kinds & (1 << ?)", kind_number(*kind)),
        Term::Indicator { kind, value } => indicator(*kind, value),
        Term::Feed(name) => feed(name),
        Term::Tag(pattern) => named("tag", pattern),
        Term::Hunt(pattern) => named("hunt", pattern),
        Term::Story(id) => set(
            "SELECT ? UNION SELECT id FROM article WHERE story = (SELECT story FROM article WHERE id = ?)",
            [Value::Integer(id.0), Value::Integer(id.0)],
        ),
        Term::Phase(phase) => number("a.phases & (1 << ?)", phase_bit(*phase)),
    }
}

const fn count_column(count: Count) -> &'static str {
    match count {
        Count::Score => "a.score",
        Count::Indicators => "a.indicators",
        Count::Techniques => "a.techniques",
        Count::Hunts => "a.hunts",
        Count::Sources => "a.others + 1",
    }
}

const fn time_column(moment: Moment) -> &'static str {
    match moment {
        Moment::Published => "a.published",
        Moment::Seen => "a.seen",
        Moment::Touched => "a.touched",
    }
}

/// Asks for a technique; a parent stands for the range of its sub-techniques.
fn technique(id: TechniqueId) -> Part {
    let low = technique_number(id);
    let high = if id.is_sub() { low } else { low + 999 };
    set("SELECT article FROM technique WHERE technique BETWEEN ? AND ?", [Value::Integer(low), Value::Integer(high)])
}

const fn operator(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::Equal => "=",
        Compare::AtLeast => ">=",
        Compare::More => ">",
    }
}

/// Asks for a value in a column, whole or by its beginning; both through the column's index.
fn matches(column: &str, pattern: &Pattern) -> (String, Vec<Value>) {
    if pattern.is_prefix {
        let end = format!("{}\u{10FFFF}", pattern.text);
        (format!("{column} >= ? AND {column} < ?"), vec![Value::Text(pattern.text.clone()), Value::Text(end)])
    } else {
        (format!("{column} = ?"), vec![Value::Text(pattern.text.clone())])
    }
}

fn named(table: &str, pattern: &Pattern) -> Part {
    let (condition, values) = matches(table, pattern);
    set(format!("SELECT article FROM {table} WHERE {condition}"), values)
}

fn indicator(kind: Option<Kind>, pattern: &Pattern) -> Part {
    let (condition, values) = matches("value", pattern);
    // The index begins with the kind, so that every number that a kind may have is looked up in turn.
    let kinds = match kind {
        Some(kind) => kind_number(kind).to_string(),
        None => (0..=MAX_KIND_NUMBER).map(|kind| kind.to_string()).collect::<Vec<_>>().join(","),
    };
    set(format!("SELECT article FROM indicator WHERE kind IN ({kinds}) AND {condition}"), values)
}

/// Asks for a feed by the beginning of a word of its name, in any case.
fn feed(name: &str) -> Part {
    let escaped: String =
        name.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect();
    set(
        "SELECT article FROM filing WHERE feed IN (SELECT id FROM feed WHERE ' ' || name LIKE ? ESCAPE '\\')",
        [Value::Text(format!("% {escaped}%"))],
    )
}

#[cfg(test)]
mod tests;
