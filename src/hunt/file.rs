//! A hunt's file, read.

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer, Error},
};

use super::{
    Confidence, Dialect, Fault, Hunt, HuntId, Meta,
    template::{Template, Templates},
    trigger::Triggers,
};
use crate::attack::{Phase, TechniqueId};

/// The date of a rule whose file names none: Sigma asks for one, and it must not change from build to build.
const DATE: &str = "2026-11-24";

/// A file without its queries, each of which stands under the name of its dialect.
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
    #[serde(default)]
    triggers: Triggers,
}

fn date() -> String {
    DATE.to_owned()
}

/// Reads the file of a hunt.
pub(super) fn read(name: &str, text: &str) -> Result<Hunt, Fault> {
    hunt(text).map_err(|fault| fault.in_file(name))
}

fn hunt(text: &str) -> Result<Hunt, Fault> {
    let unreadable =
        |error: Error| Fault::new(error.span().map_or(1, |span| line_of(text, span.start)), message_of(&error));
    let mut table = DeTable::parse(text).map_err(unreadable)?;
    let queries: Vec<_> = Dialect::ALL
        .into_iter()
        .filter_map(|dialect| Some((dialect, table.get_mut().remove(dialect.name())?)))
        .collect();
    let file = HuntFile::deserialize(Deserializer::from(table)).map_err(unreadable)?;
    let (meta, triggers) = file.parts();
    let mut templates = Templates::default();
    for (dialect, query) in &queries {
        templates.add(template(text, *dialect, query)?.with_frame(&meta));
    }
    Ok(Hunt { meta, triggers, templates })
}

fn template(text: &str, dialect: Dialect, query: &Spanned<DeValue<'_>>) -> Result<Template, Fault> {
    let DeValue::String(source) = query.get_ref() else {
        return Err(Fault::new(line_of(text, query.span().start), format!("`{}` is not a text", dialect.name())));
    };
    Template::parse(source, dialect, first_line(text, query.span().start))
}

impl HuntFile {
    fn parts(self) -> (Meta, Triggers) {
        let meta = Meta {
            id: self.id,
            title: self.title,
            phase: self.phase,
            confidence: self.confidence,
            platforms: self.platforms,
            techniques: self.techniques,
            telemetry: self.telemetry,
            false_positives: self.false_positives,
            date: self.date,
        };
        (meta, self.triggers)
    }
}

/// Says what is wrong with a file; where a key is unknown, the names of the dialects are among those that are.
fn message_of(error: &Error) -> String {
    let message = error.message();
    if message.starts_with("unknown field") {
        return format!("{message}, or a query under {}", Dialect::ALL.map(Dialect::name).join(", "));
    }
    message.to_owned()
}

/// Returns the line on which the text of a query begins: after the line break that follows the opening quotes.
fn first_line(text: &str, start: usize) -> usize {
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

    #[test]
    fn a_query_stands_under_the_name_of_its_dialect() {
        let text = include_str!("../../assets/hunts/ioc_ip.toml");
        let line = text.lines().position(|line| line.starts_with("kql = ")).unwrap() + 1;
        let fault = read("x.toml", &text.replace("kql = ", "kgl = ")).unwrap_err();
        assert!(fault.message.starts_with("unknown field `kgl`"), "{fault}");
        assert!(fault.message.contains("or a query under spl, kql, sigma") && fault.line == line, "{fault}");
        let (before, _) = text.split_once("spl = ").unwrap();
        let fault = read("x.toml", &format!("{before}kql = 1\n")).unwrap_err();
        assert_eq!((fault.line, fault.message.as_str()), (before.lines().count() + 1, "`kql` is not a text"));
    }
}
