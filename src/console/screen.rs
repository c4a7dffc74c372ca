//! Where the console is drawn.

use std::io;

use ratatui::{
    Terminal,
    backend::{Backend, TestBackend},
    buffer::Buffer,
    layout::Position,
};

use super::{state::App, view};
use crate::text::Safe;

/// Where the console is drawn: the terminal, or a buffer in a test. Each verb fails only if the terminal does.
#[expect(clippy::missing_errors_doc, reason = "all fail for the same reason, which stands above")]
pub trait Screen {
    /// Returns the columns and rows.
    fn size(&self) -> io::Result<(u16, u16)>;

    /// Draws the state as one frame.
    fn show(&mut self, frame: &Frame<'_>) -> io::Result<()>;

    /// Puts text into the terminal's clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Rings the bell, and has the terminal show a message (OSC 9 and OSC 777), as far as each is wanted.
    fn notify(&mut self, bell: bool, message: Option<&Safe>) -> io::Result<()>;

    /// Forgets what is on the screen, so that the next frame draws all of it.
    fn forget(&mut self) -> io::Result<()>;

    /// Hands the terminal back to the shell until the program is continued.
    fn suspend(&mut self) -> io::Result<()>;
}

/// A frame to draw.
pub struct Frame<'a>(pub(super) &'a App);

impl Frame<'_> {
    /// Returns the columns and rows that the frame is for.
    pub const fn size(&self) -> (u16, u16) {
        self.0.size
    }

    /// Draws the frame into a buffer; returns the place of the terminal's cursor, when something is being written.
    pub fn draw_into(&self, buffer: &mut Buffer) -> Option<Position> {
        view::draw(self.0, buffer)
    }

    /// Draws the frame into a terminal of ratatui.
    ///
    /// # Errors
    /// Fails if the terminal does.
    pub fn draw<B: Backend>(&self, terminal: &mut Terminal<B>) -> Result<(), B::Error> {
        terminal.draw(|frame| {
            if let Some(position) = view::draw(self.0, frame.buffer_mut()) {
                frame.set_cursor_position(position);
            }
        })?;
        Ok(())
    }
}

/// A screen in memory, for tests: what is on it, and what was put into the clipboard.
pub struct Memory {
    /// The screen.
    pub terminal: Terminal<TestBackend>,
    /// What the terminal's clipboard was given, oldest first.
    pub copied: Vec<String>,
    /// The messages that the terminal was to show.
    pub notified: Vec<String>,
}

impl Memory {
    /// Makes a screen of a size.
    pub fn new(columns: u16, rows: u16) -> Self {
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a screen in memory does not fail");
        Self { terminal, copied: Vec::new(), notified: Vec::new() }
    }
}

impl Screen for Memory {
    fn size(&self) -> io::Result<(u16, u16)> {
        let area = self.terminal.backend().buffer().area;
        Ok((area.width, area.height))
    }

    fn show(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        frame.draw(&mut self.terminal).map_err(io::Error::other)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }

    fn notify(&mut self, _: bool, message: Option<&Safe>) -> io::Result<()> {
        self.notified.extend(message.map(ToString::to_string));
        Ok(())
    }

    fn forget(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}
