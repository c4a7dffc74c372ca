use super::mark_options;

#[test]
fn each_tstats_is_marked_once() {
    let template =
        "| tstats `summariesonly` count\n    where A.x=1\n| append\n    [| tstats `summariesonly` count where B.y=2]";
    assert_eq!(
        mark_options(template),
        "| tstats {{summariesonly}}count\n    where {{earliest}}A.x=1\n| append\n    [| tstats {{summariesonly}}count where {{earliest}}B.y=2]"
    );
}

/// Reads a literal as Splunk does.
pub(super) fn read_literal(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next().filter(|next| matches!(next, '\\' | '"'))?),
            // A quote would end the literal; the others mean something even inside one.
            '"' | '*' | '`' | '$' | '\n' | '\r' => return None,
            c => out.push(c),
        }
    }
    Some(out)
}
