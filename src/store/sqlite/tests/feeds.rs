//! How feeds fare.

use std::time::Duration;

use super::{filing, list, now, save, store, wait};
use crate::{
    briefing::Severity,
    source::{FeedState, Health, Validators},
    store::Store,
};

#[test]
fn the_health_of_feeds_is_kept_and_articles_are_counted() {
    let store = store();
    save(&store, vec![filing(1, Severity::Low)]);
    assert_eq!(wait(store.feeds()).unwrap(), []);
    let health = Health {
        name: "News Feed".into(),
        url: "https://news.example/feed".into(),
        state: FeedState::Failing,
        http_status: Some(503),
        error: "the server is busy".into(),
        failures: 2,
        due: Some(now()),
        validators: Validators { etag: Some("\"x\"".into()), last_modified: None },
        ..Health::default()
    };
    wait(store.feed_done(health.clone())).unwrap();
    assert_eq!(wait(store.feeds()).unwrap(), [Health { articles: 1, ..health }]);
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
    wait(one.feed_done(Health { name: "F".into(), ..Health::default() })).unwrap();
    assert!(wait(two.lease("F", now(), minute)).unwrap());
    // A process that was killed gives nothing back; its time runs out.
    assert!(wait(one.lease("F", now() + minute, minute)).unwrap());
}
