//! Splunk SPL: `"…"` with `\\` and `\"`. An asterisk is a wildcard that cannot be escaped; a backtick starts a macro
//! and `$…$` a token even inside quotes. Values with any of these are refused.

use super::Affix;

pub(super) fn literal(value: &str, affix: &Affix) -> Option<String> {
    let mut out = String::with_capacity(value.len() + affix.before.len() + affix.after.len() + 2);
    out.push('"');
    affix.before.chars().for_each(|c| push(&mut out, c));
    for c in value.chars() {
        if matches!(c, '*' | '`' | '$') || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            return None;
        }
        push(&mut out, c);
    }
    affix.after.chars().for_each(|c| push(&mut out, c));
    out.push('"');
    Some(out)
}

fn push(out: &mut String, c: char) {
    if matches!(c, '"' | '\\') {
        out.push('\\');
    }
    out.push(c);
}

/// Marks the places of a template that the parameters turn on and off: the macro of each tstats, and its time bound.
pub(in crate::hunt) fn mark_options(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(at) = rest.find("tstats ") {
        let (before, stage) = rest.split_at(at);
        out.push_str(before);
        let end = stage.find("\n|").unwrap_or(stage.len());
        out.push_str(&mark_stage(&stage[..end]));
        rest = &stage[end..];
    }
    out.push_str(rest);
    out
}

fn mark_stage(stage: &str) -> String {
    let stage = stage.replacen("`summariesonly` ", "{{summariesonly}}", 1);
    stage.replacen(" where ", " where {{earliest}}", 1)
}

#[cfg(test)]
mod tests {
    use super::mark_options;

    #[test]
    fn each_tstats_is_marked_once() {
        let template = "| tstats `summariesonly` count\n    where A.x=1\n| append\n    [| tstats `summariesonly` count where B.y=2]";
        assert_eq!(
            mark_options(template),
            "| tstats {{summariesonly}}count\n    where {{earliest}}A.x=1\n| append\n    [| tstats {{summariesonly}}count where {{earliest}}B.y=2]"
        );
    }
}
