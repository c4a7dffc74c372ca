use std::{
    io::{self, BufWriter, Stdout, Write as _, stdout},
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
    execute, queue,
    style::force_color_output,
    terminal::{
        BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::{Terminal, backend::CrosstermBackend, layout::Rect};

use super::screen::{Frame, Screen};

/// Whether the terminal is in the console's modes. One for the process: so is the terminal.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal with every mode that the console set; it gets them all back on drop, on a panic, and before a stop.
pub(super) struct Tty {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

impl Tty {
    /// Takes the terminal.
    pub(super) fn open(mouse: bool) -> io::Result<Self> {
        // Otherwise NO_COLOR has crossterm drop weight and reverse too, and with them the cursor's row.
        force_color_output(true);
        restore_on_panic();
        take(mouse)?;
        let writer = BufWriter::with_capacity(64 * 1024, stdout());
        let terminal = Terminal::new(CrosstermBackend::new(writer)).inspect_err(|_| restore())?;
        Ok(Self { terminal, mouse })
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        restore();
    }
}

impl Screen for Tty {
    fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    fn show(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        frame.draw(&mut self.terminal)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    fn forget(&mut self) -> io::Result<()> {
        // Not `clear`: that asks the terminal for its cursor and waits for the answer.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    fn suspend(&mut self) -> io::Result<()> {
        restore();
        let stopped = stop();
        take(self.mouse)?;
        self.forget()?;
        stopped
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout();
    let taken = execute!(out, EnterAlternateScreen, EnableBracketedPaste);
    let taken = if mouse { taken.and_then(|()| execute!(out, EnableMouseCapture)) } else { taken };
    taken.inspect_err(|_| restore())
}

/// Gives the terminal back as it was; does nothing when it was given back already.
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
        return Err(io::Error::other("this system can not suspend a program"));
    }
    Command::new("kill")
        .args(["-s", "TSTP", "--", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map(|_| ())
}
