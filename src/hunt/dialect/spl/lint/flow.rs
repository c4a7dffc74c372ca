//! Which fields a stage may use and which it hands on.

use super::{
    Checker, Known,
    lex::{Sort, Token},
    tstats::outermost,
};

impl Checker {
    /// Notes the use of a field that no earlier stage hands on.
    pub(super) fn uses(&mut self, token: &Token<'_>, known: &Known) {
        let Some(known) = known else { return };
        let name = token.bare();
        let plain = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
        if plain && !name.contains('*') && !known.contains(name) {
            self.say(token.at, format!("`{name}` is handed on by no earlier stage"));
        }
    }

    pub(super) fn stats(&mut self, tokens: &[Token<'_>], known: &Known) -> Known {
        if tokens.iter().any(|token| matches!(token.sort, Sort::Macro | Sort::Sub)) {
            return None;
        }
        let by = outermost(tokens, &["by"]).unwrap_or(tokens.len());
        let mut out = self.aggregates(&tokens[..by], "stats", |checker, arguments| {
            if let [field] = arguments
                && field.names()
            {
                checker.uses(field, known);
            }
        });
        if let Some(word) = tokens.get(by) {
            let fields: Vec<_> = tokens[by + 1..].iter().filter(|token| token.names()).collect();
            if fields.is_empty() {
                self.say(word.at, "`by` names no field");
            }
            for field in fields {
                self.uses(field, known);
                out.insert(field.bare().to_owned());
            }
        }
        Some(out)
    }

    pub(super) fn table(&mut self, tokens: &[Token<'_>], at: usize, known: Known) -> Known {
        let fields: Vec<_> = tokens.iter().filter(|token| token.names()).collect();
        if fields.is_empty() {
            self.say(at, "the table has no field");
        }
        for field in &fields {
            self.uses(field, &known);
        }
        if fields.iter().any(|field| field.text.contains('*')) || fields.len() < tokens.len() && has_macro(tokens) {
            return known;
        }
        Some(fields.into_iter().map(|field| field.bare().to_owned()).collect())
    }

    pub(super) fn fields(&mut self, tokens: &[Token<'_>], known: Known) -> Known {
        if tokens.first().is_some_and(|token| token.text.starts_with('-')) {
            return known;
        }
        let tokens: Vec<_> = tokens.iter().filter(|token| token.text != "+").copied().collect();
        match known {
            None => None,
            known => self.table(&tokens, tokens.first().map_or(0, |token| token.at), known),
        }
    }

    pub(super) fn rename(&mut self, tokens: &[Token<'_>], known: Known) -> Known {
        if has_macro(tokens) {
            return None;
        }
        let plain: Vec<_> = tokens.iter().filter(|token| token.sort != Sort::Comma).collect();
        let mut known = known;
        for three in plain.chunks(3) {
            let [old, word, new] = three else {
                self.say(three[0].at, "rename wants `old as new`");
                break;
            };
            if !word.is_word("as") {
                self.say(word.at, "rename wants `old as new`");
                break;
            }
            self.uses(old, &known);
            if old.text.contains('*') {
                return None;
            }
            if let Some(known) = &mut known {
                known.remove(old.bare());
                known.insert(new.bare().to_owned());
            }
        }
        known
    }

    pub(super) fn rex(&mut self, tokens: &[Token<'_>], at: usize, known: Known) -> Known {
        let patterns: Vec<_> = tokens.iter().filter(|token| token.sort == Sort::Text).collect();
        if patterns.is_empty() && !has_macro(tokens) {
            self.say(at, "rex has no pattern in quotes");
        }
        known.map(|mut known| {
            for pattern in patterns {
                for group in pattern.text.split("(?").skip(1) {
                    let group = group.trim_start_matches('P');
                    if let Some((name, _)) = group.strip_prefix('<').and_then(|group| group.split_once('>')) {
                        known.insert(name.to_owned());
                    }
                }
            }
            known
        })
    }

    pub(super) fn search(&mut self, tokens: &[Token<'_>], known: &Known) {
        self.terms(tokens);
        for pair in tokens.windows(2) {
            if pair[0].sort == Sort::Word && (pair[1].sort == Sort::Operator || pair[1].is_word("in")) {
                self.uses(&pair[0], known);
            }
        }
    }
}

fn has_macro(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.sort == Sort::Macro)
}
