//! What comes in, and what comes back.

use super::{article, filing, list, mark, now, save, store, wait, with_findings};
use crate::{
    article::Document,
    briefing::Severity,
    hunt::{HuntId, Proposal},
    query,
    store::Saved,
    triage::{ArticleId, Change, Counts, State, Verdict},
};

#[test]
fn the_same_identity_is_the_same_article_and_keeps_its_triage() {
    let store = store();
    let id = save(&store, vec![filing(1, Severity::Low)]).new[0];
    mark(&store, &[id.0], Change::Review(Verdict::Escalated));
    mark(&store, &[id.0], Change::Note("ours".into()));
    let again = save(&store, vec![filing(1, Severity::Low)]);
    assert_eq!(again, Saved { known: 1, ..Saved::default() });

    let mut edited = filing(1, Severity::Crit);
    edited.article = article(1, "Title 1, updated", "Some text about gadget1, and now about a sprocket.");
    assert_eq!(save(&store, vec![edited]).changed, [id]);
    let item = wait(store.item(id)).unwrap().unwrap();
    assert_eq!((item.row.standing.state, item.row.standing.note.as_str()), (State::New, "ours"));
    assert_eq!(item.row.reopened.map(|reopened| reopened.why).as_deref(), Some("was escalated; LOW → CRIT"));
    assert_eq!((item.row.title.as_str(), item.row.severity), ("Title 1, updated", Severity::Crit));
    assert!(item.row.changed.is_some());
    assert_eq!(list(&store, "sprocket"), [1]);
    assert_eq!(list(&store, "changed"), [1]);
}

#[test]
fn a_summary_never_replaces_a_full_text() {
    let store = store();
    let summary = filing(1, Severity::Low);
    let mut full = filing(1, Severity::High);
    full.article = article(1, "Title 1", &"The whole long text about a sprocket. ".repeat(20));
    let id = save(&store, vec![summary.clone()]).new[0];
    assert_eq!(save(&store, vec![full.clone()]).changed, [id]);
    for _ in 0..2 {
        assert_eq!(save(&store, vec![summary.clone()]).known, 1);
    }
    let item = wait(store.item(id)).unwrap().unwrap();
    assert_eq!(item.article.document, full.article.document);
    assert_eq!(item.row.title, "Title 1");
    assert_eq!(item.row.feeds, ["News Feed"]);
}

#[test]
fn a_new_briefing_of_the_same_text_is_no_change() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    assert_eq!(save(&store, vec![filing(1, Severity::Crit)]).known, 1);
    assert_eq!(list(&store, "sev:crit"), [1]);
    assert_eq!(list(&store, "changed"), [0; 0]);
}

#[test]
fn only_what_saving_would_change_is_worth_a_briefing() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    let [known, unknown] = [filing(1, Severity::Low).article, filing(2, Severity::Low).article];
    let edited = article(1, "Title 1", "Some other text.");
    let sifted = wait(store.unseen("News Feed", vec![known.clone(), unknown.clone(), edited.clone()])).unwrap();
    assert_eq!(sifted, [unknown, edited]);
    assert_eq!(wait(store.unseen("Other Feed", vec![known.clone()])).unwrap(), [known]);
}

#[test]
fn an_item_comes_back_as_it_was_saved() {
    let store = store();
    let mut filing = filing(1, Severity::High);
    filing.article.document = Document::from_plain("Heading\n\nText with é and \u{0} and 漢字.");
    filing.briefing.tags = vec!["research".into()];
    filing.briefing.hunts = vec![Proposal { id: HuntId("UC_PHISHING".into()), because: vec![], values: vec![] }];
    let id = save(&store, vec![filing.clone()]).new[0];
    let item = wait(store.item(id)).unwrap().unwrap();
    assert_eq!(item.article, filing.article);
    assert_eq!(item.briefing, filing.briefing);
    assert_eq!(item.row.counts, Counts { hunts: 1, ..Counts::default() });
    assert_eq!(wait(store.item(ArticleId(99))).unwrap(), None);
}

#[test]
fn what_another_briefing_no_longer_finds_is_found_no_more() {
    let store = store();
    let found = |text: &str| list(&store, text);
    let queries = ["ioc:evil.example", "ioc:192.0.2.7", "t:T1566", "hunt:UC_PHISHING", "tag:research"];
    let (one, three) = (filing(1, Severity::Low), filing(3, Severity::Low));
    // The third comes twice in one batch.
    save(&store, vec![with_findings(one.clone()), filing(2, Severity::Low), with_findings(three.clone()), three]);
    for query in queries {
        assert_eq!(found(query), [1], "{query}");
    }
    mark(&store, &[1], Change::Tag("case 17".into()));
    save(&store, vec![one]);
    for query in queries {
        assert_eq!(found(query), [0; 0], "{query}");
    }
    assert_eq!(found("tag:\"case 17\""), [1]);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn the_findings_of_many_articles_are_told_apart() {
    let store = store();
    let every_third =
        |n: u32| if n.is_multiple_of(3) { with_findings(filing(n, Severity::Low)) } else { filing(n, Severity::Low) };
    save(&store, (1..=150).map(every_third).collect());
    save(&store, vec![filing(63, Severity::Low), filing(129, Severity::Low)]);
    let left: Vec<i64> = (1..=150).filter(|n| n % 3 == 0 && ![63, 129].contains(n)).collect();
    for query in ["hunt:UC_PHISHING", "hunt:UC_*", "t:T1566", "t:T1566.001"] {
        let mut found = list(&store, query);
        found.sort_unstable();
        assert_eq!(found, left, "{query}");
    }
    let counted = |text: &str| wait(store.techniques(&query::parse(text, now()).unwrap())).unwrap();
    assert_eq!(counted(""), [("T1566.001".parse().unwrap(), 48)]);
    assert_eq!(counted("id:<10"), [("T1566.001".parse().unwrap(), 3)]);
    assert_eq!(counted("id:63"), []);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}
