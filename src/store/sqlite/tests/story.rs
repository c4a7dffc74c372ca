//! Stories.

use super::{article, filing, indicator, list, mark, save, store, wait};
use crate::{
    article::{Advisory, Document, Entry, Identity},
    briefing::Severity,
    indicator::{Kind, Tier},
    store::{BriefedArticle, Store},
    triage::{ArticleId, Change, Row, State, Verdict},
};

/// A filing of a source of its own, about CVEs, some days after the others.
fn news(number: u32, source: &str, title: &str, cves: &[&str], days: i64) -> BriefedArticle {
    let text = format!("{} is exploited.", cves.join(" "));
    let mut filing = BriefedArticle { feed: source.into(), ..filing(number, Severity::Med) };
    filing.article = article(number, title, &text);
    filing.article.source = source.into();
    filing.article.published += jiff::SignedDuration::from_hours(24 * days);
    filing.briefing.indicators = cves.iter().map(|cve| indicator(Kind::Cve, cve, Tier::Indicator)).collect();
    filing
}

fn kev(number: u32, cve: &str, days: i64) -> BriefedArticle {
    let mut filing = news(number, "CISA KEV", &format!("{cve} — Contoso Gateway"), &[], days);
    let advisory: Advisory =
        serde_json::from_value(serde_json::json!({ "catalogue": "kev", "id": cve, "cves": [cve] })).unwrap();
    let entry = Entry { advisory: Some(advisory.clone()), ..Entry::default() };
    filing.article.identity = Identity::of(&entry);
    filing.article.advisory = Some(advisory);
    filing
}

fn told_with(store: &Store, id: i64) -> Vec<i64> {
    wait(store.story(ArticleId(id))).unwrap().into_iter().map(|row| row.id.0).collect()
}

fn row(store: &Store, id: i64) -> Row {
    wait(store.item(ArticleId(id))).unwrap().unwrap().row
}

#[test]
fn sources_that_tell_of_one_thing_are_one_story_and_each_article_stays_whole() {
    let store = store();
    let saved = save(
        &store,
        vec![
            news(1, "A", "Contoso Gateway flaw is exploited", &["CVE-2026-1111"], 0),
            news(2, "B", "Attackers love an old friend", &["CVE-2026-1111"], 1),
            news(3, "A", "More on the gateway", &["CVE-2026-1111"], 2),
            news(4, "C", "Glass Heron spies steal mail of Tailspin Toys", &[], 0),
            news(5, "D", "Tailspin Toys mail read by Glass Heron spies", &[], 3),
            news(6, "E", "Contoso Gateway gets a new look", &["CVE-2026-2222"], 0),
            news(7, "F", "Contoso Gateway flaw is exploited", &["CVE-2026-1111"], 20),
        ],
    );
    assert_eq!((saved.new.len(), saved.touched.len()), (7, 0));
    assert_eq!(told_with(&store, 1), [2, 3]);
    assert_eq!(told_with(&store, 4), [5]);
    assert!(told_with(&store, 6).is_empty() && told_with(&store, 7).is_empty());
    assert_eq!((row(&store, 1).others, row(&store, 3).others, row(&store, 6).others), (1, 1, 0));
    assert_eq!(row(&store, 2).story, row(&store, 3).story);
    assert_eq!(list(&store, "story:2"), [3, 2, 1]);
    assert_eq!(list(&store, "story:6"), [6]);
    assert_eq!(list(&store, "sources>1"), [5, 3, 2, 4, 1]);

    let saved = save(&store, vec![news(8, "G", "Gateway trouble", &["CVE-2026-1111"], 3)]);
    assert_eq!(saved.touched, [ArticleId(1), ArticleId(2), ArticleId(3)]);
    assert_eq!(list(&store, "sources:>2"), [8, 3, 2, 1]);
}

#[test]
fn the_order_in_which_articles_come_does_not_matter_for_their_story() {
    let filings = || {
        vec![
            news(1, "A", "One flaw", &["CVE-2026-1111"], 0),
            news(2, "B", "Another flaw", &["CVE-2026-2222"], 0),
            news(3, "C", "Two flaws together", &["CVE-2026-1111", "CVE-2026-2222"], 1),
        ]
    };
    for turn in 0..3 {
        let store = store();
        let mut filings = filings();
        filings.rotate_left(turn);
        for filing in filings {
            save(&store, vec![filing]);
        }
        assert_eq!(told_with(&store, 1).len(), 2, "turn {turn}");
        assert_eq!(row(&store, 2).others, 2, "turn {turn}");
    }
}

#[test]
fn a_kev_entry_joins_the_news_and_raises_it_whichever_comes_first() {
    let flaw = || news(1, "A", "Contoso Gateway flaw", &["CVE-2026-1111"], 0);
    let entry = || kev(9, "CVE-2026-1111", 12);
    for kev_first in [false, true] {
        let store = store();
        let (first, second) = if kev_first { (entry(), flaw()) } else { (flaw(), entry()) };
        save(&store, vec![first]);
        let news = if kev_first { 2 } else { 1 };
        if !kev_first {
            mark(&store, &[1], Change::Review(Verdict::Relevant));
            mark(&store, &[1], Change::Note("ours".into()));
        }
        let saved = save(&store, vec![second]);
        assert_eq!(saved.touched, [ArticleId(3 - saved.new[0].0)]);
        let item = wait(store.item(ArticleId(news))).unwrap().unwrap();
        assert_eq!((item.row.score, item.row.others), (3 + 4, 1));
        assert_eq!((item.row.severity, item.briefing.severity), (Severity::High, Severity::High));
        assert!(item.briefing.signals.iter().any(|signal| signal.name == "in the KEV catalogue"));
        assert_eq!(list(&store, "tag:exploited"), [news]);
        if !kev_first {
            let why = item.row.reopened.map(|reopened| reopened.why);
            assert_eq!(why.as_deref(), Some("was relevant; MED → HIGH, exploited"));
            assert_eq!((item.row.standing.state, item.row.standing.note.as_str()), (State::New, "ours"));
        }
        // Known again, it stays raised; with a new text it is raised anew.
        save(&store, vec![flaw()]);
        assert_eq!(row(&store, news).score, 7);
        let mut longer = flaw();
        longer.article.document = Document::from_plain("CVE-2026-1111 is exploited, and the text is longer now.");
        assert_eq!(save(&store, vec![longer]).changed.len(), 1);
        assert_eq!(row(&store, news).score, 7);
        assert_eq!(told_with(&store, news).len(), 1);
    }
}

#[test]
fn a_story_shrinks_with_what_is_dropped() {
    let store = store();
    let mut demo = news(1, "A", "One flaw", &["CVE-2026-1111"], 0);
    demo.demo = true;
    save(&store, vec![demo, news(2, "B", "Its flaw", &["CVE-2026-1111"], 0)]);
    assert_eq!(row(&store, 2).others, 1);
    wait(store.purge_demo()).unwrap();
    assert_eq!((row(&store, 2).others, row(&store, 2).story), (0, None));
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn a_hostile_feed_makes_no_endless_story() {
    let store = store();
    for first in (1..=700).step_by(50) {
        save(&store, (first..first + 50).map(|number| news(number, "A", "Flaw", &["CVE-2026-1111"], 0)).collect());
    }
    assert!((100..=302).contains(&told_with(&store, 1).len()));
}
