use proptest::prelude::{any, proptest};

use super::{Affix, Dialect, holds, literal, push_literal};
use crate::hunt::samples::NASTY;

/// Reads a literal as the query language does; none when it is not one whole literal.
fn read(dialect: Dialect, literal: &str) -> Option<String> {
    match dialect {
        Dialect::Spl => read_spl(literal),
        Dialect::Kql => read_kql(literal),
        Dialect::Sigma => read_sigma(literal),
    }
}

fn read_spl(literal: &str) -> Option<String> {
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

fn read_kql(literal: &str) -> Option<String> {
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

/// Reads YAML single quotes, then Sigma's escapes.
fn read_sigma(literal: &str) -> Option<String> {
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

fn round_trips(value: &str) {
    for dialect in Dialect::ALL {
        // The short way writes what the long way does.
        for affix in [Affix::default(), Affix { before: "*".into(), after: "*".into() }] {
            let mut pushed = String::new();
            let held = push_literal(&mut pushed, dialect, value, &affix);
            assert_eq!(held.then_some(pushed), literal(dialect, value, &affix), "{dialect:?} {value:?}");
        }
        assert_eq!(holds(dialect, value), literal(dialect, value, &Affix::default()).is_some());
        if let Some(literal) = literal(dialect, value, &Affix::default()) {
            assert_eq!(read(dialect, &literal).as_deref(), Some(value), "{dialect:?} {literal}");
            assert!(!literal.contains('\n'), "{dialect:?} {literal:?}");
        }
    }
}

#[test]
fn nasty_values_come_back_or_are_refused() {
    for value in NASTY {
        round_trips(value);
    }
}

#[test]
fn what_a_dialect_can_not_hold_is_refused() {
    let refused = |dialect, value| assert_eq!(literal(dialect, value, &Affix::default()), None, "{value:?}");
    for value in ["a*b", "a`b", "$token$", "a\nb", "\0", "\u{2028}", ""] {
        refused(Dialect::Spl, value);
    }
    for value in ["a\nb", "\u{feff}", ""] {
        refused(Dialect::Sigma, value);
    }
    refused(Dialect::Kql, "");
}

#[test]
fn literals_look_as_people_write_them() {
    let write = |dialect, value: &str| literal(dialect, value, &Affix::default()).unwrap();
    assert_eq!(write(Dialect::Spl, r"C:\Temp\x.exe"), r#""C:\\Temp\\x.exe""#);
    assert_eq!(write(Dialect::Kql, r"C:\Temp\x.exe"), r#"@"C:\Temp\x.exe""#);
    assert_eq!(write(Dialect::Kql, "evil.example"), r#""evil.example""#);
    assert_eq!(write(Dialect::Kql, "a\tb\u{85}"), r#""a\tb\u0085""#);
    assert_eq!(write(Dialect::Sigma, r"C:\Temp\x.exe"), r"'C:\Temp\x.exe'");
    assert_eq!(write(Dialect::Sigma, r"\\host\x"), r"'\\\\host\x'");
    assert_eq!(write(Dialect::Sigma, "it's?"), r"'it''s\?'");
}

#[test]
fn what_stands_around_a_value_keeps_its_wildcards() {
    let affix = Affix { before: r"*\".to_owned(), after: "*".to_owned() };
    assert_eq!(literal(Dialect::Spl, "x.exe", &affix).unwrap(), r#""*\\x.exe*""#);
    assert_eq!(literal(Dialect::Sigma, "x.exe", &affix).unwrap(), r"'*\x.exe*'");
}

proptest! {
    #[test]
    fn any_value_comes_back_or_is_refused(value in any::<String>()) {
        round_trips(&value);
    }

    #[test]
    fn values_of_quotes_and_escapes_come_back(value in r#"[\\"'*?`$@u0-9{}\[\]|/ \t\n]{0,12}"#) {
        round_trips(&value);
    }
}
