//! A query with places for values, read once.
//!
//! `{{window}}` is the time window. `{{domain}}` is a comma list of quoted values; `{{md5+sha1}}` joins two lists, and
//! `{{domain|*.~}}` writes something around each value (`~`). The lines between `{{any}}` and `{{end}}` are
//! alternatives: one whose list is empty is left out, the others are joined by the dialect's `or`. Anywhere else an
//! empty list leaves the whole query out, because a query without the condition would ask for everything.

use super::{
    Dialect, Parameters,
    dialect::{self, Affix, Rule},
    file::Fault,
    slot::Slot,
};
use crate::indicator::Kind;

/// The queries of one hunt.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Templates {
    pub spl: Option<Template>,
    pub kql: Option<Template>,
    pub sigma: Option<Template>,
    /// What the rule says beside the body.
    pub rule: Rule,
    /// The kinds of values that the queries take.
    pub takes: Vec<Kind>,
}

impl Templates {
    /// Returns the query of a dialect.
    pub(super) fn get(&self, dialect: Dialect) -> Option<&Template> {
        match dialect {
            Dialect::Spl => self.spl.as_ref(),
            Dialect::Kql => self.kql.as_ref(),
            Dialect::Sigma => self.sigma.as_ref(),
        }
    }
}

/// A query with places for values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Line(Line),
    Any { head: Line, alternatives: Vec<Line>, tail: Line },
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    number: usize,
    indent: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Window,
    SummariesOnly,
    Earliest,
    List(List),
}

/// A place for values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
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
        let marked = match dialect {
            Dialect::Spl => dialect::mark_options(source.trim()),
            Dialect::Kql | Dialect::Sigma => source.trim().to_owned(),
        };
        let mut lines = marked.split('\n').enumerate().map(|(at, line)| (first + skipped + at, line));
        let mut parts = Vec::new();
        while let Some((number, line)) = lines.next() {
            parts.push(match line.split_once("{{any}}") {
                None => Part::Line(Line::parse(line, number)?),
                Some((head, "")) => parse_any(Line::parse(head.trim_end_matches(' '), number)?, head, &mut lines)?,
                Some(_) => return Err(Fault::new(number, "`{{any}}` ends its line")),
            });
        }
        Ok(Self { parts })
    }

    /// Returns every place for values.
    pub(super) fn lists(&self) -> impl Iterator<Item = &List> {
        self.parts
            .iter()
            .flat_map(|part| match part {
                Part::Line(line) => std::slice::from_ref(line).iter().chain(&[]),
                Part::Any { alternatives, head, .. } => std::slice::from_ref(head).iter().chain(alternatives),
            })
            .flat_map(|line| &line.pieces)
            .filter_map(|piece| if let Piece::List(list) = piece { Some(list) } else { None })
    }

    /// Fills in the values. `list` writes a list's literals, separated by commas; empty when there is none.
    pub(super) fn fill(
        &self,
        dialect: Dialect,
        parameters: &Parameters,
        list: &dyn Fn(&List) -> String,
    ) -> Result<Filled, Empty> {
        let mut out = Out { text: String::with_capacity(1_024), lines: Vec::with_capacity(16), parameters, list };
        for part in &self.parts {
            match part {
                Part::Line(line) => {
                    out.begin(line);
                    out.text.push_str(&line.indent);
                    out.line(line)?;
                }
                Part::Any { head, alternatives, tail } => out.any(dialect, head, alternatives, tail)?,
            }
        }
        Ok(Filled { text: out.text, lines: out.lines })
    }
}

fn parse_any<'s>(head: Line, written: &str, lines: &mut impl Iterator<Item = (usize, &'s str)>) -> Result<Part, Fault> {
    // "where (" is followed by the first alternative at once, "| where " after its space.
    let mut head = head;
    if written.ends_with(' ') && !head.pieces.is_empty() {
        head.pieces.push(Piece::Text(" ".to_owned()));
    }
    let mut alternatives = Vec::new();
    for (number, line) in lines {
        if let Some(tail) = line.trim_start().strip_prefix("{{end}}") {
            return Ok(Part::Any { head, alternatives, tail: Line::parse(tail, number)? });
        }
        alternatives.push(Line::parse(line, number)?);
    }
    Err(Fault::new(head.number, "`{{any}}` has no `{{end}}`"))
}

impl Line {
    fn parse(line: &str, number: usize) -> Result<Self, Fault> {
        let text = line.trim_start_matches(' ');
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, inside)) = rest.split_once("{{") {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let (inside, after) = inside.split_once("}}").ok_or_else(|| Fault::new(number, "`{{` has no `}}`"))?;
            pieces.push(Piece::parse(inside, number)?);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { number, indent: line[..line.len() - text.len()].to_owned(), pieces })
    }
}

impl Piece {
    fn parse(inside: &str, number: usize) -> Result<Self, Fault> {
        Ok(match inside {
            "window" => Self::Window,
            "summariesonly" => Self::SummariesOnly,
            "earliest" => Self::Earliest,
            _ => {
                let (names, pattern) = inside.split_once('|').unwrap_or((inside, "~"));
                let unknown = |name: &str| Fault::new(number, format!("`{name}` is no kind of value"));
                let slots = names
                    .split('+')
                    .map(|name| Slot::from_name(name).ok_or_else(|| unknown(name)))
                    .collect::<Result<Vec<_>, _>>()?;
                let (before, after) = pattern
                    .split_once('~')
                    .ok_or_else(|| Fault::new(number, format!("`{pattern}` has no `~` for the value")))?;
                Self::List(List { slots, affix: Affix { before: before.to_owned(), after: after.to_owned() } })
            }
        })
    }
}

struct Out<'p> {
    text: String,
    lines: Vec<usize>,
    parameters: &'p Parameters,
    list: &'p dyn Fn(&List) -> String,
}

impl Out<'_> {
    fn begin(&mut self, line: &Line) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push(line.number);
    }

    fn line(&mut self, line: &Line) -> Result<(), Empty> {
        for piece in &line.pieces {
            match piece {
                Piece::Text(text) => self.text.push_str(text),
                Piece::Window => self.window(),
                Piece::SummariesOnly if self.parameters.summaries_only => self.text.push_str("`summariesonly` "),
                Piece::Earliest if self.parameters.spl_earliest => {
                    self.text.push_str("earliest=-");
                    self.window();
                    self.text.push(' ');
                }
                Piece::SummariesOnly | Piece::Earliest => {}
                Piece::List(list) => {
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

    fn window(&mut self) {
        self.text.push_str(&self.parameters.window_days.to_string());
        self.text.push('d');
    }

    fn any(&mut self, dialect: Dialect, head: &Line, alternatives: &[Line], tail: &Line) -> Result<(), Empty> {
        self.begin(head);
        self.text.push_str(&head.indent);
        self.line(head)?;
        let or = dialect::or(dialect);
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
