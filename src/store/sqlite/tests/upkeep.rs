//! What is removed.

use std::time::Duration;

use jiff::Timestamp;

use super::{filing, list, mark, now, save, store, wait, with_findings};
use crate::{
    briefing::Severity,
    store::BriefedArticle,
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
