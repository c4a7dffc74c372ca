//! The rules that every hunt keeps: what it says of itself, and its queries in every dialect over every set of values.
//!
//! Microsoft's own parser and `sigma check` see the same queries in `tests/validators`; this is what can be known
//! without them, for the shipped hunts in `cargo test` and for a user's own in `huntdeck hunts lint`.

mod card;

use std::collections::{BTreeSet, HashMap};

use super::{Fault, Hunt, file, samples};

/// Checks the files of a folder, each a name and its text; returns what is wrong, by file and line.
pub fn folder<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Fault> {
    let mut faults = BTreeSet::new();
    let mut owners: HashMap<String, String> = HashMap::new();
    for (name, text) in files {
        match file::read(name, text) {
            Err(fault) => {
                faults.insert(fault);
            }
            Ok(hunt) => {
                if let Some(other) = owners.insert(hunt.meta.id.0.clone(), name.to_owned()) {
                    let line = card::line(text, "id");
                    faults.insert(
                        Fault::new(line, format!("`{}` is also the id of {other}", hunt.meta.id)).in_file(name),
                    );
                }
                faults.extend(self::hunt(&hunt, text).into_iter().map(|fault| fault.in_file(name)));
            }
        }
    }
    faults.into_iter().collect()
}

/// Checks one hunt. The same fault of several sets of values is told once.
fn hunt(hunt: &Hunt, text: &str) -> Vec<Fault> {
    let mut faults = card::check(hunt, text);
    for trial in samples::trials(hunt) {
        let query = &trial.filled.text;
        for problem in trial.dialect.lint(query) {
            let above = query[..problem.at.min(query.len())].matches('\n').count();
            let line = trial.filled.lines.get(above).copied().unwrap_or(1);
            let message = format!("{} ({} values): {}", trial.dialect.name(), trial.set.name(), problem.message);
            let known = |fault: &Fault| fault.line == line && same_problem(&fault.message, &message);
            if !faults.iter().any(known) {
                faults.push(Fault::new(line, message));
            }
        }
    }
    faults
}

fn same_problem(a: &str, b: &str) -> bool {
    let problem = |message: &str| message.split_once(" values): ").map(|(_, problem)| problem.to_owned());
    problem(a) == problem(b)
}

#[cfg(test)]
mod tests;
