//! The expressions of where and eval, by recursive descent.

use super::{
    Checker, Known, Problem,
    lex::{Sort, Token},
    words,
};

/// Parentheses nested deeper than this are refused: no hunt needs them, and the descent has to end.
const MAX_DEPTH: usize = 64;

/// A piece of an expression: the words of the search are cut further, at operators and numbers.
#[derive(Clone, Copy, Debug)]
enum Atom<'q> {
    Name(&'q str),
    Value,
    Arithmetic(char),
    Whole(Token<'q>),
}

struct Reader<'a, 'q> {
    checker: &'a mut Checker,
    atoms: Vec<(Atom<'q>, usize)>,
    at: usize,
    depth: usize,
    known: &'a Known,
}

impl Checker {
    /// Checks an expression.
    pub(super) fn expression(&mut self, tokens: &[Token<'_>], at: usize, known: &Known) {
        if tokens.iter().any(|token| matches!(token.sort, Sort::Macro | Sort::Sub)) {
            return;
        }
        let atoms: Vec<_> = tokens.iter().flat_map(cut).collect();
        let end = tokens.last().map_or(at, |token| token.at);
        let mut reader = Reader { checker: self, atoms, at: 0, depth: 0, known };
        let result = reader.or();
        let rest = reader.atoms.get(reader.at).map(|(_, at)| *at);
        match (result, rest) {
            (Err(Some(problem)), _) => self.problems.push(problem),
            (Err(None), _) => self.say(end, "an expression ends too early"),
            (Ok(()), Some(at)) => self.say(at, "something stands after the end of an expression"),
            (Ok(()), None) => {}
        }
    }

    /// Checks `name=expression, …` and returns the fields with the new ones.
    pub(super) fn eval(&mut self, tokens: &[Token<'_>], at: usize, known: Known) -> Known {
        let mut known = known;
        for part in at_commas(tokens) {
            let assigns = part.len() >= 3 && part[0].names() && part[1].is_operator("=");
            if !assigns {
                if !part.iter().any(|token| token.sort == Sort::Macro) {
                    self.say(part.first().map_or(at, |token| token.at), "eval wants `name=expression`");
                }
                continue;
            }
            self.expression(&part[2..], part[1].at, &known);
            if let Some(known) = &mut known {
                known.insert(part[0].bare().to_owned());
            }
        }
        known
    }
}

fn at_commas<'t, 'q>(tokens: &'t [Token<'q>]) -> Vec<&'t [Token<'q>]> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.sort {
            Sort::Left => depth += 1,
            Sort::Right => depth -= 1,
            Sort::Comma if depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts
}

fn cut<'q>(token: &Token<'q>) -> Vec<(Atom<'q>, usize)> {
    if token.sort != Sort::Word {
        return vec![(Atom::Whole(*token), token.at)];
    }
    let mut out = Vec::new();
    let mut rest = token.text;
    while let Some(c) = rest.chars().next() {
        let at = token.at + token.text.len() - rest.len();
        let name = |c: char| c.is_alphanumeric() || "_@:{}*".contains(c);
        let length = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len())
        } else if c.is_alphabetic() || c == '_' || c == '@' {
            rest.find(|c: char| !name(c) && c != '.').unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        // A dot at the end of a name joins it to what follows.
        let text = if length > 1 { rest[..length].trim_end_matches('.') } else { &rest[..length] };
        out.push(match c {
            c if c.is_ascii_digit() => (Atom::Value, at),
            c if c.is_alphabetic() || c == '_' || c == '@' => (Atom::Name(text), at),
            c => (Atom::Arithmetic(c), at),
        });
        rest = &rest[text.len()..];
    }
    out
}

/// An error, or none where the expression ended too early.
type Read = Result<(), Option<Problem>>;

impl<'q> Reader<'_, 'q> {
    fn peek(&self) -> Option<Atom<'q>> {
        self.atoms.get(self.at).map(|(atom, _)| *atom)
    }

    fn is_keyword(&self, words: &[&str]) -> bool {
        matches!(self.peek(), Some(Atom::Name(name)) if words.iter().any(|word| name.eq_ignore_ascii_case(word)))
    }

    fn is_whole(&self, sort: Sort) -> bool {
        matches!(self.peek(), Some(Atom::Whole(token)) if token.sort == sort)
    }

    fn fail(&self, message: &str) -> Read {
        Err(self.atoms.get(self.at).map(|(_, at)| Problem { at: *at, message: message.to_owned() }))
    }

    fn or(&mut self) -> Read {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.fail("an expression is nested too deep");
        }
        self.and()?;
        while self.is_keyword(&["or", "xor"]) {
            self.at += 1;
            self.and()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn and(&mut self) -> Read {
        self.not()?;
        while self.is_keyword(&["and"]) {
            self.at += 1;
            self.not()?;
        }
        Ok(())
    }

    fn not(&mut self) -> Read {
        while self.is_keyword(&["not"]) || matches!(self.peek(), Some(Atom::Arithmetic('!'))) {
            self.at += 1;
        }
        self.sum()?;
        if self.is_whole(Sort::Operator) || self.is_keyword(&["like"]) {
            self.at += 1;
            return self.sum();
        }
        if self.is_keyword(&["not"]) {
            self.at += 1;
        }
        if self.is_keyword(&["in"]) {
            self.at += 1;
            if !self.is_whole(Sort::Left) {
                return self.fail("`in` wants a list");
            }
            self.at += 1;
            return self.arguments();
        }
        Ok(())
    }

    fn sum(&mut self) -> Read {
        self.operand()?;
        while matches!(self.peek(), Some(Atom::Arithmetic('+' | '-' | '*' | '/' | '%' | '.'))) {
            self.at += 1;
            self.operand()?;
        }
        Ok(())
    }

    fn operand(&mut self) -> Read {
        while matches!(self.peek(), Some(Atom::Arithmetic('+' | '-'))) {
            self.at += 1;
        }
        match self.peek() {
            Some(Atom::Whole(token)) if token.sort == Sort::Left => {
                self.at += 1;
                self.or()?;
                if !self.is_whole(Sort::Right) {
                    return self.fail("a parenthesis should close here");
                }
                self.at += 1;
                Ok(())
            }
            Some(Atom::Whole(token)) if token.sort == Sort::Text => {
                self.at += 1;
                Ok(())
            }
            Some(Atom::Whole(token)) if token.sort == Sort::Name => {
                self.checker.uses(&token, self.known);
                self.at += 1;
                Ok(())
            }
            Some(Atom::Value) => {
                self.at += 1;
                Ok(())
            }
            Some(Atom::Name(name)) => self.name(name),
            _ => self.fail("this cannot stand in an expression"),
        }
    }

    fn name(&mut self, name: &'q str) -> Read {
        let at = self.atoms[self.at].1;
        self.at += 1;
        if self.is_whole(Sort::Left) {
            if !words::is_function(name) {
                self.checker.say(at, format!("`{name}` is no function of eval"));
            }
            self.at += 1;
            return self.arguments();
        }
        if ["and", "or", "not", "like", "in", "as", "by"].iter().any(|word| name.eq_ignore_ascii_case(word)) {
            self.at -= 1;
            return self.fail("a keyword stands where a value should");
        }
        if !["true", "false", "null"].iter().any(|word| name.eq_ignore_ascii_case(word)) {
            self.checker.uses(&Token { sort: Sort::Word, text: name, at }, self.known);
        }
        Ok(())
    }

    fn arguments(&mut self) -> Read {
        if self.is_whole(Sort::Right) {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.or()?;
            let separator = self.is_whole(Sort::Comma);
            if !separator && !self.is_whole(Sort::Right) {
                return self.fail("a comma or a closing parenthesis should stand here");
            }
            self.at += 1;
            if !separator {
                return Ok(());
            }
        }
    }
}
