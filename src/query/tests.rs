use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_oneof, proptest};

use super::{FIELDS, parse, parse_typing};
use crate::{
    indicator::Kind,
    triage::{Filter, Term},
};

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn filter(query: &str) -> Filter {
    parse(query, now()).unwrap()
}

/// Returns the message of a bad query and the text under its caret.
fn fault(query: &str) -> (String, &str) {
    let error = parse(query, now()).unwrap_err();
    (error.message, &query[error.span.range()])
}

#[test]
fn the_empty_query_stands_for_everything() {
    for empty in ["", "  ", "()", "\"\"", "---", "( )"] {
        assert!(parse(empty, now()).unwrap().is_everything() || empty == "---", "{empty}");
    }
}

#[test]
fn every_example_of_a_field_can_be_parsed() {
    for field in FIELDS {
        assert!(parse(field.example, now()).is_ok(), "{}", field.example);
        for value in field.values {
            let query = format!("{}:{value}", field.name);
            assert!(parse(&query, now()).is_ok(), "{query}");
        }
    }
}

#[test]
fn an_indicator_is_found_however_it_is_written() {
    assert_eq!(filter("ioc:evil[.]example"), filter("ioc:evil.example"));
    assert_eq!(filter("ioc:evil(.)example"), filter("ioc:evil.example"));
    assert_eq!(filter("ioc:hxxps[:]//evil[.]example/x"), filter("ioc:https://evil.example/x"));
    assert_eq!(filter("(ioc:evil(.)example)"), filter("ioc:evil.example"));
    assert_eq!(filter("hxxps://evil[.]example"), filter("\"evil.example\""));
    assert_eq!(filter("cve:cve\u{2011}2026\u{2013}1234"), filter("cve:2026-1234"));
    assert_eq!(filter("ioc:domain"), Filter::Is(Term::IndicatorKind(Kind::Domain)));
}

#[test]
fn addresses_and_paths_are_words_and_no_fields() {
    for word in ["https://evil.example/a?b=c", "fe80::1", "dead::beef", "C:\\Windows"] {
        assert!(matches!(filter(word), Filter::Is(Term::Text { .. })), "{word}");
    }
}

#[test]
fn an_error_says_what_is_meant_and_where() {
    assert_eq!(fault("new soruce:x"), ("there is no field `soruce`: did you mean `source`?".into(), "soruce"));
    assert_eq!(fault("state:neu").0, "`state` knows no `neu`: did you mean `new`?");
    assert_eq!(fault("sev>=hihg").1, "hihg");
    assert_eq!(fault("(new").1, "(");
    assert_eq!(fault("new)").1, ")");
    assert_eq!(fault("or new").1, "or");
    assert_eq!(fault("new or").1, "or");
    assert_eq!(fault("not").1, "not");
    assert_eq!(fault("t:T15").1, "T15");
    assert_eq!(fault("newer:soon").1, "soon");
    assert_eq!(fault("state:new||read").1, "");
    assert_eq!(fault("feed:").1, "feed:");
    assert_eq!(fault("feed>x").1, "x");
    assert_eq!(fault("new ab*").1, "ab*");
    assert_eq!(fault("title:a*").1, "a*");
    assert_eq!(fault(&"(".repeat(100)).0, "the query is nested too deeply: 40 levels are the most");
    assert!(fault(&"a ".repeat(1000)).0.contains("too long"));
}

#[test]
fn a_word_that_is_being_typed_may_go_on() {
    let same = |typed: &str, meant: &str| parse_typing(typed, now()).unwrap() == parse(meant, now()).unwrap();
    assert!(same("new ransom", "new ransom*"));
    for whole in ["ra", "ransom ", "\"ransom\"", "tag:ransom", "starred", "ransom*", "evil.example", "(ransom)"] {
        assert!(same(whole, whole), "{whole}");
    }
}

#[test]
fn the_words_to_highlight_are_those_that_are_looked_for() {
    assert_eq!(parse("vpn -noise sev:high title:\"zero day\"", now()).unwrap().words(), ["vpn", "zero day"]);
}

#[test]
fn a_view_and_a_search_are_joined() {
    let view = parse("unreviewed", now()).unwrap();
    let search = parse("sev:crit starred", now()).unwrap();
    assert_eq!(Filter::all([view.clone(), search]), parse("unreviewed sev:crit starred", now()).unwrap());
    assert_eq!(Filter::all([view.clone(), filter("")]), view);
}

/// Texts made of what the language is made of, so that most get past the scanner.
pub(crate) fn querylike() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "(",
            ")",
            "-",
            "not ",
            " or ",
            " and ",
            "\"",
            ":",
            ">=",
            "|",
            "*",
            " ",
            "sev",
            "state:new",
            "ioc:",
            "t:T1566",
            "evil[.]example",
            "newer:7d",
            "feed:",
            "tag:a",
            "new",
            "demo:no",
            "é",
            "\u{202e}",
            "\0",
            "id:1",
            "has:notes",
        ])
        .prop_map(str::to_owned),
        any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_a_query_or_an_error_with_a_place(text in querylike()) {
        if let Err(error) = parse(&text, now()) {
            prop_assert!(text.get(error.span.range()).is_some(), "{:?} in {:?}", error, text);
        }
    }
}
