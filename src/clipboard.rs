//! Text to the clipboard by the route that reaches the user: tmux, the terminal (OSC 52), the desktop; and always a
//! file.
//!
//! Inside tmux its own buffer is the only route that works with its default settings; over SSH only the terminal can
//! reach the desktop where the user sits; on a desktop of one's own the desktop's clipboard is the surest.

mod file;
mod route;
mod tmux;

use std::{io, path::PathBuf};

pub use route::{Route, routes};

/// A handle that lives as long as the program: on X11 what was copied is gone when its owner goes.
pub struct Clipboard {
    routes: Vec<Route>,
    file: PathBuf,
    desktop: Option<arboard::Clipboard>,
}

/// What became of a copy.
#[derive(Debug)]
pub struct Copied {
    /// The route that was taken. With [`Route::Terminal`] the caller, who owns the terminal, has yet to write it.
    pub route: Route,
    /// The file that has it too, or why it has not.
    pub file: io::Result<PathBuf>,
    /// The routes that were tried before and failed, each in a sentence.
    pub failed: Vec<String>,
}

impl Copied {
    /// Returns `true` if the clipboard forgets the text when this program ends, as X11 does where nothing manages it.
    pub fn is_fleeting(&self) -> bool {
        let x11 = cfg!(all(unix, not(target_os = "macos"))) && std::env::var_os("WAYLAND_DISPLAY").is_none();
        self.route == Route::Desktop && x11
    }
}

impl Clipboard {
    /// Makes a clipboard with the routes to try, in order; see [`routes`]. Opens nothing before the first copy.
    pub fn new(routes: Vec<Route>, file: PathBuf) -> Self {
        Self { routes, file, desktop: None }
    }

    /// Copies text, byte for byte. Blocks for as long as tmux or the desktop takes.
    pub fn copy(&mut self, text: &str) -> Copied {
        let file = file::write(&self.file, text).map(|()| self.file.clone());
        let mut failed = Vec::new();
        for route in self.routes.clone() {
            let done = match route {
                Route::Tmux => tmux::load(text),
                Route::Desktop => self.give_desktop(text),
                Route::Terminal => Ok(()),
                Route::File => break,
            };
            match done {
                Ok(()) => return Copied { route, file, failed },
                Err(why) => failed.push(format!("{}: {why}", route.name())),
            }
        }
        Copied { route: Route::File, file, failed }
    }

    fn give_desktop(&mut self, text: &str) -> Result<(), String> {
        if self.desktop.is_none() {
            self.desktop = Some(arboard::Clipboard::new().map_err(|error| error.to_string())?);
        }
        let desktop = self.desktop.as_mut().expect("it was opened above");
        desktop.set_text(text).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Clipboard, Route};

    #[test]
    fn the_file_always_has_what_was_copied_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/copied.txt");
        let mut clipboard = Clipboard::new(vec![Route::Terminal], path.clone());
        for text in ["index=edr \"a\\\\b\"\n| stats count", "short", "tabs\tand ümlauts 日本"] {
            let copied = clipboard.copy(text);
            assert_eq!(copied.route, Route::Terminal);
            assert_eq!(copied.file.unwrap(), path);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_file_that_can_not_be_written_does_not_stop_the_copy() {
        let folder = tempfile::tempdir().unwrap();
        let copied = Clipboard::new(vec![Route::Terminal], folder.path().into()).copy("x");
        assert!(copied.file.is_err());
        assert_eq!(copied.route, Route::Terminal);
    }
}
