use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::{Value, clause};
use crate::query::{self, WORDS, parse};

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// Returns a query as SQL, each bound value in the place of its mark.
fn sql(query: &str) -> String {
    let clause = clause(&parse(query, now()).unwrap());
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
fn users_words_cannot_break_the_search_syntax() {
    for word in ["a\"b", "NEAR(a b)", "title:x*", "^start", "a*b", "+a", "{title}", "a\0b", "AND"] {
        let query = sql(&format!("\"{}\"", word.replace('"', " ")));
        assert!(query.matches('"').count().is_multiple_of(2), "{query}");
    }
}

#[test]
fn the_empty_query_has_no_condition() {
    assert_eq!(sql(""), "");
}

#[test]
fn only_what_the_counts_know_is_counted_by_them() {
    let is_counted = |query: &str| clause(&parse(query, now()).unwrap()).is_counted;
    for query in ["", "sev>=high unreviewed", "-(demo or starred) verdict:none", "state:new|read"] {
        assert!(is_counted(query), "{query}");
    }
    for query in ["vpn", "score>3", "new newer:7d", "id:1", "-tag:x", "story:1", "owner:none"] {
        assert!(!is_counted(query), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_value_is_bound(text in query::tests::querylike()) {
        if let Ok(filter) = parse(&text, now()) {
            for part in clause(&filter).parts {
                prop_assert_eq!(part.sql.matches('?').count(), part.values.len());
            }
        }
    }
}
