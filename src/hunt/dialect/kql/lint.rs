//! What can be known of a Kusto query without Microsoft's parser.

use crate::hunt::dialect::Problem;

/// Tables that hold the present state and have no time column.
const TIMELESS: [&str; 2] = ["DeviceTvm", "IdentityInfo"];

pub(super) fn check(query: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |at: usize, message: &str| problems.push(Problem { at, message: message.to_owned() });
    let code = match blank_literals(query) {
        Ok(code) => code,
        Err((at, message)) => {
            say(at, message);
            return problems;
        }
    };
    if let Some(at) = code.find("//") {
        say(at, "a comment: prose does not belong into a query");
    }
    if let Some(at) = code.find("\n\n") {
        say(at, "an empty line ends the query in the portal");
    }
    let timeless = TIMELESS.iter().any(|table| code.trim_start().starts_with(table));
    let bounded = code.contains("Timestamp > ago(") || code.contains("Timestamp >= ago(");
    if !timeless && !bounded {
        say(0, "no time bound: `| where Timestamp > ago({{window}})`");
    }
    if !["| project ", "| summarize ", "| distinct ", "| count"].iter().any(|end| code.contains(end)) {
        say(0, "no projection: `| project …`");
    }
    for (at, _) in code.match_indices("join ") {
        let kind = code[at..].starts_with("join kind=") || code[at..].starts_with("join hint.");
        let whole = at == 0 || code[..at].ends_with([' ', '|', '\n']);
        if whole && !kind {
            say(at, "a join without its kind keeps one row of each key: write `join kind=inner`");
        }
    }
    for (at, _) in code.match_indices(" contains ") {
        let literal = query[at + " contains ".len()..].trim_start_matches('@');
        let word = literal.strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or_default();
        if word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            say(at, "`contains` reads every row: `has` finds a term by the index");
        }
    }
    problems
}

/// Replaces what stands in literals by spaces of the same length, and checks that quotes and brackets close.
fn blank_literals(query: &str) -> Result<String, (usize, &'static str)> {
    let mut out = String::with_capacity(query.len());
    let mut open = Vec::new();
    let mut rest = query;
    while let Some(c) = rest.chars().next() {
        let at = query.len() - rest.len();
        let verbatim = rest.starts_with("@\"") || rest.starts_with("@'");
        if verbatim || c == '"' || c == '\'' {
            let length = literal(rest, verbatim).ok_or((at, "a quoted text does not end"))?;
            out.extend(std::iter::repeat_n(' ', length));
            rest = &rest[length..];
            continue;
        }
        match c {
            '(' | '[' | '{' => open.push((at, c)),
            ')' | ']' | '}' => {
                let wanted = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                if open.pop().is_none_or(|(_, opened)| opened != wanted) {
                    return Err((at, "a bracket closes nothing"));
                }
            }
            c if c.is_control() && c != '\n' => return Err((at, "a control character stands outside a literal")),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    match open.pop() {
        Some((at, _)) => Err((at, "a bracket is not closed")),
        None => Ok(out),
    }
}

/// Returns the length of the literal that begins a text; none where it does not end on its line.
fn literal(rest: &str, verbatim: bool) -> Option<usize> {
    let start = if verbatim { 2 } else { 1 };
    let quote = rest[start - 1..].chars().next()?;
    let mut chars = rest[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' | '\r' => return None,
            '\\' if !verbatim => {
                chars.next();
            }
            c if c == quote => {
                if verbatim && chars.peek().is_some_and(|(_, next)| *next == quote) {
                    chars.next();
                } else {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::check;

    const GOOD: &str = "DeviceEvents\n| where Timestamp > ago(7d)\n| where FolderPath has_any (@\"a\\\", \"b\\\"\")\n| project Timestamp, DeviceName";

    #[test]
    fn a_bounded_and_projected_query_is_clean() {
        assert_eq!(check(GOOD), []);
        assert_eq!(check("DeviceTvmSoftwareVulnerabilities\n| where CveId in~ (\"x\")\n| project DeviceName"), []);
    }

    #[test]
    fn what_is_missing_is_told() {
        for (old, new, part) in [
            ("\n| where Timestamp > ago(7d)", "", "time bound"),
            ("| project", "| extend", "projection"),
            ("b\\\"\")", "b\\\"\"", "not closed"),
            ("b\\\"\")", "b\\\")", "does not end"),
            ("| project", "| where FileName contains \"powershell\"\n| project", "by the index"),
            ("| project", "| join (DeviceInfo) on DeviceId\n| project", "join kind=inner"),
            ("| project", "// prose\n| project", "comment"),
        ] {
            let problems = check(&GOOD.replace(old, new));
            assert!(problems.iter().any(|problem| problem.message.contains(part)), "{part}: {problems:?}");
        }
    }
}
