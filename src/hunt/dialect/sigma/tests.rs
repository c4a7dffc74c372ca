/// Reads YAML single quotes, then Sigma's escapes.
pub(super) fn read_literal(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    if inner.replace("''", "").contains('\'') || inner.contains(['\n', '\r']) {
        return None;
    }
    let inner = inner.replace("''", "'");
    let mut out = String::new();
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('*' | '?', _) => return None,
            ('\\', Some('\\' | '*' | '?')) => out.extend(chars.next()),
            (c, _) => out.push(c),
        }
    }
    Some(out)
}
