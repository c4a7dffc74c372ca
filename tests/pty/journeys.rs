//! What an analyst does in a morning, key by key.

use std::{path::Path, process::Command, time::Duration};

use super::session::{Session, copied, demo, kept};

/// Runs a verb on the database of a home and returns what it prints.
fn verb(home: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_huntdeck"))
        .env_clear()
        .env("HOME", home)
        .arg("--offline")
        .arg("--db")
        .arg(home.join("kept.db"))
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn open(home: &Path) -> Session {
    let session = Session::start(kept(home));
    session.until("the list", |session| session.screen().contains("CRIT") && session.screen().contains("Hunts "));
    session
}

fn leave(mut session: Session) -> Vec<u8> {
    session.press("q");
    let (done, bytes) = session.end();
    assert!(done);
    bytes
}

fn says(session: &Session, what: &str) {
    session.until(what, |session| session.screen().contains(what));
}

#[test]
fn morning_triage() {
    let home = tempfile::tempdir().unwrap();
    let mut session = open(home.path());
    // The worst first: read it, see why, take its hunt, hand it on with a note, and go to the next.
    session.press("\r");
    session.press("gw");
    says(&session, "of ");
    session.press("y");
    says(&session, "terminal clipboard (OSC 52)");
    session.press("re");
    says(&session, "escalated (u undoes it)");
    session.press("Nasked the edge team\x13");
    says(&session, "note written");
    session.press("gln");
    session.press("rn");
    says(&session, "reviewed as not relevant");
    session.press("nx");
    says(&session, "dismissed");
    assert!(copied(&leave(session)).is_some_and(|query| !query.is_empty()));
    let list = verb(home.path(), &["list", "--all", "--format", "json"]);
    let count = |state: &str| list.matches(&format!("\"state\":\"{state}\"")).count();
    assert_eq!((count("reviewed"), count("dismissed")), (2, 1), "{list}");
    assert!(verb(home.path(), &["list", "--all", "has:note"]).contains("CRIT"));
}

#[test]
fn search_and_bulk_dismiss_and_undo_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut session = open(home.path());
    session.press("/sev:low\r");
    session.until("the found ones", |session| !session.screen().contains("◆ CRIT"));
    let dismissed = || verb(home.path(), &["list", "--all", "dismissed"]).lines().count();
    session.press("A");
    says(&session, "all selected");
    session.press("x");
    says(&session, "dismissed (u undoes it)");
    leave(session);
    let many = dismissed();
    assert!(many >= 3, "{many} are dismissed");
    let mut session = open(home.path());
    session.press("u");
    says(&session, "undone: dismissed");
    leave(session);
    assert_eq!(dismissed(), 0);
}

#[test]
fn three_marked_indicators_become_one_hunt() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(demo(home.path()));
    session.until("the list", |session| session.screen().contains("Hunts "));
    session.press("/ioc:domain\r");
    session.rest(Duration::from_millis(500));
    session.press("gij");
    session.press("mmm");
    session.until("three marks", |session| session.screen().matches(" +").count() >= 3);
    session.press("Yh");
    says(&session, "3 indicators as Splunk SPL");
    let query = String::from_utf8(copied(&leave(session)).unwrap()).unwrap();
    assert!(query.contains("tstats"), "{query}");
}

#[test]
fn pivot_on_a_cve_and_back() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(demo(home.path()));
    session.until("the list", |session| session.screen().contains("Hunts "));
    session.press("/ioc:cve\r");
    session.rest(Duration::from_millis(500));
    session.press("gi");
    for _ in 0..30 {
        session.rest(Duration::from_millis(150));
        if session.screen().contains("CVE, in") {
            break;
        }
        session.press("j");
    }
    session.press("*");
    says(&session, "with CVE-");
    session.until("its articles", |session| session.screen().contains("1/"));
    session.press("\x0f");
    session.until("the list before", |session| session.screen().contains("/ioc:cve"));
    leave(session);
}

#[test]
fn the_hand_over_report_tells_what_was_done() {
    let home = tempfile::tempdir().unwrap();
    let mut session = open(home.path());
    session.press("re");
    says(&session, "escalated (u undoes it)");
    session.press("Nticket 17\x13");
    says(&session, "note written");
    session.press("Yr");
    says(&session, "the hand-over report");
    let report = String::from_utf8(copied(&leave(session)).unwrap()).unwrap();
    assert!(report.starts_with("# Hand-over "), "{report}");
    assert!(report.contains("escalated") && report.contains("## Still open"), "{report}");
}

#[test]
fn an_indicator_is_suppressed_and_undo_brings_it_back() {
    let home = tempfile::tempdir().unwrap();
    let mut session = open(home.path());
    session.press("/ioc:domain\r");
    session.rest(Duration::from_millis(500));
    session.press("gi");
    session.until("the indicators", |session| session.screen().contains("Indicators ("));
    session.press("j-ours\r");
    says(&session, "never an indicator: ");
    session.until("its new place", |session| session.screen().contains("benign or context"));
    session.press("G\rj");
    session.until("the reason", |session| session.screen().contains("suppress list"));
    session.press("u");
    says(&session, "undone: never an indicator");
    session.until("the indicator", |session| !session.screen().contains("suppress list"));
    leave(session);
}

#[test]
fn verbs_and_searches_are_those_of_the_command_line_and_outlive_the_program() {
    let home = tempfile::tempdir().unwrap();
    let mut session = open(home.path());
    session.press("/sev:low\r");
    session.press(":mark --query sev:low --tag old --dismissed\r");
    says(&session, "dismissed, tagged old (u undoes it)");
    session.press(":report ~/report.md\r");
    says(&session, "the hand-over report is in ~/report.md");
    leave(session);
    assert!(std::fs::read_to_string(home.path().join("report.md")).unwrap().starts_with("# Hand-over "));
    let tagged = verb(home.path(), &["list", "--all", "tag:old"]).lines().count();
    assert!(tagged >= 3, "{tagged}");
    let mut session = open(home.path());
    session.press("/\x1b[A");
    says(&session, "/sev:low");
    session.press("\x1b");
    session.rest(Duration::from_millis(100));
    leave(session);
}
