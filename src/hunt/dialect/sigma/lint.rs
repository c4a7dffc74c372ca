//! What can be known of a Sigma rule without `sigma check`.

use crate::hunt::dialect::Problem;

/// Keys that the renderer writes.
const WRITTEN: [&str; 9] = ["title", "id", "status", "references", "author", "date", "tags", "falsepositives", "level"];

pub(super) fn check(body: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |at: usize, message: String| problems.push(Problem { at, message });
    if !body.starts_with("description: ") {
        say(0, "the rule begins with its description".to_owned());
    }
    for key in ["\nlogsource:\n", "\ndetection:\n", "\n    condition: "] {
        if !body.contains(key) {
            say(0, format!("the rule has no `{}`", key.trim().trim_end_matches(':')));
        }
    }
    let mut at = 0;
    for line in body.split('\n') {
        if line.contains('\t') {
            say(at, "a tab is no indentation of YAML".to_owned());
        }
        if let Some((key, _)) = line.split_once(':')
            && WRITTEN.contains(&key)
        {
            say(at, format!("`{key}` is written by the renderer"));
        }
        if !line.contains('#') && line.matches('\'').count() % 2 == 1 && !line.starts_with("description:") {
            say(at, "a quoted text does not end".to_owned());
        }
        at += line.len() + 1;
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::check;

    const GOOD: &str = "description: Detects x.\nlogsource:\n    category: dns\ndetection:\n    selection:\n        query: ['a''b']\n    condition: selection";

    #[test]
    fn a_whole_body_is_clean_and_a_faulty_one_is_not() {
        assert_eq!(check(GOOD), []);
        for (old, new) in [
            ("description", "text"),
            ("condition", "conditions"),
            ("''", "'"),
            ("logsource:\n", "title: x\nlogsource:\n"),
            ("        query", "\tquery"),
        ] {
            assert!(!check(&GOOD.replace(old, new)).is_empty(), "{new}");
        }
    }
}
