//! A hunt's file, read.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::{
    Confidence, Dialect, Hunt, HuntId, dialect,
    template::{Template, Templates},
    trigger::Triggers,
};
use crate::attack::{Phase, TechniqueId};

/// The date of a rule whose file names none: Sigma asks for one, and it must not change from build to build.
const DATE: &str = "2026-11-24";

/// Something wrong in a hunt's file, with the place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl Fault {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { file: String::new(), line, message: message.into() }
    }

    pub(super) fn in_file(self, file: &str) -> Self {
        Self { file: file.to_owned(), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HuntFile {
    id: HuntId,
    title: String,
    phase: Phase,
    confidence: Confidence,
    platforms: Vec<String>,
    techniques: Vec<TechniqueId>,
    telemetry: Vec<String>,
    false_positives: Vec<String>,
    #[serde(default = "date")]
    date: String,
    spl: Option<Spanned<String>>,
    kql: Option<Spanned<String>>,
    sigma: Option<Spanned<String>>,
    #[serde(default)]
    triggers: Triggers,
}

fn date() -> String {
    DATE.to_owned()
}

/// Reads the file of a hunt.
pub(super) fn read(name: &str, text: &str) -> Result<Hunt, Fault> {
    let file: HuntFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Fault::new(line, error.message().to_owned()).in_file(name)
    })?;
    hunt(file, text).map_err(|fault| fault.in_file(name))
}

fn hunt(file: HuntFile, text: &str) -> Result<Hunt, Fault> {
    let template = |query: &Option<Spanned<String>>, dialect| {
        query.as_ref().map(|query| Template::parse(query.get_ref(), dialect, first_line(text, query))).transpose()
    };
    let mut templates = Templates {
        spl: template(&file.spl, Dialect::Spl)?,
        kql: template(&file.kql, Dialect::Kql)?,
        sigma: template(&file.sigma, Dialect::Sigma)?,
        ..Templates::default()
    };
    for dialect in Dialect::ALL {
        let kinds: Vec<_> = templates.get(dialect).into_iter().flat_map(Template::lists).collect();
        let kinds: Vec<_> = kinds.into_iter().flat_map(|list| list.slots.iter().map(|slot| slot.kind())).collect();
        for kind in kinds {
            if !templates.takes.contains(&kind) {
                templates.takes.push(kind);
            }
        }
    }
    let mut hunt = Hunt {
        id: file.id,
        title: file.title,
        phase: file.phase,
        confidence: file.confidence,
        platforms: file.platforms,
        techniques: file.techniques,
        telemetry: file.telemetry,
        false_positives: file.false_positives,
        triggers: file.triggers,
        templates: Templates::default(),
    };
    templates.rule = dialect::rule(&hunt, &file.date);
    hunt.templates = templates;
    Ok(hunt)
}

/// Returns the line on which the text of a query begins: after the line break that follows the opening quotes.
fn first_line(text: &str, query: &Spanned<String>) -> usize {
    let start = query.span().start;
    let opening = &text[start..];
    let quotes = opening.len() - opening.trim_start_matches(['\'', '"']).len();
    let next_line = opening[quotes..].starts_with(['\n', '\r']);
    line_of(text, start) + usize::from(next_line)
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_fault_names_its_line() {
        let text = include_str!("../../assets/hunts/ioc_ip.toml");
        let fault = read("x.toml", &text.replace("{{cidr_v4}}", "{{cidr_v5}}")).unwrap_err();
        let line = text.lines().position(|line| line.contains("{{cidr_v4}}")).unwrap() + 1;
        assert_eq!(fault.to_string(), format!("x.toml:{line}: `cidr_v5` is no kind of value"));
        let fault = read("x.toml", &text.replace("phase", "fase")).unwrap_err();
        assert_eq!(fault.line, text.lines().position(|line| line.starts_with("phase")).unwrap() + 1);
    }
}
