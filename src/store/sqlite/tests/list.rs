//! Lists, counts and searches.

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{filing, indicator, list, mark, now, save, store, wait, with_findings};
use crate::{
    article::{Advisory, AdvisorySource, Entry, Identity},
    briefing::Severity,
    indicator::{Kind, Tier},
    query,
    store::{BriefedArticle, Cursor, Store},
    triage::{ArticleId, Change, Filter, Order, Row, State, Verdict},
};

#[test]
fn a_list_goes_by_severity_and_then_by_number() {
    let store = store();
    save(
        &store,
        vec![filing(1, Severity::Low), filing(2, Severity::Crit), filing(3, Severity::Med), filing(4, Severity::Crit)],
    );
    assert_eq!(list(&store, ""), [4, 2, 3, 1]);
    assert_eq!(list(&store, "sev>=med"), [4, 2, 3]);
    assert_eq!(list(&store, "-sev:crit"), [3, 1]);
}

#[test]
fn pages_of_every_order_are_the_whole_list_once() {
    let store = store();
    let batch = (0..57).map(|n| {
        let mut filing = filing(n, Severity::ALL[n as usize % 4]);
        filing.article.published = Timestamp::from_second(i64::from(n % 5) * 1_000).unwrap();
        filing.briefing.score = (n % 7) as i32;
        filing
    });
    save(&store, batch.collect());
    for order in [Order::Severity, Order::Date, Order::Score] {
        let query = query::parse("", now()).unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = wait(store.page(&query, order, after.take(), 10)).unwrap();
            seen.extend(page.rows);
            let Some(next) = page.next else { break };
            after = Some(next);
        }
        let key = |row: &Row| match order {
            Order::Severity => (row.severity as i64, row.published.as_second(), row.id.0),
            Order::Date => (0, row.published.as_second(), row.id.0),
            Order::Score => (i64::from(row.score), row.published.as_second(), row.id.0),
        };
        assert_eq!(seen.len(), 57, "{order:?}");
        assert!(seen.windows(2).all(|pair| key(&pair[0]) > key(&pair[1])), "{order:?}");
        // The outline has the same articles in the same order, and its pages begin where pages do.
        let outline = wait(store.outline(&query, order, None, 10)).unwrap();
        let ids: Vec<_> = outline.iter().flat_map(|page| page.ids.iter().copied()).collect();
        assert_eq!(ids, seen.iter().map(|row| row.id).collect::<Vec<_>>(), "{order:?}");
        assert_eq!(outline.iter().map(|page| page.ids.len()).collect::<Vec<_>>(), [10, 10, 10, 10, 10, 7]);
        assert_eq!(outline[0].after, None);
        assert_eq!(outline[4].after, Some(Cursor::after(&seen[39], order)));
        let rest = wait(store.outline(&query, order, outline[4].after.clone(), 10)).unwrap();
        assert_eq!(rest, outline[4..], "{order:?}");
    }
}

#[test]
fn rows_are_read_by_number() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low), filing(2, Severity::Crit), filing(3, Severity::Med)]);
    let rows = wait(store.rows(vec![ArticleId(3), ArticleId(99), ArticleId(1)])).unwrap();
    assert_eq!(rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn an_outline_tells_which_pages_are_done() {
    let store = store();
    save(&store, (1..=6).map(|n| filing(n, Severity::Low)).collect());
    mark(&store, &[5, 6], Change::Dismiss);
    mark(&store, &[4], Change::Read);
    let outline = wait(store.outline(&query::parse("", now()).unwrap(), Order::Severity, None, 2)).unwrap();
    assert_eq!(outline.iter().map(|page| page.has_open).collect::<Vec<_>>(), [false, true, true]);
    let none = wait(store.outline(&query::parse("starred", now()).unwrap(), Order::Date, None, 2)).unwrap();
    assert_eq!(none, []);
}

#[test]
fn a_tally_counts_by_severity_and_state() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low), filing(2, Severity::Low), filing(3, Severity::Crit)]);
    mark(&store, &[3], Change::Read);
    let tally = wait(store.tally(&query::parse("", now()).unwrap())).unwrap();
    assert_eq!((tally.total, tally.severity(Severity::Low), tally.severity(Severity::Crit)), (3, 2, 1));
    assert_eq!((tally.state(State::New), tally.state(State::Read)), (2, 1));
    let trend = wait(store.trend(&query::parse("", now()).unwrap(), 7, now())).unwrap();
    assert_eq!((trend.len(), trend[6].total(), trend[6].severity(Severity::Low), trend[5].total()), (7, 3, 2, 0));
}

#[test]
fn what_is_kept_of_how_many_stand_where_is_what_counting_gives() {
    let store = store();
    let agree = |what: &str| {
        for text in ["", "unreviewed", "sev>=high reviewed", "starred -demo", "not (sev:low or escalated)", "snoozed"] {
            let tally = |text: &str| wait(store.tally(&query::parse(text, now()).unwrap())).unwrap();
            let counted = tally(&format!("({text} score>-9999) score<9999").replace("( ", "("));
            assert_eq!(tally(text), counted, "{text}, after {what}");
        }
    };
    let demo = |number| BriefedArticle { demo: true, ..filing(number, Severity::Med) };
    save(&store, vec![filing(1, Severity::Low), filing(2, Severity::Crit), filing(3, Severity::High), demo(4)]);
    agree("saving");
    mark(&store, &[1, 2, 3], Change::Review(Verdict::Escalated));
    mark(&store, &[2, 4], Change::Star(true));
    mark(&store, &[3], Change::Snooze(now()));
    agree("marking");
    wait(store.undo(now())).unwrap();
    agree("undoing");
    wait(store.redo(now())).unwrap();
    save(&store, vec![filing(1, Severity::High)]);
    agree("another briefing");
    wait(store.purge_demo()).unwrap();
    agree("purging");
    wait(store.wake(now())).unwrap();
    agree("waking");
}

#[test]
fn findings_are_found_by_value_kind_and_parent() {
    let store = store();
    save(&store, vec![with_findings(filing(1, Severity::High)), filing(2, Severity::Low)]);
    for query in [
        "ioc:evil.example",
        "ioc:EVIL[.]example",
        "ioc:evil*",
        "ioc:domain",
        "ioc:192.0.2.7",
        "t:T1566",
        "t:T1566.001",
        "hunt:uc_phishing",
        "hunt:UC_*",
        "tag:RESEARCH",
        "has:iocs",
        "has:techniques",
        "title:\"title 1\"",
        "id:1",
        "source:exam sev:high",
        "feed:feed score>5",
    ] {
        assert_eq!(list(&store, query), [1], "{query}");
    }
    for query in ["ioc:news.example", "ioc:ipv4", "t:T1566.002", "t:T1059", "hunt:UC", "tag:noise"] {
        assert_eq!(list(&store, query), [0; 0], "{query}");
    }
    assert_eq!(list(&store, "-t:T1566"), [2]);
    assert_eq!(list(&store, "t:T1566 or gadget2"), [1, 2]);
    assert_eq!(wait(store.techniques(&query::parse("", now()).unwrap())).unwrap(), [("T1566.001".parse().unwrap(), 1)]);
}

#[test]
fn words_are_found_in_title_text_and_source() {
    let store = store();
    save(&store, vec![filing(1, Severity::High), filing(2, Severity::Low)]);
    assert_eq!(list(&store, "gadget1"), [1]);
    assert_eq!(list(&store, "gadg*"), [1, 2]);
    assert_eq!(list(&store, "\"text about\""), [1, 2]);
    assert_eq!(list(&store, "\"about text\""), [0; 0]);
    assert_eq!(list(&store, "some -gadget1"), [2]);
    assert_eq!(list(&store, "gadget1 or gadget2"), [1, 2]);
}

#[test]
fn an_article_is_found_by_number_advisory_and_link() {
    let store = store();
    let mut advisory = filing(1, Severity::High);
    let entry = Entry {
        advisory: Some(Advisory {
            catalogue: AdvisorySource::Kev,
            id: "CVE-2026-1234".into(),
            cves: vec!["CVE-2026-1234".into()],
            vendor: None,
            product: None,
            ransomware: false,
            due: None,
            action: None,
            severity: None,
            cvss: None,
            malware: false,
            cwes: vec![],
            packages: vec![],
            withdrawn: false,
        }),
        ..Entry::default()
    };
    advisory.article.identity = Identity::of(&entry);
    advisory.article.advisory = entry.advisory;
    let mut news = filing(2, Severity::Low);
    news.briefing.indicators = vec![indicator(Kind::Cve, "CVE-2026-9999", Tier::Indicator)];
    save(&store, vec![advisory, news]);
    let find = |reference: &str| wait(store.find(reference)).unwrap().map(|id| id.0);
    assert_eq!(find("1"), Some(1));
    assert_eq!(find("7"), None);
    assert_eq!(find("cve-2026-1234"), Some(1));
    assert_eq!(find("CVE-2026-9999"), Some(2));
    assert_eq!(find("CVE-2026-0000"), None);
    assert_eq!(find("https://www.news.example/2?utm_source=x"), Some(2));
    assert_eq!(find("hxxps://news[.]example/2"), Some(2));
    assert_eq!(find("https://news.example/3"), None);
    assert_eq!(list(&store, "cve:2026-1234"), [1]);
}

#[test]
fn a_read_that_nobody_waits_for_is_interrupted() {
    let store = store();
    wait(async {
        let forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        for _ in 0..6 {
            let endless =
                store.engine.read(move |connection| connection.query_row(forever, [], |row| row.get::<_, i64>(0)));
            assert!(tokio::time::timeout(Duration::from_millis(20), endless).await.is_err());
        }
        // Both threads are free again.
        assert_eq!(store.count(&Filter::default()).await.unwrap(), 0);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_query_runs(text in query::tests::querylike()) {
        thread_local! {
            static STORE: Store = {
                let store = store();
                save(&store, (1..=5).map(|n| filing(n, Severity::ALL[n as usize % 4])).collect());
                store
            };
        }
        if let Ok(query) = query::parse(&text, now()) {
            let (page, count) = STORE.with(|store| {
                (wait(store.page(&query, Order::Severity, None, 10)), wait(store.count(&query)))
            });
            prop_assert!(page.is_ok(), "{text:?}: {page:?}");
            prop_assert!(count.unwrap() == page.unwrap().rows.len() as u64);
        }
    }
}
