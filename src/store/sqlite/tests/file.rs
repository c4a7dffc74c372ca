//! The file and its connections.

use std::fs;

use jiff::Timestamp;

use super::{filing, list, save, store, wait};
use crate::{
    briefing::Severity,
    store::{Store, StoreError},
};

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
fn a_fault_in_saving_leaves_nothing_of_its_batch_and_the_next_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let store = Store::open(&path).unwrap();
    save(&store, vec![filing(1, Severity::High)]);
    let fault = "CREATE UNIQUE INDEX fault ON article (score) WHERE score = 6";
    rusqlite::Connection::open(&path).unwrap().execute_batch(fault).unwrap();
    assert!(
        wait(store.save(
            vec![filing(2, Severity::Low), filing(3, Severity::High), filing(4, Severity::High)],
            Timestamp::now()
        ))
        .is_err()
    );
    assert_eq!(list(&store, ""), [1]);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
    assert_eq!(save(&store, vec![filing(2, Severity::Low)]).new.len(), 1);
    assert_eq!(list(&store, "gadget2").len(), 1);
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
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
    wait(store.engine.write(|connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    }))
    .unwrap();
    let told = wait(store.save((2..500).map(|n| filing(n, Severity::Low)).collect(), Timestamp::now()))
        .unwrap_err()
        .to_string();
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
            let now = Timestamp::now();
            let (left, right) = tokio::join!(one.save(batch(round), now), two.save(batch(round + 1), now));
            left.unwrap();
            right.unwrap();
        }
    });
    assert_eq!(list(&one, "").len(), 13);
}

#[test]
fn the_writes_of_another_process_are_seen_and_ones_own_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let (one, two) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let mut watch = one.watch_file().unwrap();
    save(&one, vec![filing(1, Severity::Low)]);
    assert!(!wait(one.written_elsewhere()).unwrap());
    save(&two, vec![filing(2, Severity::Low)]);
    wait(async { tokio::time::timeout(std::time::Duration::from_secs(20), watch.changed()).await }).unwrap();
    assert!(wait(one.written_elsewhere()).unwrap());
    assert!(!wait(one.written_elsewhere()).unwrap(), "it is told once");
    assert!(Store::in_memory().unwrap().watch_file().is_none());
}

#[test]
fn a_file_that_cannot_be_written_is_read_and_changes_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h #1?%41.db");
    let store = Store::open(&path).unwrap();
    save(&store, vec![filing(1, Severity::High)]);
    drop(store);
    let before = fs::read(&path).unwrap();
    let store = Store::open_read_only(&path).unwrap();
    assert!(store.is_read_only());
    assert_eq!(list(&store, "gadget1"), [1]);
    assert!(wait(store.item(crate::triage::ArticleId(1))).unwrap().is_some());
    let change = crate::triage::Change::Star(true);
    let told = wait(store.mark(vec![crate::triage::ArticleId(1)], change, Timestamp::now())).unwrap_err().to_string();
    assert!(told.contains("cannot be written"), "{told}");
    drop(store);
    assert_eq!(fs::read(&path).unwrap(), before);

    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 1").unwrap();
    assert!(Store::open_read_only(&path).unwrap_err().to_string().contains("older huntdeck"));
}

#[test]
#[cfg(unix)]
fn a_file_in_a_folder_that_cannot_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("h.db");
    let store = Store::open(&path).unwrap();
    save(&store, vec![filing(1, Severity::High)]);
    drop(store);
    let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(&path, 0o444);
    set(folder.path(), 0o555);
    let store = Store::open(&path).unwrap();
    assert_eq!(list(&store, ""), [1]);
    // The superuser may write whatever the permissions say.
    assert_eq!(store.is_read_only(), fs::write(folder.path().join("probe"), "").is_err());
    drop(store);
    set(folder.path(), 0o755);
}
