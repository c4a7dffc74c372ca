use std::{
    fmt::Display,
    io::{self, BufWriter, Stdout, Write},
};

use jiff::Timestamp;

use crate::text::{self, Safe};

/// Standard output, buffered; text from outside is made safe before it is written.
#[derive(Debug)]
pub(super) struct Output {
    out: BufWriter<Stdout>,
}

impl Output {
    pub(super) fn stdout() -> Self {
        Self { out: BufWriter::with_capacity(64 * 1024, io::stdout()) }
    }

    /// Writes text of several lines as it is, but for what could reach the terminal as a command.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(Safe::text(text).as_str().as_bytes())
    }

    /// Writes one line.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{}", Safe::line(&line.to_string()))
    }

    /// Writes one line of fields with a tab between them, for `cut` and `awk`.
    pub(super) fn fields(&mut self, fields: &[&str]) -> io::Result<()> {
        let fields: Vec<String> = fields.iter().map(|field| Safe::line(field).into_string()).collect();
        writeln!(self.out, "{}", fields.join("\t"))
    }

    /// Writes a value as one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        writeln!(self.out, "{}", text::json(value)?)
    }

    /// Writes a value of an array of JSON on a line of its own.
    pub(super) fn json_in_array(&mut self, value: &impl serde::Serialize, is_first: bool) -> io::Result<()> {
        write!(self.out, "{}\n{}", if is_first { "[" } else { "," }, text::json(value)?)
    }

    /// Ends an array of JSON.
    pub(super) fn end_array(&mut self, is_empty: bool) -> io::Result<()> {
        self.out.write_all(if is_empty { b"[]\n" } else { b"\n]\n" })
    }

    /// Writes bytes that the program made itself.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes out what is buffered, so that a reader sees each answer as it comes.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes an error to standard error, in one sentence.
pub(super) fn complain(message: &str) {
    // When standard error is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "huntdeck: {}", Safe::text(message));
}

/// Says in two or three letters how long ago something was.
pub(super) fn age(now: Timestamp, then: Timestamp) -> String {
    let minutes = now.duration_since(then).as_mins().max(0);
    match minutes {
        0..60 => format!("{minutes} min"),
        60..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

/// Says in megabytes how large something is.
pub(super) fn megabytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    if tenths < 100 { format!("{}.{} MB", tenths / 10, tenths % 10) } else { format!("{} MB", tenths / 10) }
}
