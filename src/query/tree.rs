/// A query as a tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// All of them hold; two or more.
    And(Vec<Node>),
    /// One of them holds; two or more.
    Or(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// One term.
    Is(Term),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// What can be compared by number; the columns of the article table of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Severity,
    Score,
    Published,
    Seen,
    Touched,
    Id,
    Indicators,
    Techniques,
    Hunts,
    Sources,
}

/// The part of an article in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    Title,
    Source,
}

/// A value of which only the beginning may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub text: String,
    /// Whether the value only begins so.
    pub begins: bool,
}

/// One term of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Words { place: Place, pattern: Pattern },
    Number(Measure, Compare, i64),
    State(i64),
    Verdict(i64),
    Starred,
    Demo,
    Changed,
    Copied,
    Noted,
    Owned,
    Owner(String),
    Technique { low: i64, high: i64 },
    IndicatorKind(i64),
    Indicator { kind: Option<i64>, value: Pattern },
    Feed(String),
    Tag(Pattern),
    Hunt(Pattern),
    Phase(u8),
    Story(i64),
}

impl Node {
    /// Joins nodes of which all must hold, flattening what is joined so already.
    pub(super) fn and(nodes: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::And(flat) }
    }

    /// Joins nodes of which one must hold.
    pub(super) fn or(nodes: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::Or(flat) }
    }

    /// Collects the words that are looked for and not excluded.
    pub(super) fn words(&self, into: &mut Vec<String>) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|node| node.words(into)),
            Self::Is(Term::Words { place: Place::Anywhere | Place::Title, pattern }) => into.push(pattern.text.clone()),
            Self::Is(_) | Self::Not(_) => {}
        }
    }
}
