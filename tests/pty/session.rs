//! A program on a pseudo-terminal.

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
pub(super) struct Session {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Mutex<Vec<u8>>>,
}

impl Session {
    pub(super) fn start(command: CommandBuilder) -> Self {
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

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.output.lock().unwrap().clone()
    }

    /// Returns what a user would see.
    pub(super) fn screen(&self) -> String {
        let mut parser = vt100::Parser::new(ROWS, COLUMNS, 0);
        parser.process(&self.bytes());
        parser.screen().contents()
    }

    /// Makes the terminal another size.
    pub(super) fn resize(&self, columns: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Waits until the program has written nothing for a while.
    pub(super) fn rest(&self, quiet: Duration) {
        let (begin, mut since, mut length) = (Instant::now(), Instant::now(), self.bytes().len());
        while since.elapsed() < quiet && begin.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
            let now = self.output.lock().unwrap().len();
            if now != length {
                (since, length) = (Instant::now(), now);
            }
        }
    }

    pub(super) fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Returns `true` if the program has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits until something holds.
    pub(super) fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !holds(self) {
            assert!(begin.elapsed() < PATIENCE, "{what} has not come:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(super) fn end(mut self) -> (bool, Vec<u8>) {
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

pub(super) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The program with the demo, in a home of its own, as over SSH.
pub(super) fn demo(home: &Path) -> CommandBuilder {
    let mut command = program(home);
    command.arg("--demo");
    command
}

/// The program without a network, its database in the home.
pub(super) fn kept(home: &Path) -> CommandBuilder {
    let mut command = program(home);
    command.args(["--offline", "--db"]);
    command.arg(home.join("kept.db"));
    command
}

fn program(home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_huntdeck"));
    command.env_clear();
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("SSH_TTY", "/dev/pts/0");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Decodes base64.
pub(super) fn decode(base64: &[u8]) -> Vec<u8> {
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

/// Returns what was copied last through OSC 52; none when nothing was.
pub(super) fn copied(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = bytes.windows(7).rposition(|window| window == b"\x1b]52;c;")? + 7;
    let length = bytes[start..].iter().position(|byte| matches!(byte, 0x07 | 0x1b))?;
    Some(decode(&bytes[start..start + length]))
}
