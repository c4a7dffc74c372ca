//! A checker for Splunk searches: what the search head would refuse, and what it would silently answer with nothing.

mod aggregate;
mod cim;
mod expression;
mod flow;
mod lex;
mod pipeline;
mod tstats;
mod words;

use crate::hunt::dialect::Problem;

/// The fields that a stage of a search hands on; none where that cannot be known.
type Known = Option<std::collections::BTreeSet<String>>;

/// Collects what is wrong with one search.
#[derive(Debug, Default)]
struct Checker {
    problems: Vec<Problem>,
}

impl Checker {
    fn say(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Problem { at, message: message.into() });
    }
}

/// Checks a search.
pub(super) fn check(search: &str) -> Vec<Problem> {
    let mut checker = Checker::default();
    if search.trim().is_empty() {
        checker.say(0, "the search is empty");
        return checker.problems;
    }
    match lex::tokens(search) {
        Ok(tokens) => {
            checker.literals(&tokens);
            checker.pipeline(&tokens, true);
        }
        Err(problem) => checker.problems.push(problem),
    }
    checker.problems
}

#[cfg(test)]
mod tests;
