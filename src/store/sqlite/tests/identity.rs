//! Which articles are the same, and that no feed changes the words of another.

use jiff::Timestamp;

use super::{article, filing, list, mark, now, save, store, wait};
use crate::{
    article::{Article, Content, Entry, Identity},
    briefing::Severity,
    store::{BriefedArticle, Store},
    triage::{ArticleId, Change, Item, State, Verdict},
};

fn entry(guid: &str, link: &str, title: &str, text: &str) -> Entry {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Entry {
        guid: some(guid),
        link: some(link),
        title: title.into(),
        published: Some(now()),
        content: Content::Plain(text.into()),
        ..Entry::default()
    }
}

/// Returns the entries of one poll of a feed as they come into the store.
fn poll(feed: &str, entries: Vec<Entry>) -> Vec<BriefedArticle> {
    let identities = Identity::of_poll(&entries);
    let articles = entries.into_iter().zip(identities);
    articles
        .map(|(entry, identity)| BriefedArticle {
            article: Article::with_identity(entry, identity, feed, now()),
            feed: feed.into(),
            ..filing(1, Severity::Med)
        })
        .collect()
}

fn item(store: &Store, id: ArticleId) -> Item {
    wait(store.item(id)).unwrap().unwrap()
}

/// Gives an article the identity that the version before this one would have given it.
fn as_before(store: &Store, id: i64, identity: &'static str) {
    let sql = "UPDATE article SET identity = ? WHERE id = ?";
    wait(store.engine.write(move |connection| connection.execute(sql, rusqlite::params![identity, id]))).unwrap();
}

// A feed of indicators, all of which linked to one page, kept 44 of 100.
#[test]
fn items_that_share_a_link_are_articles_of_their_own() {
    let store = store();
    let home = "https://cert.example/";
    let own_guid = (0..10).map(|n| entry(&format!("g{n}"), home, &format!("Advisory {n}"), "text")).collect();
    assert_eq!(save(&store, poll("Cert", own_guid)).new.len(), 10);
    let fragments = (0..10).map(|n| entry("", &format!("https://list.example/#/a/{n}"), "Advisory", "text")).collect();
    assert_eq!(save(&store, poll("List", fragments)).new.len(), 10);
    let texts = (0..10).map(|n| entry("", home, "Indicators", &format!("203.0.113.{n}"))).collect();
    assert_eq!(save(&store, poll("Texts", texts)).new.len(), 10);
}

#[test]
fn an_advisory_never_takes_the_place_of_one_that_was_dismissed() {
    let store = store();
    let home = "https://cert.example/";
    let first = save(&store, poll("Cert", vec![entry("g1", home, "Advisory 1", "short")])).new[0];
    mark(&store, &[first.0], Change::Review(Verdict::NotRelevant));
    let second = poll("Cert", vec![entry("g2", home, "Advisory 2", "A longer text of another advisory.")]);
    assert_eq!(save(&store, second).new.len(), 1);
    let held = item(&store, first);
    assert_eq!((held.row.title.as_str(), held.row.standing.state), ("Advisory 1", State::Reviewed));
}

#[test]
fn no_feed_replaces_what_another_gave() {
    let store = store();
    let link = "https://vendor.example/advisory/1";
    let own = || poll("Vendor", vec![entry("", link, "Critical flaw", "Exploited in the wild.")]);
    let theirs = "Nothing to see here, all is well. ".repeat(30);
    let foreign = || poll("Other", vec![entry("", link, "All is well", &theirs)]);
    let id = save(&store, own()).new[0];
    let other = save(&store, foreign());
    assert_eq!((other.new.len(), other.changed.len()), (1, 0));
    for _ in 0..2 {
        assert_eq!(save(&store, own()).known + save(&store, foreign()).known, 2);
    }
    let held = item(&store, id);
    assert_eq!((held.row.title.as_str(), held.row.source.as_str()), ("Critical flaw", "Vendor"));
    assert_eq!(held.row.feeds, ["Vendor"]);
    assert_eq!((held.row.others, wait(store.story(id)).unwrap()[0].id), (1, other.new[0]), "one page is one story");
}

#[test]
fn feeds_that_number_their_items_alike_have_nothing_in_common() {
    let store = store();
    let first = save(&store, poll("One", vec![entry("1", "", "A flaw in a pump", "a")])).new[0];
    let second = save(&store, poll("Two", vec![entry("1", "", "Spring fair", "b")])).new[0];
    assert_ne!(first, second);
    assert_eq!(item(&store, first).row.others, 0);
}

#[test]
fn what_comes_again_under_another_guid_is_known() {
    let store = store();
    let emitted = |guid: &str| entry(guid, "https://news.example/a?utm_source=x", "A title", "A text.");
    save(&store, poll("News", vec![emitted("session-1")]));
    for round in 2..5 {
        let again = poll("News", vec![emitted(&format!("session-{round}"))]);
        let articles: Vec<Article> = again.iter().map(|filed| filed.article.clone()).collect();
        assert_eq!(wait(store.unseen("News", articles)).unwrap(), [], "it is not worth a briefing");
        assert_eq!(save(&store, again).known, 1);
    }
    assert_eq!(save(&store, poll("Other", vec![emitted("session-1")])).new.len(), 1);
}

#[test]
fn a_tombstone_is_that_of_its_feed() {
    let store = store();
    let old = |feed| {
        let mut old = entry("", "https://vendor.example/advisory/2026-12", "Advisory", "An old copy.");
        old.published = Some("2020-01-01T00:00:00Z".parse().unwrap());
        poll(feed, vec![old])
    };
    save(&store, old("Copies"));
    let later = Timestamp::now() + std::time::Duration::from_hours(24 * 10);
    assert_eq!(wait(store.upkeep(std::time::Duration::from_hours(24), later)).unwrap().dropped, 1);
    assert_eq!(save(&store, old("Copies")).known, 1);
    let real = entry("", "https://vendor.example/advisory/2026-12", "Advisory", "The real one.");
    assert_eq!(save(&store, poll("Vendor", vec![real])).new.len(), 1);
}

#[test]
fn an_article_of_a_file_of_before_keeps_its_number_and_its_triage() {
    let store = store();
    let link = "https://news.example/a";
    let known = || poll("News", vec![entry("g1", link, "A title", "A text.")]);
    let id = save(&store, known()).new[0];
    as_before(&store, id.0, "link:news.example/a");
    mark(&store, &[id.0], Change::Review(Verdict::Escalated));
    let articles: Vec<Article> = known().into_iter().map(|filed| filed.article).collect();
    assert_eq!(wait(store.unseen("News", articles)).unwrap().len(), 1, "its identity is yet to be written down");
    assert_eq!(save(&store, known()).known, 1);
    let blank = || poll("News", vec![entry("g1", link, "A title", "A text.\n")]);
    assert_eq!((save(&store, blank()).known, list(&store, "changed").len()), (1, 0), "a blank is no change");
    let edited = poll("News", vec![entry("g1", link, "A title", "A text, edited.")]);
    assert_eq!(save(&store, edited).changed, [id]);
    assert_eq!(item(&store, id).row.standing.verdict, Some(Verdict::Escalated));
}

#[test]
fn what_a_file_of_before_had_merged_is_parted_at_the_next_fetch() {
    let store = store();
    let home = "https://cert.example/";
    let three =
        || (1..=3).map(|n| entry(&format!("g{n}"), home, &format!("Advisory {n}"), &format!("Text {n}"))).collect();
    let id = save(&store, poll("Cert", vec![entry("g2", home, "Advisory 2", "Text 2")])).new[0];
    as_before(&store, id.0, "link:cert.example");
    mark(&store, &[id.0], Change::Dismiss);
    let saved = save(&store, poll("Cert", three()));
    assert_eq!((saved.new.len(), saved.known), (2, 1));
    assert_eq!(item(&store, id).row.title, "Advisory 2");
    // Another feed gave the text: the feed that has the link gets an article of its own.
    let foreign = save(&store, poll("Other", vec![entry("", "https://a.example/1", "Words of others", "…")])).new[0];
    as_before(&store, foreign.0, "link:a.example/1");
    let own = poll("Owner", vec![entry("", "https://a.example/1", "Own words", "Own text")]);
    assert_eq!(save(&store, own).new.len(), 1);
    assert_eq!(item(&store, foreign).row.title, "Words of others");
}

#[test]
fn what_was_judged_comes_back_when_it_is_worse_and_says_why() {
    let store = store();
    let with = |severity: Severity, text: &str, tags: &[&str]| {
        let mut filed = filing(1, severity);
        filed.article = article(1, "Title 1", text);
        filed.briefing.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        filed
    };
    let id = save(&store, vec![with(Severity::Med, "A flaw was found.", &[])]).new[0];
    mark(&store, &[id.0], Change::Review(Verdict::NotRelevant));
    save(&store, vec![with(Severity::Med, "A flaw was found there.", &[])]);
    assert_eq!(list(&store, "reviewed -reopened"), [1], "nothing is worse");
    save(&store, vec![with(Severity::Crit, "The flaw is exploited now.", &["exploited"])]);
    let row = item(&store, id).row;
    assert_eq!((row.standing.state, row.standing.verdict), (State::New, None));
    assert_eq!(row.reopened.unwrap().why, "was not relevant; MED → CRIT, exploited");
    assert_eq!(list(&store, "new reopened"), [1]);
    mark(&store, &[id.0], Change::Read);
    assert_eq!(list(&store, "reopened"), [1], "until it is judged again");
    mark(&store, &[id.0], Change::Review(Verdict::Escalated));
    assert_eq!(list(&store, "reopened"), [0; 0]);
}
