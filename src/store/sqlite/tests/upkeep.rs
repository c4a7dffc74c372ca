//! What is removed.

use std::time::Duration;

use jiff::Timestamp;

use super::{filing, list, mark, now, save, store, wait, with_findings};
use crate::{
    briefing::Severity,
    store::{BriefedArticle, Store},
    triage::{Change, Verdict},
};

#[test]
fn the_demo_set_can_be_hidden_and_purged() {
    let store = store();
    let demo = BriefedArticle { demo: true, ..with_findings(filing(1, Severity::Crit)) };
    save(&store, vec![demo, filing(2, Severity::Low)]);
    mark(&store, &[1], Change::Star(true));
    assert_eq!(list(&store, "demo:no"), [2]);
    assert_eq!(wait(store.purge_demo()).unwrap(), 1);
    assert_eq!(list(&store, ""), [2]);
    assert_eq!(list(&store, "gadget1"), [0; 0]);
    assert_eq!(wait(store.stats()).unwrap().indicators, 0);
    assert_eq!(wait(store.undo(now())).unwrap(), None);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn upkeep_drops_what_is_old_and_untouched_for_good() {
    let store = store();
    save(&store, (1..=7).map(|n| filing(n, Severity::Low)).collect());
    mark(&store, &[2], Change::Tag("case 17".into()));
    mark(&store, &[3], Change::Review(Verdict::Relevant));
    mark(&store, &[4], Change::Dismiss);
    mark(&store, &[5], Change::Star(true));
    mark(&store, &[6], Change::Owner("mira".into()));
    mark(&store, &[7], Change::Note("asked".into()));
    let day = Duration::from_hours(24);
    let later = Timestamp::now().max(now()) + day * 3;
    assert_eq!(wait(store.upkeep(Duration::ZERO, later)).unwrap().dropped, 0);
    assert_eq!(wait(store.upkeep(day * 900, later)).unwrap().dropped, 0);
    assert_eq!(wait(store.upkeep(day, later)).unwrap().dropped, 1);
    assert_eq!(list(&store, ""), [7, 6, 5, 4, 3, 2]);
    // The feed may still have it.
    assert_eq!(save(&store, vec![filing(1, Severity::Low)]).known, 1);
    assert_eq!(wait(store.stats()).unwrap().articles, 6);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
}

#[test]
fn upkeep_tells_the_size_and_frees_what_was_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("h.db")).unwrap();
    save(&store, (1..=600).map(|n| filing(n, Severity::Low)).collect());
    let later = Timestamp::now().max(now()) + Duration::from_hours(72);
    let upkeep = wait(store.upkeep(Duration::from_hours(24), later)).unwrap();
    assert_eq!(upkeep.dropped, 600);
    assert!(upkeep.bytes_after < upkeep.bytes_before / 2, "{upkeep:?}");
    assert_eq!(wait(store.stats()).unwrap().bytes, upkeep.bytes_after);
}
