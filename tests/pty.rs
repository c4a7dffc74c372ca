//! The program on a real pseudo-terminal: it starts and shows the demo, copies through OSC 52, and returns the terminal
//! back when it panics; an analyst's ways through it; and nothing but what it means to write is on the wire.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "pty/chaos.rs"]
mod chaos;
#[path = "pty/journeys.rs"]
mod journeys;
#[path = "pty/session.rs"]
mod session;

use std::time::Duration;

use portable_pty::CommandBuilder;

use session::{Session, contains, copied, demo};

#[test]
fn it_starts_with_the_demo_and_leaves_the_terminal_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(demo(home.path()));
    session.until("the demo", |session| session.screen().contains("demo") && session.screen().contains("CRIT"));
    assert!(session.screen().contains("huntdeck"));
    session.press("q");
    let (done, bytes) = session.end();
    assert!(done);
    for mode in ["\x1b[?1049h", "\x1b[?1049l", "\x1b[?2004l", "\x1b[?25h", "\x1b[?2026h", "\x1b[?2026l"] {
        assert!(contains(&bytes, mode.as_bytes()), "{mode:?}");
    }
    assert!(!contains(&bytes, b"\x1b[6n"), "no question is put to the terminal");
}

#[test]
fn what_is_copied_goes_over_the_wire_byte_for_byte() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(demo(home.path()));
    session.until("a hunt", |session| session.screen().contains("Hunts ") && !session.screen().contains("Hunts 0"));
    // No query is rendered yet: the copy waits for it.
    session.press("y");
    session.until("the toast", |session| session.screen().contains("terminal clipboard (OSC 52)"));
    let bytes = session.bytes();
    session.press("q");
    session.end();
    let file = std::fs::read(home.path().join(".local/state/huntdeck/copied.txt")).unwrap();
    assert_eq!(copied(&bytes).expect("OSC 52 is on the wire"), file);
    assert!(!file.is_empty());
}

/// The program of the test below: a console whose input panics. It runs only where that test starts it.
#[test]
#[ignore = "it is started by the next test, on a terminal"]
fn a_console_that_panics() {
    use std::sync::Arc;

    use huntdeck::{
        briefing::Briefer,
        config::Paths,
        console::{Options, run_with},
        hunt::Catalogue,
        store::Store,
    };
    let nowhere = std::env::temp_dir().join("huntdeck-nowhere");
    let paths = Paths { config: nowhere.clone(), data: nowhere.clone(), state: nowhere };
    let options = Options::new(paths, Arc::new(Briefer::new(Catalogue::shipped())));
    let (_tell, progress) = tokio::sync::mpsc::channel(1);
    let events = Box::pin(futures::stream::once(async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        panic!("a fault on purpose")
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run_with(Store::in_memory().unwrap(), options, progress, events)).unwrap();
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "a_console_that_panics", "--nocapture"]);
    command.env("TERM", "xterm-256color");
    let (done, bytes) = Session::start(command).end();
    assert!(!done);
    let text = String::from_utf8_lossy(&bytes);
    let left = text.find("\x1b[?1049l").expect("the other screen is left");
    let message = text.find("a fault on purpose").expect("the message is written");
    assert!(left < message, "the message would be lost with the other screen");
    assert!(text.contains("\x1b[?25h"), "the cursor is back");
}
