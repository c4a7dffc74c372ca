//! Values to try hunts with: none, one, many, and such as break careless quoting.

use super::{Dialect, Hunt, Parameters, Value, template::Filled};
use crate::indicator::Kind;

/// Which values a hunt was tried with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueSet {
    Empty,
    One(Kind),
    Many,
    Nasty,
}

impl ValueSet {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::One(_) => "one",
            Self::Many => "many",
            Self::Nasty => "nasty",
        }
    }
}

/// Which parameters a hunt was tried with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Defaults,
    /// All data instead of summaries, over a longer time.
    AllData,
    /// With a time bound of its own, which other checkers of tstats do not know.
    Bounded,
}

impl Variant {
    const ALL: [Self; 3] = [Self::Defaults, Self::AllData, Self::Bounded];

    fn parameters(self) -> Parameters {
        let defaults = Parameters::default();
        match self {
            Self::Defaults => defaults,
            Self::AllData => Parameters { window_days: 30, summaries_only: false, ..defaults },
            Self::Bounded => Parameters { spl_earliest: true, ..defaults },
        }
    }
}

/// A query of a hunt over one of the sets.
#[derive(Debug)]
pub(super) struct Trial {
    pub dialect: Dialect,
    pub set: ValueSet,
    pub variant: Variant,
    /// The query without what the renderer puts around it, and the lines of the file that it comes from.
    pub filled: Filled,
    /// The query as it is copied.
    pub text: String,
}

/// Renders a hunt in every dialect over every set that gives a query.
pub(super) fn trials(hunt: &Hunt) -> impl Iterator<Item = Trial> + '_ {
    Dialect::ALL.into_iter().flat_map(move |dialect| {
        sets(hunt).into_iter().flat_map(move |set| {
            // The parameters change nothing else of a query than its options.
            let variants = if dialect.options().is_empty() { &Variant::ALL[..1] } else { &Variant::ALL };
            variants.iter().filter_map(move |variant| trial(hunt, dialect, set, *variant))
        })
    })
}

fn sets(hunt: &Hunt) -> Vec<ValueSet> {
    if hunt.takes().is_empty() {
        return vec![ValueSet::Empty];
    }
    hunt.takes()
        .iter()
        .map(|kind| ValueSet::One(*kind))
        .chain([ValueSet::Empty, ValueSet::Many, ValueSet::Nasty])
        .collect()
}

fn trial(hunt: &Hunt, dialect: Dialect, set: ValueSet, variant: Variant) -> Option<Trial> {
    let parameters = variant.parameters();
    let values = values(hunt, set);
    // Nasty values go past the allow-list on purpose: the literal alone must hold them.
    let values = if set == ValueSet::Nasty { values } else { hunt.choose(&values, dialect, &parameters).0 };
    let template = hunt.templates.get(dialect)?;
    let filled = hunt.fill(template, &values, dialect, &parameters).ok()?;
    let text = template.finish(filled.text.clone(), &parameters);
    Some(Trial { dialect, set, variant, filled, text })
}

fn values(hunt: &Hunt, set: ValueSet) -> Vec<Value> {
    let of = |kind: Kind, values: &[&str]| {
        values.iter().map(|value| Value { kind, value: (*value).to_owned() }).collect::<Vec<_>>()
    };
    match set {
        ValueSet::Empty => Vec::new(),
        ValueSet::One(kind) => of(kind, &kind.samples()[..1]),
        ValueSet::Many => hunt.takes().iter().flat_map(|kind| of(*kind, kind.samples())).collect(),
        // A range is read as a range by Sigma itself, in quotes or not.
        ValueSet::Nasty => hunt
            .takes()
            .iter()
            .flat_map(|kind| of(*kind, if *kind == Kind::Cidr { kind.samples() } else { NASTY }))
            .collect(),
    }
}

/// Values that break careless quoting: quotes, escapes, wildcards, comments, controls, tokens, look-alikes.
pub(super) const NASTY: &[&str] = &[
    "evil.example",
    "quote\"inside",
    "\"",
    "\"\"",
    "\"\"\"",
    "tail\\",
    "tail\\\\",
    "\\",
    "\\\"",
    "a\\\"b",
    "') or 1==1",
    "\") | project Timestamp //",
    "\" OR index=* \"",
    "\")] | delete",
    "star*",
    "*",
    "**",
    "a?b",
    "100%",
    "under_score",
    r"C:\Users\Public\new\table.exe",
    r"\\server\share$\file",
    r"%TEMP%\x",
    r"\Temp\",
    "`macro`",
    "``",
    "$token$",
    "$env:USERNAME",
    "$$",
    "{{domain}}",
    "{{window}}",
    "it's",
    "it''s",
    "'",
    "'''",
    "tab\tinside",
    "line\nbreak",
    "carriage\rreturn",
    "nul\0byte",
    "bell\u{7}",
    "esc\u{1b}[31m",
    "del\u{7f}",
    "next\u{85}line",
    "sep\u{2028}arator",
    "para\u{2029}graph",
    "no\u{a0}break",
    "\u{201c}curly\u{201d}",
    "\u{202e}gpj.exe",
    "zero\u{200b}width",
    "e\u{301}",
    "\u{1f600}",
    "\u{feff}bom",
    "[search index=*]",
    "[| makeresults]",
    "pipe | table x",
    "semi; colon",
    "// slashes",
    "/* block */",
    "```comment```",
    "# hash",
    "-- dash",
    "@\"verbatim\"",
    "h\"secret\"",
    "~~~tilde~~~",
    "<b>",
    "^a.b$",
    "(a|b)+",
    r"\d+\.exe",
    r"\x41",
    r"\u0041",
    r"\n",
    "--flag",
    "-",
    "",
    " ",
    " lead",
    "trail ",
    "AND",
    "OR",
    "NOT",
    "null",
    "true",
    "0x41",
    "1e9",
    "::1",
    "10.0.0.0/8",
    "hxxp://a[.]b/c?d=e",
    "a,b",
    "(open",
    "close)",
    "{brace}",
    "a=b",
    "a==b",
    "a:b",
    "key: value",
    "- item",
    "!tag",
    "&anchor",
    "&&",
    r"\*",
    r"\?",
    r"\\*",
    "%s%n",
    "yes",
    "~",
    "|",
    ">",
];
