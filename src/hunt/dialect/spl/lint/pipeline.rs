//! Stages, subsearches, and what may stand where.

use std::collections::BTreeSet;

use super::{
    Checker, Known,
    lex::{Sort, Token},
    words,
};

/// Commands of these names start searches; in the middle of one they mean that two were pasted together.
const STARTERS: [&str; 6] = ["tstats", "makeresults", "rest", "metadata", "datamodel", "mstats"];

impl Checker {
    /// Checks a search or a subsearch.
    pub(super) fn pipeline(&mut self, tokens: &[Token<'_>], top: bool) {
        let Some(mut stages) = self.stages(tokens) else { return };
        let leading = stages.len() > 1 && stages[0].is_empty();
        if leading {
            stages.remove(0);
        }
        let mut known: Known = None;
        let mut dropped = BTreeSet::new();
        for (place, stage) in stages.iter().enumerate() {
            let Some(first) = stage.first() else {
                self.say(tokens.first().map_or(0, |token| token.at), "a stage of the search is empty");
                continue;
            };
            if first.sort == Sort::Macro {
                known = after_macro(first.text, known, &mut dropped);
            } else if place == 0 && !leading && !words::is_command(first.text) {
                self.terms(stage);
            } else if first.sort == Sort::Word && words::is_command(first.text) {
                self.starter(stage, place, leading && top);
                known = self.command(stage, known, &dropped);
            } else {
                self.say(first.at, format!("`{}` is no command", first.text));
            }
        }
    }

    fn stages<'t, 'q>(&mut self, tokens: &'t [Token<'q>]) -> Option<Vec<&'t [Token<'q>]>> {
        let mut open: Vec<Token<'q>> = Vec::new();
        let (mut stages, mut start) = (Vec::new(), 0);
        for (at, token) in tokens.iter().enumerate() {
            match token.sort {
                Sort::Open | Sort::Left => open.push(*token),
                Sort::Close | Sort::Right => {
                    let wanted = if token.sort == Sort::Close { Sort::Open } else { Sort::Left };
                    if open.pop().is_none_or(|opened| opened.sort != wanted) {
                        self.say(token.at, format!("`{}` closes nothing", token.text));
                        return None;
                    }
                }
                Sort::Pipe if open.is_empty() => {
                    stages.push(&tokens[start..at]);
                    start = at + 1;
                }
                _ => {}
            }
        }
        stages.push(&tokens[start..]);
        match open.pop() {
            Some(opened) => {
                self.say(opened.at, format!("`{}` is not closed", opened.text));
                None
            }
            None => Some(stages),
        }
    }

    fn starter(&mut self, stage: &[Token<'_>], place: usize, leading: bool) {
        let command = stage[0];
        if place == 0 && leading && !words::is_generating(command.text) {
            self.say(command.at, format!("`{}` cannot begin a search", command.text));
        }
        let appends = stage.iter().any(|token| token.is_word("append") || token.is_word("prestats"));
        if place > 0 && !appends && STARTERS.iter().any(|name| command.is_word(name)) {
            self.say(command.at, format!("`{}` begins a second search in the same block", command.text));
        }
    }

    fn command(&mut self, stage: &[Token<'_>], known: Known, dropped: &BTreeSet<String>) -> Known {
        let command = stage[0];
        let body = self.without_subsearches(stage);
        for token in body.iter().filter(|token| token.sort == Sort::Word) {
            if let Some((dataset, _)) = token.text.split_once('.')
                && dropped.contains(dataset)
            {
                self.say(token.at, format!("`{}` has lost its dataset in drop_dm_object_name", token.text));
            }
        }
        match command.text.to_ascii_lowercase().as_str() {
            "tstats" => Some(self.tstats(&body)),
            "where" => {
                self.expression(&body, command.at, &known);
                known
            }
            "eval" => self.eval(&body, command.at, known),
            "stats" => self.stats(&body, &known),
            "eventstats" | "streamstats" => {
                let new = self.stats(&body, &known);
                known.zip(new).map(|(known, new)| known.into_iter().chain(new).collect())
            }
            "table" => self.table(&body, command.at, known),
            "fields" => self.fields(&body, known),
            "rename" => self.rename(&body, known),
            "rex" => self.rex(&body, command.at, known),
            "search" => {
                self.search(&body, &known);
                known
            }
            // An append's rows may lack fields of the main search's, never the other way about.
            "append" | "fillnull" | "dedup" | "head" | "tail" | "sort" | "reverse" | "convert" | "bin" | "bucket"
            | "mvexpand" | "makemv" | "filldown" | "regex" => known,
            _ => None,
        }
    }

    /// Checks the subsearches of a stage and returns the rest, each subsearch as one piece.
    fn without_subsearches<'q>(&mut self, stage: &[Token<'q>]) -> Vec<Token<'q>> {
        let command = stage[0];
        let mut out = Vec::new();
        let (mut depth, mut start) = (0_usize, 0);
        for (at, token) in stage.iter().enumerate().skip(1) {
            match token.sort {
                Sort::Open => {
                    if depth == 0 {
                        start = at + 1;
                        out.push(Token { sort: Sort::Sub, ..*token });
                    }
                    depth += 1;
                }
                Sort::Close => {
                    depth = depth.saturating_sub(1);
                    let template = command.is_word("foreach") || command.is_word("map");
                    if depth == 0 && !template && at > start {
                        self.pipeline(&stage[start..at], false);
                    }
                }
                _ if depth == 0 => out.push(*token),
                _ => {}
            }
        }
        out
    }

    /// Checks the bare terms of a raw search.
    pub(super) fn terms(&mut self, tokens: &[Token<'_>]) {
        for pair in tokens.windows(2) {
            let missing = matches!(pair[1].sort, Sort::Operator | Sort::Pipe | Sort::Right | Sort::Comma);
            if pair[0].sort == Sort::Operator && missing {
                self.say(pair[1].at, format!("`{}` stands where a value should", pair[1].text));
            }
        }
        if let Some(last) = tokens.last().filter(|token| token.sort == Sort::Operator) {
            self.say(last.at, "an operator has no value");
        }
    }

    /// Warns of literals that are not what they look like.
    pub(super) fn literals(&mut self, tokens: &[Token<'_>]) {
        for (at, token) in tokens.iter().enumerate() {
            let before = &tokens[at.saturating_sub(6)..at];
            let pattern = before
                .iter()
                .any(|token| ["rex", "regex", "match", "replace", "mvfind"].iter().any(|name| token.is_word(name)));
            match token.sort {
                Sort::Text if !pattern => self.literal(token),
                Sort::Word if token.text.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\u{a0}']) => {
                    self.say(token.at, "a typographic quote or space stands outside a literal");
                }
                _ => {}
            }
        }
    }

    fn literal(&mut self, token: &Token<'_>) {
        let mut escaped = false;
        for c in token.text.chars() {
            match c {
                '*' if escaped => {
                    self.say(token.at, format!("`\\*` in {}: an asterisk cannot be escaped", token.text));
                }
                c if escaped && c.is_ascii_alphanumeric() => {
                    self.say(token.at, format!("a single backslash in {}: write two", token.text));
                }
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
        let inner = token.bare();
        if !inner.is_empty() && inner.chars().all(|c| c == '*') {
            self.say(token.at, format!("{} is all wildcard", token.text));
        }
    }
}

fn after_macro(text: &str, known: Known, dropped: &mut BTreeSet<String>) -> Known {
    let inner = text.trim_matches('`').trim();
    if let Some(argument) = inner.strip_prefix("drop_dm_object_name(") {
        let dataset = argument.trim_end_matches(')').trim().trim_matches(['"', '\'']).to_owned();
        let prefix = format!("{dataset}.");
        dropped.insert(dataset);
        return known.map(|fields| {
            fields.into_iter().map(|field| field.strip_prefix(&prefix).map_or(field.clone(), str::to_owned)).collect()
        });
    }
    // Any other macro may do anything to the fields.
    None
}
