//! A query with places for values, read once.
//!
//! `{{window}}` is the time window. `{{domain}}` is a comma list of quoted values; `{{md5+sha1}}` joins two lists, and
//! `{{domain|*.~}}` writes something around each value (`~`). The lines between `{{any}}` and `{{end}}` are
//! alternatives: one whose list is empty is left out, the others are joined by the dialect's `or`. Anywhere else an
//! empty list leaves the whole query out, because a query without the condition would ask for everything.

use super::{
    Dialect, Fault, Meta, Parameters,
    dialect::{Affix, QueryFrame},
    slot::Slot,
};
use crate::indicator::Kind;

/// The queries of one hunt.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Templates {
    /// At most one of each dialect.
    queries: Vec<Template>,
    /// The kinds of values that the queries take.
    takes: Vec<Kind>,
}

impl Templates {
    /// Adds the query of a dialect that has none yet.
    pub(super) fn add(&mut self, template: Template) {
        for kind in template.lists().flat_map(|list| &list.slots).map(|slot| slot.kind()) {
            if !self.takes.contains(&kind) {
                self.takes.push(kind);
            }
        }
        self.queries.push(template);
    }

    /// Returns the query of a dialect.
    pub(super) fn get(&self, dialect: Dialect) -> Option<&Template> {
        self.queries.iter().find(|template| template.dialect == dialect)
    }

    /// Returns the kinds of values that the queries take.
    pub(super) fn takes(&self) -> &[Kind] {
        &self.takes
    }
}

/// A query with places for values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template {
    dialect: Dialect,
    frame: QueryFrame,
    parts: Vec<TemplatePart>,
}

#[derive(Clone, Debug, PartialEq)]
enum TemplatePart {
    Line(TemplateLine),
    Any { head: TemplateLine, alternatives: Vec<TemplateLine>, tail: TemplateLine },
}

#[derive(Clone, Debug, PartialEq)]
struct TemplateLine {
    number: usize,
    indent: String,
    pieces: Vec<TemplatePiece>,
}

#[derive(Clone, Debug, PartialEq)]
enum TemplatePiece {
    Text(String),
    Window,
    /// What the parameters turn on and off, by its name in the dialect.
    Option(&'static str),
    List(ValueList),
}

/// A place for values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ValueList {
    pub slots: Vec<Slot>,
    pub affix: Affix,
}

/// A filled query, and the line of the file that each of its lines comes from.
#[derive(Debug, PartialEq)]
pub(super) struct Filled {
    pub text: String,
    pub lines: Vec<usize>,
}

/// The lists that stayed empty where one must not.
#[derive(Debug, PartialEq)]
pub(super) struct Empty(pub Vec<Slot>);

impl Template {
    /// Reads a template that begins on line `first` of its file.
    pub(super) fn parse(source: &str, dialect: Dialect, first: usize) -> Result<Self, Fault> {
        let skipped = source.len() - source.trim_start_matches('\n').len();
        let marked = dialect.mark_options(source.trim());
        let mut lines = marked.split('\n').enumerate().map(|(at, line)| (first + skipped + at, line));
        let mut parts = Vec::new();
        while let Some((number, line)) = lines.next() {
            parts.push(match line.split_once("{{any}}") {
                None => TemplatePart::Line(TemplateLine::parse(line, dialect, number)?),
                Some((head, "")) => parse_any(head, dialect, number, &mut lines)?,
                Some(_) => return Err(Fault::new(number, "`{{any}}` ends its line")),
            });
        }
        Ok(Self { dialect, frame: QueryFrame::default(), parts })
    }

    /// Adds what the dialect puts around every query of a hunt.
    pub(super) fn with_frame(self, meta: &Meta) -> Self {
        Self { frame: self.dialect.frame(meta), ..self }
    }

    /// Returns every place for values.
    pub(super) fn lists(&self) -> impl Iterator<Item = &ValueList> {
        self.parts
            .iter()
            .flat_map(|part| match part {
                TemplatePart::Line(line) => std::slice::from_ref(line).iter().chain(&[]),
                TemplatePart::Any { alternatives, head, .. } => std::slice::from_ref(head).iter().chain(alternatives),
            })
            .flat_map(|line| &line.pieces)
            .filter_map(|piece| if let TemplatePiece::List(list) = piece { Some(list) } else { None })
    }

    /// Fills in the values. `list` writes a list's literals, separated by commas; empty when there is none.
    pub(super) fn fill(&self, parameters: &Parameters, list: &dyn Fn(&ValueList) -> String) -> Result<Filled, Empty> {
        let mut out = Out {
            text: String::with_capacity(1_024),
            lines: Vec::with_capacity(16),
            dialect: self.dialect,
            parameters,
            list,
        };
        for part in &self.parts {
            match part {
                TemplatePart::Line(line) => {
                    out.begin(line);
                    out.text.push_str(&line.indent);
                    out.line(line)?;
                }
                TemplatePart::Any { head, alternatives, tail } => out.any(head, alternatives, tail)?,
            }
        }
        Ok(Filled { text: out.text, lines: out.lines })
    }

    /// Makes a whole query of a filled one.
    pub(super) fn finish(&self, filled: String, parameters: &Parameters) -> String {
        self.dialect.finish(filled, &self.frame, parameters)
    }
}

fn parse_any<'s>(
    before: &str,
    dialect: Dialect,
    number: usize,
    lines: &mut impl Iterator<Item = (usize, &'s str)>,
) -> Result<TemplatePart, Fault> {
    let mut head = TemplateLine::parse(before.trim_end_matches(' '), dialect, number)?;
    // "where (" is followed by the first alternative at once, "| where " after its space.
    if before.ends_with(' ') && !head.pieces.is_empty() {
        head.pieces.push(TemplatePiece::Text(" ".to_owned()));
    }
    let mut alternatives = Vec::new();
    for (number, line) in lines {
        if let Some(tail) = line.trim_start().strip_prefix("{{end}}") {
            return Ok(TemplatePart::Any { head, alternatives, tail: TemplateLine::parse(tail, dialect, number)? });
        }
        alternatives.push(TemplateLine::parse(line, dialect, number)?);
    }
    Err(Fault::new(number, "`{{any}}` has no `{{end}}`"))
}

impl TemplateLine {
    fn parse(line: &str, dialect: Dialect, number: usize) -> Result<Self, Fault> {
        let text = line.trim_start_matches(' ');
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, inside)) = rest.split_once("{{") {
            if !before.is_empty() {
                pieces.push(TemplatePiece::Text(before.to_owned()));
            }
            let (inside, after) = inside.split_once("}}").ok_or_else(|| Fault::new(number, "`{{` has no `}}`"))?;
            pieces.push(TemplatePiece::parse(inside, dialect, number)?);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(TemplatePiece::Text(rest.to_owned()));
        }
        Ok(Self { number, indent: line[..line.len() - text.len()].to_owned(), pieces })
    }
}

impl TemplatePiece {
    fn parse(inside: &str, dialect: Dialect, number: usize) -> Result<Self, Fault> {
        if inside == "window" {
            return Ok(Self::Window);
        }
        if let Some(option) = dialect.options().iter().find(|option| **option == inside) {
            return Ok(Self::Option(option));
        }
        let (names, pattern) = inside.split_once('|').unwrap_or((inside, "~"));
        let unknown = |name: &str| Fault::new(number, format!("`{name}` is no kind of value"));
        let slots = names
            .split('+')
            .map(|name| Slot::from_name(name).ok_or_else(|| unknown(name)))
            .collect::<Result<Vec<_>, _>>()?;
        let (before, after) = pattern
            .split_once('~')
            .ok_or_else(|| Fault::new(number, format!("`{pattern}` has no `~` for the value")))?;
        Ok(Self::List(ValueList { slots, affix: Affix { before: before.to_owned(), after: after.to_owned() } }))
    }
}

struct Out<'p> {
    text: String,
    lines: Vec<usize>,
    dialect: Dialect,
    parameters: &'p Parameters,
    list: &'p dyn Fn(&ValueList) -> String,
}

impl Out<'_> {
    fn begin(&mut self, line: &TemplateLine) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push(line.number);
    }

    fn line(&mut self, line: &TemplateLine) -> Result<(), Empty> {
        for piece in &line.pieces {
            match piece {
                TemplatePiece::Text(text) => self.text.push_str(text),
                TemplatePiece::Window => self.text.push_str(&self.dialect.window(self.parameters.window_days)),
                TemplatePiece::Option(option) => self.dialect.write_option(option, self.parameters, &mut self.text),
                TemplatePiece::List(list) => {
                    let literals = (self.list)(list);
                    if literals.is_empty() {
                        return Err(Empty(list.slots.clone()));
                    }
                    self.text.push_str(&literals);
                }
            }
        }
        Ok(())
    }

    fn any(&mut self, head: &TemplateLine, alternatives: &[TemplateLine], tail: &TemplateLine) -> Result<(), Empty> {
        self.begin(head);
        self.text.push_str(&head.indent);
        self.line(head)?;
        let or = self.dialect.joiner();
        if or.is_none() {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        let mut empty = Empty(Vec::new());
        let mut kept = 0;
        for line in alternatives {
            let (text, lines) = (self.text.len(), self.lines.len());
            match or {
                Some(_) if kept == 0 => {}
                or => {
                    self.begin(line);
                    self.text.push_str(&line.indent);
                    if let Some(or) = or {
                        self.text.push_str(or);
                        self.text.push(' ');
                    }
                }
            }
            match self.line(line) {
                Ok(()) => kept += 1,
                Err(reason) => {
                    self.text.truncate(text);
                    self.lines.truncate(lines);
                    empty.0.extend(reason.0);
                }
            }
        }
        if kept == 0 {
            return Err(empty);
        }
        self.line(tail)
    }
}

#[cfg(test)]
mod tests;
