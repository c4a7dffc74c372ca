use std::{fs, future::Future, time::Duration};

use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{
    ArticleId, Change, FeedHealth, FeedState, Filing, Order, Saved, State, Store, StoreError, Validators, Verdict,
};
use crate::{
    article::{Advisory, Article, Catalogue, Content, Document, Entry, Identity},
    attack::TechniqueHit,
    briefing::{Briefing, Severity},
    hunt::{HuntId, Proposal},
    indicator::{Indicator, Kind, Place, Tier},
    query,
    text::Span,
};

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

fn article(number: u32, title: &str, text: &str) -> Article {
    let entry = Entry {
        link: Some(format!("https://news.example/{number}")),
        title: title.to_owned(),
        published: Some(now()),
        content: Content::Plain(text.to_owned()),
        ..Entry::default()
    };
    Article::from_entry(entry, "News Example", now())
}

fn briefing(severity: Severity) -> Briefing {
    Briefing {
        severity,
        score: query::severity_number(severity) as i32 * 3,
        signals: Vec::new(),
        tags: Vec::new(),
        indicators: Vec::new(),
        techniques: Vec::new(),
        kill_chain: Vec::new(),
        hunts: Vec::new(),
    }
}

fn filing(number: u32, severity: Severity) -> Filing {
    Filing {
        article: article(number, &format!("Title {number}"), &format!("Some text about gadget{number}.")),
        briefing: briefing(severity),
        feed: "News Feed".into(),
        demo: false,
        page: false,
    }
}

fn indicator(kind: Kind, value: &str, tier: Tier) -> Indicator {
    Indicator {
        kind,
        value: value.into(),
        written: value.into(),
        span: Span::new(0, 1),
        defanged: true,
        place: Place::Prose,
        tier,
        reason: None,
    }
}

fn store() -> Store {
    Store::in_memory().unwrap()
}

fn save(store: &Store, batch: Vec<Filing>) -> Saved {
    wait(store.save(batch)).unwrap()
}

/// Gives the numbers of the articles that a query asks for, in the order of the list.
fn list(store: &Store, text: &str) -> Vec<i64> {
    let query = query::parse(text, now()).unwrap();
    let page = wait(store.page(&query, Order::Severity, None, 100)).unwrap();
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(wait(store.count(&query)).unwrap(), ids.len() as u64, "{text}");
    assert_eq!(wait(store.ids(&query, 100)).unwrap(), ids.iter().copied().map(ArticleId).collect::<Vec<_>>());
    assert_eq!(wait(store.tally(&query)).unwrap().total, ids.len() as u64);
    ids
}

fn mark(store: &Store, ids: &[i64], change: Change) -> Option<i64> {
    wait(store.mark(ids.iter().copied().map(ArticleId).collect(), change, now())).unwrap()
}

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
        let key = |row: &super::Row| match order {
            Order::Severity => (query::severity_number(row.severity), row.published.as_second(), row.id.0),
            Order::Date => (0, row.published.as_second(), row.id.0),
            Order::Score => (i64::from(row.score), row.published.as_second(), row.id.0),
        };
        assert_eq!(seen.len(), 57, "{order:?}");
        assert!(seen.windows(2).all(|pair| key(&pair[0]) > key(&pair[1])), "{order:?}");
    }
}

#[test]
fn the_same_identity_is_the_same_article_and_keeps_its_triage() {
    let store = store();
    let id = save(&store, vec![filing(1, Severity::Low)]).new[0];
    mark(&store, &[id.0], Change::Review(Verdict::Escalated));
    let again = save(&store, vec![filing(1, Severity::Low)]);
    assert_eq!(again, Saved { known: 1, ..Saved::default() });

    let mut edited = filing(1, Severity::Crit);
    edited.article = article(1, "Title 1, updated", "Some text about gadget1, and now about a sprocket.");
    assert_eq!(save(&store, vec![edited]).changed, [id]);
    let item = wait(store.item(id)).unwrap().unwrap();
    assert_eq!((item.row.state, item.row.verdict), (State::Reviewed, Some(Verdict::Escalated)));
    assert_eq!((item.row.title.as_str(), item.row.severity), ("Title 1, updated", Severity::Crit));
    assert!(item.row.changed.is_some());
    assert_eq!(list(&store, "sprocket"), [1]);
    assert_eq!(list(&store, "changed"), [1]);
}

#[test]
fn a_summary_never_replaces_a_full_text_and_no_feed_flips_it() {
    let store = store();
    let summary = filing(1, Severity::Low);
    let mut full = filing(1, Severity::High);
    full.article = article(1, "Title 1", &"The whole long text about a sprocket. ".repeat(20));
    let id = save(&store, vec![summary.clone()]).new[0];
    assert_eq!(save(&store, vec![full.clone()]).changed, [id]);
    for _ in 0..2 {
        assert_eq!(save(&store, vec![summary.clone()]).known, 1);
    }
    let mut elsewhere = summary;
    elsewhere.feed = "Other Feed".into();
    elsewhere.article.title = "Another title".into();
    for _ in 0..2 {
        assert_eq!(save(&store, vec![elsewhere.clone(), full.clone()]).known, 2);
    }
    let item = wait(store.item(id)).unwrap().unwrap();
    assert_eq!(item.article.document, full.article.document);
    assert_eq!(item.row.title, "Title 1");
    assert_eq!(item.row.feeds, ["News Feed", "Other Feed"]);
    assert_eq!(list(&store, "feed:other"), [1]);
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
    let sifted = wait(store.sift("News Feed", vec![known.clone(), unknown.clone(), edited.clone()])).unwrap();
    assert_eq!(sifted, [unknown, edited]);
    assert_eq!(wait(store.sift("Other Feed", vec![known.clone()])).unwrap(), [known]);
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
    assert_eq!(item.row.counts, (0, 0, 1));
    assert_eq!(wait(store.item(ArticleId(99))).unwrap(), None);
}

#[test]
fn findings_are_found_by_value_kind_and_parent() {
    let store = store();
    let mut one = filing(1, Severity::High);
    one.briefing.indicators = vec![
        indicator(Kind::Domain, "evil.example", Tier::Indicator),
        indicator(Kind::Ipv4, "192.0.2.7", Tier::Candidate),
        indicator(Kind::Domain, "news.example", Tier::Reference),
    ];
    one.briefing.techniques = vec![TechniqueHit { id: "T1566.001".parse().unwrap(), score: 1.0, evidence: vec![] }];
    one.briefing.hunts = vec![Proposal { id: HuntId("UC_PHISHING".into()), because: vec![], values: vec![] }];
    one.briefing.tags = vec!["research".into()];
    save(&store, vec![one, filing(2, Severity::Low)]);
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
            catalogue: Catalogue::Kev,
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
fn changes_are_journalled_and_taken_back_across_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let store = Store::open(&path).unwrap();
    save(&store, (1..=3).map(|n| filing(n, Severity::Low)).collect());
    assert_eq!(mark(&store, &[1, 2, 99], Change::Dismiss), Some(1));
    assert_eq!(mark(&store, &[1, 2], Change::Dismiss), None);
    assert_eq!(mark(&store, &[2], Change::Tag("noise".into())), Some(2));
    assert_eq!(mark(&store, &[], Change::Read), None);
    drop(store);

    let store = Store::open(&path).unwrap();
    assert_eq!(list(&store, "tag:noise"), [2]);
    let undone = wait(store.undo(now())).unwrap().unwrap();
    assert_eq!((undone.number, undone.change, undone.undone), (2, Change::Tag("noise".into()), true));
    let undone = wait(store.undo(now())).unwrap().unwrap();
    assert_eq!((undone.number, undone.articles.len()), (1, 2));
    assert_eq!(wait(store.undo(now())).unwrap(), None);
    assert_eq!(list(&store, "new"), [3, 2, 1]);
    assert_eq!(wait(store.redo(now())).unwrap().unwrap().number, 1);
    assert_eq!(list(&store, "dismissed"), [2, 1]);
    assert_eq!(wait(store.history(9)).unwrap().iter().map(|line| line.undone).collect::<Vec<_>>(), [true, false]);

    // A new change cuts what could still be redone.
    mark(&store, &[3], Change::Star(true)).unwrap();
    assert_eq!(wait(store.redo(now())).unwrap(), None);
    assert_eq!(wait(store.history(9)).unwrap().len(), 2);
}

#[test]
fn every_change_can_be_taken_back() {
    let store = store();
    let id = save(&store, vec![filing(1, Severity::Low)]).new[0];
    mark(&store, &[1], Change::Owner("kim".into()));
    let before = wait(store.item(id)).unwrap().unwrap();
    for change in [
        Change::Read,
        Change::Review(Verdict::NotRelevant),
        Change::Dismiss,
        Change::Snooze(at("2999-01-01T00:00:00Z")),
        Change::Tag("a tag\nof two lines".into()),
        Change::Note("a\nnote".into()),
        Change::Owner(String::new()),
        Change::Star(true),
        Change::Copied("UC_PHISHING spl".into()),
    ] {
        assert!(mark(&store, &[1], change.clone()).is_some(), "{change:?}");
        assert_ne!(wait(store.item(id)).unwrap().unwrap(), before, "{change:?}");
        wait(store.undo(now())).unwrap().unwrap();
        assert_eq!(wait(store.item(id)).unwrap().unwrap(), before, "{change:?}");
        wait(store.redo(now())).unwrap().unwrap();
        assert_ne!(wait(store.item(id)).unwrap().unwrap(), before, "{change:?}");
        wait(store.undo(now())).unwrap().unwrap();
    }
}

#[test]
fn a_decision_is_taken_back_past_what_was_only_opened_or_copied_since() {
    let store = store();
    save(&store, (1..=2).map(|n| filing(n, Severity::Low)).collect());
    let undo = || wait(store.undo_decision(now())).unwrap().map(|line| line.change);
    mark(&store, &[1], Change::Read);
    assert_eq!(undo(), None);
    mark(&store, &[1], Change::Dismiss);
    mark(&store, &[2], Change::Read);
    mark(&store, &[2], Change::Copied("UC_PHISHING spl".into()));
    assert_eq!(undo(), Some(Change::Dismiss));
    mark(&store, &[2], Change::Copied("UC_PHISHING kql".into()));
    assert_eq!(
        wait(store.redo(now())).unwrap().map(|line| line.change),
        Some(Change::Dismiss),
        "copying forgets nothing"
    );
    mark(&store, &[2], Change::Star(true));
    assert_eq!(wait(store.redo(now())).unwrap(), None);
}

#[test]
fn opening_does_not_take_a_judgement_back() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    mark(&store, &[1], Change::Review(Verdict::Relevant));
    assert_eq!(mark(&store, &[1], Change::Read), None);
    assert_eq!(list(&store, "relevant"), [1]);
    mark(&store, &[1], Change::Unread);
    assert_eq!(list(&store, "new -relevant"), [1]);
}

#[test]
fn a_snoozed_article_is_new_again_when_its_time_has_come() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let store = Store::open(&path).unwrap();
    save(&store, vec![filing(1, Severity::Low), filing(2, Severity::Low)]);
    let (early, late) = (at("2020-01-01T00:00:00Z"), at("2999-01-01T00:00:00Z"));
    mark(&store, &[1], Change::Snooze(early));
    mark(&store, &[2], Change::Snooze(late));
    assert_eq!(list(&store, "snoozed"), [2, 1]);
    assert_eq!(wait(store.next_wake()).unwrap(), Some(early));
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(list(&store, "new"), [1]);
    assert_eq!(wait(store.wake(late)).unwrap(), [ArticleId(2)]);
    assert_eq!(wait(store.next_wake()).unwrap(), None);
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
fn the_health_of_feeds_is_kept_and_articles_are_counted() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    assert_eq!(wait(store.feeds()).unwrap(), []);
    let health = FeedHealth {
        name: "News Feed".into(),
        url: "https://news.example/feed".into(),
        state: FeedState::Failing,
        http_status: Some(503),
        error: "the server is busy".into(),
        failures: 2,
        due: Some(now()),
        validators: Validators { etag: Some("\"x\"".into()), last_modified: None },
        ..FeedHealth::default()
    };
    wait(store.feed_done(health.clone())).unwrap();
    assert_eq!(wait(store.feeds()).unwrap(), [FeedHealth { articles: 1, ..health }]);
    wait(store.forget_feed("News Feed")).unwrap();
    assert_eq!(wait(store.feeds()).unwrap(), []);
    assert_eq!(list(&store, "feed:news"), [1]);
}

#[test]
fn two_processes_never_have_the_same_feed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let (one, two) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let minute = Duration::from_mins(1);
    assert!(wait(one.lease("F", now(), minute)).unwrap());
    assert!(!wait(two.lease("F", now(), minute)).unwrap());
    assert!(wait(two.lease("G", now(), minute)).unwrap());
    wait(one.feed_done(FeedHealth { name: "F".into(), ..FeedHealth::default() })).unwrap();
    assert!(wait(two.lease("F", now(), minute)).unwrap());
    // A process that was killed gives nothing back; its time runs out.
    assert!(wait(one.lease("F", now() + minute, minute)).unwrap());
}

#[test]
fn the_demo_set_can_be_hidden_and_purged() {
    let store = store();
    let demo = Filing { demo: true, ..filing(1, Severity::Crit) };
    save(&store, vec![demo, filing(2, Severity::Low)]);
    mark(&store, &[1], Change::Star(true));
    assert_eq!(list(&store, "demo:no"), [2]);
    assert_eq!(wait(store.purge_demo()).unwrap(), 1);
    assert_eq!(list(&store, ""), [2]);
    assert_eq!(list(&store, "gadget1"), [0; 0]);
    assert_eq!(wait(store.undo(now())).unwrap(), None);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn upkeep_drops_what_is_old_and_untouched_for_good() {
    let store = store();
    save(&store, (1..=3).map(|n| filing(n, Severity::Low)).collect());
    mark(&store, &[2], Change::Tag("case 17".into()));
    mark(&store, &[3], Change::Review(Verdict::Relevant));
    let day = Duration::from_hours(24);
    let later = Timestamp::now().max(now()) + day * 3;
    assert_eq!(wait(store.upkeep(Duration::ZERO, later)).unwrap(), 0);
    assert_eq!(wait(store.upkeep(day * 900, later)).unwrap(), 0);
    assert_eq!(wait(store.upkeep(day, later)).unwrap(), 1);
    assert_eq!(list(&store, ""), [3, 2]);
    // The feed may still have it.
    assert_eq!(save(&store, vec![filing(1, Severity::Low)]).known, 1);
    assert_eq!(wait(store.stats()).unwrap().articles, 2);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn small_values_are_kept() {
    let store = store();
    assert_eq!(wait(store.meta("visit")).unwrap(), None);
    wait(store.set_meta("visit", "1")).unwrap();
    wait(store.set_meta("visit", "2")).unwrap();
    assert_eq!(wait(store.meta("visit")).unwrap().as_deref(), Some("2"));
}

#[test]
fn a_file_is_made_once_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/h.db");
    assert!(Store::open(&path).unwrap().is_new());
    assert!(!Store::open(&path).unwrap().is_new());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_closed_store_is_all_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("h.db"), folder.path().join("copy.db"));
    let store = Store::open(&path).unwrap();
    save(&store, vec![filing(1, Severity::High)]);
    assert_eq!(list(&store, ""), [1]);
    drop(store);
    assert!(!folder.path().join("h.db-wal").exists());
    std::fs::copy(&path, &copy).unwrap();
    assert_eq!(list(&Store::open(&copy).unwrap(), ""), [1]);
}

#[test]
fn what_is_no_store_of_ours_is_refused_in_one_sentence_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    fs::write(&path, "this is not a database, just a text that someone wrote".repeat(100)).unwrap();
    let told = Store::open(&path).unwrap_err().to_string();
    assert!(told.contains("h.db") && told.contains("not a huntdeck database") && told.contains("--db"), "{told}");

    let foreign = folder.path().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE bookmarks (x)").unwrap();
    assert!(Store::open(&foreign).unwrap_err().to_string().contains("another program"));

    assert!(Store::open(folder.path()).unwrap_err().to_string().contains("is a folder"));

    let newer = folder.path().join("newer.db");
    drop(Store::open(&newer).unwrap());
    rusqlite::Connection::open(&newer).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(Store::open(&newer), Err(StoreError::Newer { found: 99, .. })));
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    wait(store.write(|connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    }))
    .unwrap();
    let told = wait(store.save((2..500).map(|n| filing(n, Severity::Low)).collect())).unwrap_err().to_string();
    assert!(told.contains("the disk is full") && told.contains("nothing was lost"), "{told}");
    assert_eq!(list(&store, ""), [1]);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn two_processes_may_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let (one, two) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    wait(async {
        for round in 0..10 {
            let batch = |from: u32| (from..from + 3).map(|n| filing(n, Severity::Low)).collect();
            let (left, right) = tokio::join!(one.save(batch(round)), two.save(batch(round + 1)));
            left.unwrap();
            right.unwrap();
        }
    });
    assert_eq!(list(&one, "").len(), 13);
}

#[test]
fn a_read_that_nobody_waits_for_is_interrupted() {
    let store = store();
    wait(async {
        let forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        for _ in 0..6 {
            let endless = store.read(move |connection| connection.query_row(forever, [], |row| row.get::<_, i64>(0)));
            assert!(tokio::time::timeout(Duration::from_millis(20), endless).await.is_err());
        }
        // Both threads are free again.
        assert_eq!(store.count(&query::Query::default()).await.unwrap(), 0);
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
    let demo = |number| Filing { demo: true, ..filing(number, Severity::Med) };
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

/// A filing of a source of its own, about CVEs, some days after the others.
fn news(number: u32, source: &str, title: &str, cves: &[&str], days: i64) -> Filing {
    let text = format!("{} is exploited.", cves.join(" "));
    let mut filing = Filing { feed: source.into(), ..filing(number, Severity::Med) };
    filing.article = article(number, title, &text);
    filing.article.source = source.into();
    filing.article.published += jiff::SignedDuration::from_hours(24 * days);
    filing.briefing.indicators = cves.iter().map(|cve| indicator(Kind::Cve, cve, Tier::Indicator)).collect();
    filing
}

fn kev(number: u32, cve: &str, days: i64) -> Filing {
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

fn row(store: &Store, id: i64) -> super::Row {
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
            assert_eq!((item.row.state, item.note.as_str()), (State::Reviewed, "ours"));
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
