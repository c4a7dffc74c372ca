/// Reads a literal as Kusto does.
pub(super) fn read_literal(literal: &str) -> Option<String> {
    if let Some(inner) = literal.strip_prefix("@\"") {
        let inner = inner.strip_suffix('"')?;
        let lone = inner.replace("\"\"", "");
        let ends = lone.contains('"') || inner.contains(['\n', '\r']);
        return (!ends).then(|| inner.replace("\"\"", "\""));
    }
    let mut out = String::new();
    let mut chars = literal.strip_prefix('"')?.strip_suffix('"')?.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\n' | '\r' => return None,
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                }
                c @ ('\\' | '"') => c,
                _ => return None,
            }),
            c => out.push(c),
        }
    }
    Some(out)
}
