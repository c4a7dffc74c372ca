//! Damaged files.

use std::{fs, path::Path};

use jiff::Timestamp;

use super::{filing, list, mark, save, wait};
use crate::{
    briefing::Severity,
    store::Store,
    triage::{ArticleId, Change, Verdict},
};

const COUNT: u32 = 400;

/// Makes a store with some triage in it.
fn filled(path: &Path) {
    let store = Store::open(path).unwrap();
    save(&store, (1..=COUNT).map(|n| filing(n, Severity::Low)).collect());
    mark(&store, &[3], Change::Review(Verdict::Escalated));
    mark(&store, &[3], Change::Note("asked the edge team".into()));
    mark(&store, &[5], Change::Tag("case 17".into()));
    mark(&store, &[7], Change::Copied("UC_DOMAIN spl".into()));
}

/// Overwrites the pages on which a table has its rows, every third one.
fn damage(path: &Path, table: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let leaves = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno";
    let mut leaves = connection.prepare(leaves).unwrap();
    let pages: Vec<i64> = leaves.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(leaves);
    drop(connection);
    let mut bytes = fs::read(path).unwrap();
    for page in pages.iter().skip(1).step_by(3) {
        let start = (*page as usize - 1) * 4096;
        bytes[start..start + 4096].fill(0xa5);
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_saved_with_its_triage() {
    let folder = tempfile::tempdir().unwrap();
    let (path, saved) = (folder.path().join("h.db"), folder.path().join("saved.db"));
    filled(&path);
    assert_eq!(Store::readable(&path).unwrap().lost, 0);
    damage(&path, "body");
    damage(&path, "article");
    let before = fs::read(&path).unwrap();
    let readable = Store::readable(&path).unwrap();
    assert!(readable.lost > 0 && readable.without_text > 0, "{readable:?}");
    assert_eq!((readable.worked_on, readable.articles + readable.lost), (3, u64::from(COUNT)), "{readable:?}");

    assert_eq!(wait(Store::rescue(&path, &saved)).unwrap(), readable);
    assert_eq!(fs::read(&path).unwrap(), before);
    let store = Store::open(&saved).unwrap();
    assert_eq!(wait(store.check()).unwrap(), [""; 0]);
    assert_eq!(wait(store.stats()).unwrap().articles, readable.articles);
    assert_eq!(list(&store, "escalated has:notes").len(), 1);
    assert_eq!(list(&store, "tag:\"case 17\"").len(), 1);
    let copied = list(&store, "copied");
    assert_eq!(wait(store.item(ArticleId(copied[0]))).unwrap().unwrap().copied[0].0, "UC_DOMAIN spl");
    assert!(wait(Store::rescue(&path, &saved)).unwrap_err().to_string().contains("there already"));
}

#[test]
fn a_whole_file_is_saved_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (path, saved) = (folder.path().join("h.db"), folder.path().join("saved.db"));
    filled(&path);
    wait(Store::rescue(&path, &saved)).unwrap();
    let (one, other) = (Store::open(&path).unwrap(), Store::open(&saved).unwrap());
    for id in 1..=i64::from(COUNT) {
        let item = |store: &Store| {
            let mut item = wait(store.item(ArticleId(id))).unwrap().unwrap();
            item.copied.iter_mut().for_each(|(_, at)| *at = Timestamp::UNIX_EPOCH);
            item
        };
        assert_eq!(item(&other), item(&one));
    }
}
