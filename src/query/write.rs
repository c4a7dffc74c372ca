//! A tree written as the conditions of a WHERE clause. Values are bound, never written into the text.

use super::{
    fulltext,
    tree::{Compare, Measure, Node, Pattern, Term},
};

/// A value to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// One condition of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// A condition on the article table `a`, or a SELECT of article numbers when `set`; with one `?` a value.
    pub sql: String,
    /// The values, in the order of the `?`.
    pub values: Vec<Value>,
    /// Whether `sql` selects the numbers of the articles for which the condition holds.
    pub set: bool,
}

/// A query as conditions of which all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// The conditions.
    pub parts: Vec<Part>,
}

/// Writes a tree.
pub(super) fn clause(root: Option<&Node>) -> Clause {
    let nodes = match root {
        None => &[][..],
        Some(Node::And(nodes)) => nodes,
        Some(node) => std::slice::from_ref(node),
    };
    let (words, others): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| match_text(node).is_some());
    let mut parts = Vec::new();
    // One search for all words is far quicker than a search for each.
    let texts: Vec<String> = words.into_iter().filter_map(match_text).collect();
    if !texts.is_empty() {
        parts.push(search(texts.join(" AND ")));
    }
    parts.extend(others.into_iter().map(node_part));
    Clause { parts }
}

/// Returns a node as one full-text expression, where it asks for nothing but words.
fn match_text(node: &Node) -> Option<String> {
    match node {
        Node::Is(Term::Words { place, pattern }) => fulltext::phrase(*place, pattern),
        Node::And(nodes) => joined(nodes, " AND "),
        Node::Or(nodes) => joined(nodes, " OR "),
        Node::Is(_) | Node::Not(_) => None,
    }
}

fn joined(nodes: &[Node], by: &str) -> Option<String> {
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

fn node_part(node: &Node) -> Part {
    if let Some(expression) = match_text(node) {
        return search(expression);
    }
    match node {
        Node::Is(term) => term_part(term),
        Node::Not(inner) => {
            let Part { sql, values, .. } = embedded(node_part(inner));
            // A comparison with an absent value is neither true nor false; its opposite has to hold all the same.
            plain(format!("coalesce({sql}, 0) = 0"), values)
        }
        Node::And(nodes) => group(nodes, " AND "),
        Node::Or(nodes) => group(nodes, " OR "),
    }
}

fn group(nodes: &[Node], by: &str) -> Part {
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
        Term::Words { .. } => plain("1", []),
        // As a set it is looked up; as a comparison the whole index would be walked for it.
        Term::Number(Measure::Id, Compare::Equal, id) => set("SELECT ?", [Value::Integer(*id)]),
        Term::Number(measure @ (Measure::Seen | Measure::Touched), compare, value) => set(
            format!("SELECT a.id FROM article a WHERE {} {} ?", column(*measure), operator(*compare)),
            [Value::Integer(*value)],
        ),
        // Most articles stand alone: those that do not are looked up.
        Term::Number(Measure::Sources, compare @ (Compare::AtLeast | Compare::More), value) if *value > 1 => set(
            format!("SELECT id FROM article WHERE others > 0 AND others + 1 {} ?", operator(*compare)),
            [Value::Integer(*value)],
        ),
        Term::Number(measure, compare, value) => {
            number(&format!("{} {} ?", column(*measure), operator(*compare)), *value)
        }
        Term::State(state) => number("a.state = ?", *state),
        Term::Verdict(verdict) => number("a.verdict = ?", *verdict),
        Term::Starred => plain("a.starred = 1", []),
        Term::Demo => plain("a.demo = 1", []),
        Term::Changed => set("SELECT id FROM article WHERE changed IS NOT NULL", []),
        Term::Copied => set("SELECT article FROM copied", []),
        Term::Noted => set("SELECT id FROM article WHERE note <> ''", []),
        Term::Owned => set("SELECT id FROM article WHERE owner <> ''", []),
        Term::Owner(name) => {
            set("SELECT id FROM article WHERE owner <> '' AND owner = ? COLLATE NOCASE", [Value::Text(name.clone())])
        }
        Term::Technique { low, high } => set(
            "SELECT article FROM technique WHERE technique BETWEEN ? AND ?",
            [Value::Integer(*low), Value::Integer(*high)],
        ),
        Term::IndicatorKind(kind) => number("a.kinds & (1 << ?)", *kind),
        Term::Indicator { kind, value } => indicator(*kind, value),
        Term::Feed(name) => feed(name),
        Term::Tag(pattern) => named("tag", pattern),
        Term::Hunt(pattern) => named("hunt", pattern),
        Term::Story(id) => set(
            "SELECT ? UNION SELECT id FROM article WHERE story = (SELECT story FROM article WHERE id = ?)",
            [Value::Integer(*id), Value::Integer(*id)],
        ),
        Term::Phase(phase) => number("a.phases & (1 << ?)", i64::from(*phase)),
    }
}

const fn column(measure: Measure) -> &'static str {
    match measure {
        Measure::Severity => "a.severity",
        Measure::Score => "a.score",
        Measure::Published => "a.published",
        Measure::Seen => "a.seen",
        Measure::Touched => "a.touched",
        Measure::Id => "a.id",
        Measure::Indicators => "a.indicators",
        Measure::Techniques => "a.techniques",
        Measure::Hunts => "a.hunts",
        Measure::Sources => "a.others + 1",
    }
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
    if pattern.begins {
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

fn indicator(kind: Option<i64>, pattern: &Pattern) -> Part {
    let (condition, values) = matches("value", pattern);
    // The index begins with the kind, so that every number that a kind may have is looked up in turn.
    let kinds = kind
        .map_or_else(|| (0..=62).map(|kind| kind.to_string()).collect::<Vec<_>>().join(","), |kind| kind.to_string());
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
