//! The clauses of tstats, against the Common Information Model.

use std::collections::BTreeSet;

use super::{
    Checker,
    cim::Facts,
    lex::{Sort, Token},
    words,
};

/// The datasets of the data model that a tstats asks.
struct Scope<'q> {
    model: Option<&'q str>,
}

impl Checker {
    /// Checks a tstats and returns the fields that it hands on.
    pub(super) fn tstats(&mut self, tokens: &[Token<'_>]) -> BTreeSet<String> {
        let place = |word: &str| tokens.iter().position(|token| token.is_word(word));
        let start = place("where");
        let by = outermost(tokens, &["by", "groupby"]);
        let scope = self.scope(tokens);
        let head = [start, by, place("from")].into_iter().flatten().min().unwrap_or(tokens.len());
        let mut out = self.aggregates(&tokens[..head], "tstats", |checker, arguments| {
            for argument in arguments.iter().filter(|argument| argument.names()) {
                checker.field(argument, &scope);
            }
        });
        match start {
            Some(start) => {
                let end = by.filter(|by| *by > start).unwrap_or(tokens.len());
                self.condition(&tokens[start + 1..end], tokens[start].at, &scope);
            }
            None => {
                self.say(tokens.first().map_or(0, |token| token.at), "a tstats without `where` asks for everything");
            }
        }
        if let Some(by) = by {
            self.by(&tokens[by + 1..], tokens[by].at, &scope, &mut out);
        }
        out
    }

    fn scope<'q>(&mut self, tokens: &[Token<'q>]) -> Scope<'q> {
        let named = tokens.windows(3).find(|three| three[0].is_word("datamodel") && three[1].is_operator("="));
        let Some([_, _, name]) = named else { return Scope { model: None } };
        let path = name.bare();
        let (model, dataset) = path.split_once('.').unwrap_or((path, ""));
        let dataset = dataset.rsplit('.').next().unwrap_or_default();
        let facts = Facts::shipped();
        if !facts.has_model(model) {
            self.say(name.at, format!("`{model}` is no data model of the CIM"));
            return Scope { model: None };
        }
        if !dataset.is_empty() && !facts.has_dataset(model, dataset) {
            self.say(name.at, format!("`{path}` is no dataset of the CIM"));
        }
        Scope { model: Some(model) }
    }

    /// Checks that the data model has a field: one that it lacks is no error in Splunk, it finds nothing.
    fn field(&mut self, token: &Token<'_>, scope: &Scope<'_>) {
        let (Some(model), name) = (scope.model, token.bare()) else { return };
        if name.contains('*') || Facts::is_everywhere(name) {
            return;
        }
        let Some((path, field)) = name.rsplit_once('.') else {
            return self.say(token.at, format!("`{name}` lacks its dataset"));
        };
        let dataset = path.rsplit('.').next().unwrap_or(path);
        if !Facts::shipped().has_dataset(model, dataset) {
            self.say(token.at, format!("`{name}`: {model} has no dataset {dataset}"));
        } else if !Facts::shipped().has_field(model, dataset, field) && !field.starts_with("is_") {
            self.say(token.at, format!("`{name}` is no field of {model}.{dataset} in the CIM"));
        }
    }

    fn by(&mut self, tokens: &[Token<'_>], at: usize, scope: &Scope<'_>, out: &mut BTreeSet<String>) {
        let mut fields = 0;
        let mut skip = 0;
        for (place, token) in tokens.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
            } else if tokens.get(place + 1).is_some_and(|next| next.is_operator("=")) {
                skip = 2;
            } else if token.names() {
                self.field(token, scope);
                out.insert(token.bare().to_owned());
                fields += 1;
            } else if !matches!(token.sort, Sort::Comma | Sort::Macro) {
                self.say(token.at, format!("`{}` stands among the fields of `by`", token.text));
            }
        }
        if fields == 0 {
            self.say(at, "`by` names no field");
        }
    }

    /// Checks a condition of the search kind: NOT, AND, OR, groups, `field op value`, `field IN (…)`.
    fn condition(&mut self, tokens: &[Token<'_>], start: usize, scope: &Scope<'_>) {
        let mut at = 0;
        let mut wants = true;
        while let Some(token) = tokens.get(at) {
            match token.sort {
                Sort::Word if matches!(token.text, "AND" | "OR") => {
                    if wants {
                        self.say(token.at, format!("`{}` has no condition before it", token.text));
                    }
                    wants = true;
                    at += 1;
                }
                Sort::Left | Sort::Word if matches!(token.text, "NOT" | "(") => {
                    wants = true;
                    at += 1;
                }
                Sort::Right => {
                    if wants {
                        self.say(token.at, "a group is empty or ends in an operator");
                    }
                    wants = false;
                    at += 1;
                }
                Sort::Word | Sort::Text | Sort::Name => {
                    at += self.comparison(&tokens[at..], scope);
                    wants = false;
                }
                _ => {
                    wants = wants && !matches!(token.sort, Sort::Macro | Sort::Sub);
                    at += 1;
                }
            }
        }
        if wants {
            self.say(tokens.last().map_or(start, |token| token.at), "`where` is empty or ends in an operator");
        }
    }

    /// Checks one comparison and returns the number of pieces that it takes.
    fn comparison(&mut self, tokens: &[Token<'_>], scope: &Scope<'_>) -> usize {
        let token = tokens[0];
        let next = tokens.get(1);
        if let Some(operator) = next.filter(|next| next.sort == Sort::Operator) {
            if operator.text == "==" {
                self.say(operator.at, "`==` is no operator of a search");
            }
            if !["earliest", "latest"].iter().any(|bound| token.is_word(bound)) {
                self.field(&token, scope);
            }
            if tokens.get(2).is_none_or(|value| !value.names() && !matches!(value.sort, Sort::Macro | Sort::Sub)) {
                self.say(operator.at, format!("`{}` is compared with nothing", token.text));
            }
            return 3;
        }
        let list = next.is_some_and(|next| next.is_word("in"));
        if list && tokens.get(2).is_some_and(|third| third.sort == Sort::Left) {
            self.field(&token, scope);
            return self.list(tokens, token.at);
        }
        let called = next.is_some_and(|next| next.sort == Sort::Left);
        if called && words::is_function(token.text) {
            self.say(token.at, format!("`{}()` is a function of eval, not of a tstats", token.text));
        } else if ["and", "or", "not", "like"].contains(&token.text) {
            self.say(token.at, format!("`{}`: a tstats takes AND, OR and NOT in upper case, and no LIKE", token.text));
        }
        1
    }

    fn list(&mut self, tokens: &[Token<'_>], at: usize) -> usize {
        let end = closing(tokens, 2);
        let inner = &tokens[3..end.saturating_sub(1).max(3)];
        if inner.is_empty() {
            self.say(at, "a list is empty");
        }
        for (place, item) in inner.iter().enumerate() {
            let separator = item.sort == Sort::Comma;
            if separator == (place % 2 == 0) || separator && place + 1 == inner.len() {
                self.say(item.at, format!("`{}` stands at the wrong place of a list", item.text));
            }
        }
        end
    }
}

/// Returns the last place of one of the words outside parentheses.
pub(super) fn outermost(tokens: &[Token<'_>], names: &[&str]) -> Option<usize> {
    let mut depth = 0_i32;
    let mut found = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.sort {
            Sort::Left => depth += 1,
            Sort::Right => depth -= 1,
            Sort::Word if depth == 0 && names.iter().any(|name| token.is_word(name)) => found = Some(at),
            _ => {}
        }
    }
    found
}

/// Returns the place after the parenthesis that closes the one at `at`.
pub(super) fn closing(tokens: &[Token<'_>], at: usize) -> usize {
    let mut depth = 0_i32;
    for (place, token) in tokens.iter().enumerate().skip(at) {
        match token.sort {
            Sort::Left => depth += 1,
            Sort::Right => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    tokens.len()
}
