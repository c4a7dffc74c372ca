use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_oneof, proptest};

use super::{FIELDS, Value, WORDS, parse, parse_typing};

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// Returns a query as SQL, each bound value in the place of its mark.
fn sql(query: &str) -> String {
    let clause = parse(query, now()).unwrap().clause();
    let parts: Vec<String> = clause
        .parts
        .iter()
        .map(|part| {
            let mut values = part.values.iter();
            let text: String = part
                .sql
                .chars()
                .map(|c| match (c, if c == '?' { values.next() } else { None }) {
                    (_, Some(Value::Integer(number))) => number.to_string(),
                    (_, Some(Value::Text(text))) => format!("'{text}'"),
                    (c, None) => c.to_string(),
                })
                .collect();
            text
        })
        .collect();
    parts.join(" / ")
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
        if empty != "---" {
            assert_eq!(sql(empty), "");
        }
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
fn every_bare_word_stands_for_a_term_and_not_for_a_text() {
    for word in WORDS {
        assert!(!sql(word.name).contains("MATCH"), "{}", word.name);
        assert!(sql(&format!("\"{}\"", word.name)).contains("MATCH"));
    }
}

#[test]
fn words_side_by_side_are_one_search() {
    assert_eq!(
        sql("vpn \"remote code\" sev>=high"),
        "SELECT rowid FROM search WHERE search MATCH '\"vpn\" AND \"remote code\"' / a.severity >= 2"
    );
    assert!(sql("a (b or c)").contains("'\"a\" AND (\"b\" OR \"c\")'"));
}

#[test]
fn or_binds_weaker_than_side_by_side() {
    assert_eq!(sql("new starred or demo"), "((a.state = 0 AND a.starred = 1) OR a.demo = 1)");
    assert_eq!(sql("new (starred or demo)"), "a.state = 0 / (a.starred = 1 OR a.demo = 1)");
}

#[test]
fn negation_holds_for_absent_values_too() {
    assert_eq!(sql("-escalated"), "coalesce(a.verdict = 2, 0) = 0");
    assert_eq!(sql("not escalated"), sql("-escalated"));
    assert_eq!(sql("demo:no"), sql("-demo"));
}

#[test]
fn times_count_back_or_name_a_day() {
    let noon = now().as_second();
    assert_eq!(sql("newer:7d"), format!("a.published >= {}", noon - 7 * 86_400));
    assert_eq!(sql("older:36h"), format!("a.published < {}", noon - 36 * 3_600));
    assert_eq!(sql("since:2026-11-24"), format!("a.published >= {}", noon - 12 * 3_600));
    assert_eq!(sql("since:today"), sql("since:2026-11-24"));
    assert_eq!(
        sql("seen:2026-11-24T06:00"),
        format!("SELECT a.id FROM article a WHERE a.seen >= {}", noon - 6 * 3_600)
    );
}

#[test]
fn a_parent_technique_finds_its_subs() {
    assert!(sql("t:T1566").ends_with("BETWEEN 1566000 AND 1566999"));
    assert!(sql("t:t1566.001").ends_with("BETWEEN 1566001 AND 1566001"));
}

#[test]
fn an_indicator_is_found_however_it_is_written() {
    assert_eq!(sql("ioc:evil[.]example"), sql("ioc:evil.example"));
    assert_eq!(sql("ioc:evil(.)example"), sql("ioc:evil.example"));
    assert_eq!(sql("ioc:hxxps[:]//evil[.]example/x"), sql("ioc:https://evil.example/x"));
    assert_eq!(sql("(ioc:evil(.)example)"), sql("ioc:evil.example"));
    assert_eq!(sql("hxxps://evil[.]example"), sql("\"evil.example\""));
    assert_eq!(sql("cve:cve\u{2011}2026\u{2013}1234"), sql("cve:2026-1234"));
    assert_eq!(sql("ioc:domain"), "a.kinds & (1 << 2)");
}

#[test]
fn stories_are_found_by_an_article_and_by_their_sources() {
    assert!(sql("story:42").contains("story = (SELECT story FROM article WHERE id = 42)"));
    assert_eq!(sql("sources>2"), sql("sources:>2"));
    assert!(sql("sources>=3").contains("others + 1 >= 3"));
    assert_eq!(sql("sources:1"), "a.others + 1 = 1");
    assert_eq!(sql("score:>=5"), sql("score>=5"));
}

#[test]
fn values_can_be_listed_and_quoted() {
    assert_eq!(sql("state:new|read"), "(a.state = 0 OR a.state = 1)");
    assert_eq!(sql("state:new|read"), sql("unreviewed"));
    assert!(sql("feed:\"Cisco Ta\"").ends_with("LIKE '% Cisco Ta%' ESCAPE '\\')"));
    assert!(sql("feed:50%_").contains("'% 50\\%\\_%'"));
}

#[test]
fn addresses_and_paths_are_words_and_no_fields() {
    for word in ["https://evil.example/a?b=c", "fe80::1", "dead::beef", "C:\\Windows"] {
        assert!(sql(word).contains("MATCH"), "{word}");
    }
}

#[test]
fn users_words_can_not_break_the_search_syntax() {
    for word in ["a\"b", "NEAR(a b)", "title:x*", "^start", "a*b", "+a", "{title}", "a\0b", "AND"] {
        let query = sql(&format!("\"{}\"", word.replace('"', " ")));
        assert!(query.matches('"').count().is_multiple_of(2), "{query}");
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
    assert_eq!(view.and(&search), parse("unreviewed sev:crit starred", now()).unwrap());
    assert_eq!(view.and(&parse("", now()).unwrap()), view);
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
        match parse(&text, now()) {
            Ok(query) => {
                for part in query.clause().parts {
                    prop_assert!(part.sql.matches('?').count() == part.values.len());
                }
            }
            Err(error) => prop_assert!(text.get(error.span.range()).is_some(), "{:?} in {:?}", error, text),
        }
    }
}
