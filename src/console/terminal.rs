use std::{
    io::{self, Stdout, Write as _, stdout},
    process::{Command, Stdio},
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    execute,
    terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

use super::{
    paint::Painter,
    screen::{Frame, Screen},
};
use crate::text::Safe;

/// Whether the terminal is in the console's modes. One for the process: so is the terminal.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal with every mode that the console set; it gets them all back on drop, on a panic, and before a stop.
pub(super) struct Tty {
    out: Stdout,
    painter: Painter,
    mouse: bool,
}

impl Tty {
    /// Takes the terminal.
    pub(super) fn open(mouse: bool) -> io::Result<Self> {
        restore_on_panic();
        take(mouse)?;
        Ok(Self { out: stdout(), painter: Painter::new(), mouse })
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        restore();
    }
}

impl Screen for Tty {
    fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    fn show(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        let bytes = self.painter.paint(frame.size(), |buffer| frame.draw_into(buffer));
        if bytes.is_empty() { Ok(()) } else { write(&self.out, bytes) }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.out, CopyToClipboard::to_clipboard_from(text))
    }

    fn notify(&mut self, bell: bool, message: Option<&Safe>) -> io::Result<()> {
        let mut bytes = if bell { b"\x07".to_vec() } else { Vec::new() };
        if let Some(message) = message {
            write!(bytes, "\x1b]9;{message}\x1b\\\x1b]777;notify;huntdeck;{message}\x1b\\")?;
        }
        write(&self.out, &bytes)
    }

    fn forget(&mut self) -> io::Result<()> {
        self.painter.forget();
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        restore();
        let stopped = stop();
        take(self.mouse)?;
        self.forget()?;
        stopped
    }
}

fn write(out: &Stdout, bytes: &[u8]) -> io::Result<()> {
    let mut out = out.lock();
    out.write_all(bytes)?;
    out.flush()
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout();
    let taken = execute!(out, EnterAlternateScreen, EnableBracketedPaste);
    let taken = if mouse { taken.and_then(|()| execute!(out, EnableMouseCapture)) } else { taken };
    taken.inspect_err(|_| restore())
}

/// Returns the terminal back as it was; does nothing when it was given back already.
fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        // Whatever fails here, the rest is still tried: there is nobody left to tell.
        let _ = execute!(out, EndSynchronizedUpdate, DisableMouseCapture, DisableBracketedPaste);
        let _ = execute!(out, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// Has a panic give the terminal back first, so that its message can be read.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
        }));
    });
}

/// Stops the program's process group, as Ctrl-Z does in a terminal that is not raw: under `cargo run` the shell waits
/// for cargo, so stopping this process alone would leave the shell waiting for ever.
fn stop() -> io::Result<()> {
    if !cfg!(unix) {
        return Err(io::Error::other("this system cannot suspend a program"));
    }
    Command::new("kill")
        .args(["-s", "TSTP", "--", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map(|_| ())
}
