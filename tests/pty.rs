//! The program on a real pseudo-terminal: it starts and shows the demo, copies through OSC 52, and gives the terminal
//! back when it panics.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

use std::{
    io::{Read as _, Write as _},
    num::NonZero,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a machine under load may take for one step.
const PATIENCE: Duration = Duration::from_mins(1);

const ROWS: NonZero<u16> = NonZero::new(30).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(100).unwrap();

/// A program on a pseudo-terminal, with every byte it has written.
struct Session {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Mutex<Vec<u8>>>,
}

impl Session {
    fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        let written = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                written.lock().unwrap().extend_from_slice(&bytes[..count]);
            }
        });
        let input = pair.master.take_writer().unwrap();
        Self { master: pair.master, input, child, output }
    }

    fn bytes(&self) -> Vec<u8> {
        self.output.lock().unwrap().clone()
    }

    /// Gives what a user would see.
    fn screen(&self) -> String {
        let mut parser = vt100::Parser::new(ROWS, COLUMNS, 0);
        parser.process(&self.bytes());
        parser.screen().contents()
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits until something holds.
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !holds(self) {
            assert!(begin.elapsed() < PATIENCE, "{what} has not come:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn end(mut self) -> (bool, Vec<u8>) {
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begin.elapsed() < PATIENCE, "it does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        };
        // The reader may be behind the end of the program by a moment.
        self.until("the end of the output", |session| contains(&session.bytes(), b"\x1b[?1049l"));
        let bytes = self.bytes();
        drop(self.master);
        (status.success(), bytes)
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The program with the demo, in a home of its own, as over SSH.
fn demo(home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_huntdeck"));
    command.arg("--demo");
    command.env_clear();
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("SSH_TTY", "/dev/pts/0");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

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
    // The count stands there before the queries are rendered, and until then a copy is refused: wait for one to show.
    session.press("gh");
    session.until("a rendered query", |session| session.screen().contains("tstats"));
    session.press("y");
    session.until("the toast", |session| session.screen().contains("terminal clipboard (OSC 52)"));
    let bytes = session.bytes();
    session.press("q");
    session.end();
    let start = bytes.windows(7).position(|window| window == b"\x1b]52;c;").expect("OSC 52 is on the wire") + 7;
    let length = bytes[start..].iter().position(|byte| matches!(byte, 0x07 | 0x1b)).unwrap();
    let copied = std::fs::read(home.path().join(".local/state/huntdeck/copied.txt")).unwrap();
    assert_eq!(decode(&bytes[start..start + length]), copied);
    assert!(!copied.is_empty());
}

fn decode(base64: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = base64.iter().filter(|byte| **byte != b'=').map(|byte| u32::from(value(byte))).collect();
    let mut out = Vec::new();
    for four in digits.chunks(4) {
        let word = four.iter().fold(0, |word, digit| (word << 6) | digit) << (6 * (4 - four.len()));
        out.extend(word.to_be_bytes()[1..four.len()].iter());
    }
    out
}

/// The program of the test below: a console whose input panics. It runs only where that test starts it.
#[test]
#[ignore = "it is started by the next test, on a terminal"]
fn a_console_that_panics() {
    use huntdeck::{
        config::Paths,
        console::{Options, run_with, workshop},
        hunt::{Catalogue, Parameters},
        store::Store,
    };
    let nowhere = std::env::temp_dir().join("huntdeck-nowhere");
    let paths = Paths { config: nowhere.clone(), data: nowhere.clone(), state: nowhere };
    let options = Options::new(paths, workshop(Catalogue::shipped, Parameters::default()));
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
