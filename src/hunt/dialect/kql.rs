//! Kusto: `"…"` with backslash escapes, and for values with a backslash the verbatim form `@"…"`, as people write
//! paths.

use super::Affix;

#[expect(clippy::unnecessary_wraps, reason = "one form for every dialect; this one has a literal for every value")]
pub(super) fn literal(value: &str, affix: &Affix) -> Option<String> {
    let whole = || affix.before.chars().chain(value.chars()).chain(affix.after.chars());
    let controls = whole().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    let mut out = String::with_capacity(value.len() + affix.before.len() + affix.after.len() + 3);
    if whole().any(|c| c == '\\') && !controls {
        out.push_str("@\"");
        for c in whole() {
            if c == '"' {
                out.push('"');
            }
            out.push(c);
        }
    } else {
        out.push('"');
        whole().for_each(|c| push_escaped(&mut out, c));
    }
    out.push('"');
    Some(out)
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '"' => out.push_str("\\\""),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Every control character and both separators lie in the basic plane: four digits always do.
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
            out.push_str("\\u");
            let code = u32::from(c);
            for shift in [12, 8, 4, 0] {
                out.push(char::from_digit((code >> shift) & 0xf, 16).expect("four bits are one hexadecimal digit"));
            }
        }
        c => out.push(c),
    }
}
