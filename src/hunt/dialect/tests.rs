use proptest::prelude::{any, proptest};

use super::{Affix, Dialect};
use crate::hunt::samples::NASTY;

fn round_trips(value: &str) {
    for dialect in Dialect::ALL {
        // The short way writes what the long way does.
        for affix in [Affix::default(), Affix { before: "*".into(), after: "*".into() }] {
            let mut pushed = String::new();
            let held = dialect.push_literal(&mut pushed, value, &affix);
            assert_eq!(held.then_some(pushed), dialect.literal(value, &affix), "{dialect:?} {value:?}");
        }
        assert_eq!(dialect.holds(value), dialect.literal(value, &Affix::default()).is_some());
        if let Some(literal) = dialect.literal(value, &Affix::default()) {
            assert_eq!(dialect.language().read_literal(&literal).as_deref(), Some(value), "{dialect:?} {literal}");
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
    let refused = |dialect: Dialect, value| assert_eq!(dialect.literal(value, &Affix::default()), None, "{value:?}");
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
    let write = |dialect: Dialect, value: &str| dialect.literal(value, &Affix::default()).unwrap();
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
    assert_eq!(Dialect::Spl.literal("x.exe", &affix).unwrap(), r#""*\\x.exe*""#);
    assert_eq!(Dialect::Sigma.literal("x.exe", &affix).unwrap(), r"'*\x.exe*'");
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

#[test]
fn a_dialect_is_read_and_written_by_its_name() {
    for dialect in Dialect::ALL {
        assert_eq!(Dialect::from_name(dialect.name()), Some(dialect));
        assert_eq!(serde_json::to_value(dialect).unwrap(), dialect.name());
        assert!(Dialect::ALL.iter().all(|other| *other == dialect || other.key() != dialect.key()), "{dialect:?}");
    }
}
