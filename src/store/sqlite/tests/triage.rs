//! What analysts do, and how it is taken back.

use super::{at, filing, list, mark, now, save, store, wait};
use crate::{
    briefing::Severity,
    store::Store,
    triage::{ArticleId, Change, Verdict},
};

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
    let rule = Change::Rule { value: "a.example".into(), allow: Some(true), reason: "case 17".into() };
    for change in [
        Change::Review(Verdict::NotRelevant),
        Change::Dismiss,
        Change::Snooze(at("2999-01-01T00:00:00Z")),
        Change::Tag("a tag\nof two lines".into()),
        Change::Note("a\nnote".into()),
        Change::Owner(String::new()),
        Change::Star(true),
        rule,
    ] {
        let held = || (wait(store.item(id)).unwrap().unwrap(), wait(store.rulings()).unwrap());
        let before = held();
        assert!(mark(&store, &[1], change.clone()).is_some(), "{change:?}");
        assert_ne!(held(), before, "{change:?}");
        wait(store.undo(now())).unwrap().unwrap();
        assert_eq!(held(), before, "{change:?}");
        wait(store.redo(now())).unwrap().unwrap();
        assert_ne!(held(), before, "{change:?}");
        wait(store.undo(now())).unwrap().unwrap();
    }
}

#[test]
fn a_change_that_changes_nothing_leaves_the_last_decision_to_be_undone() {
    let store = store();
    let mut one = filing(1, Severity::Low);
    one.briefing.tags = vec!["demo".into()];
    save(&store, vec![one, filing(2, Severity::Low)]);
    mark(&store, &[1], Change::Review(Verdict::Escalated));
    assert_eq!(mark(&store, &[1, 2], Change::Untag("demo".into())), None, "it is the briefing's own tag");
    let undone = wait(store.undo(now())).unwrap().unwrap();
    assert_eq!(undone.change, Change::Review(Verdict::Escalated));
}

#[test]
fn a_line_of_the_journal_has_the_articles_that_were_changed() {
    let store = store();
    save(&store, (1..=3).map(|n| filing(n, Severity::Low)).collect());
    mark(&store, &[2], Change::Tag("noise".into()));
    let all = (1..=3).map(ArticleId).collect();
    let line = wait(store.mark(all, Change::Tag("Noise".into()), now())).unwrap().unwrap();
    assert_eq!(line.articles, [ArticleId(1), ArticleId(3)]);
}

#[test]
fn a_decision_is_taken_back_past_what_was_only_opened_or_copied_since() {
    let store = store();
    save(&store, (1..=2).map(|n| filing(n, Severity::Low)).collect());
    let undo = || wait(store.undo(now())).unwrap().map(|line| line.change);
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
