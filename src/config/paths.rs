use std::path::PathBuf;

use etcetera::{BaseStrategy, HomeDirError, choose_base_strategy};

/// Where huntdeck's files live, by the XDG base directories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// `config.toml`, `keymap.toml` and `themes`.
    pub config: PathBuf,
    /// The store.
    pub data: PathBuf,
    /// The log, and what was copied last.
    pub state: PathBuf,
}

impl Paths {
    /// Finds the directories of the user who runs the program; an error when there is no home directory.
    ///
    /// # Errors
    /// Fails if there is no home directory.
    pub fn of_user() -> Result<Self, HomeDirError> {
        let base = choose_base_strategy()?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Ok(Self {
            config: base.config_dir().join("huntdeck"),
            data: base.data_dir().join("huntdeck"),
            state: state.join("huntdeck"),
        })
    }

    /// The user's configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's keymap.
    pub fn keymap_file(&self) -> PathBuf {
        self.config.join("keymap.toml")
    }

    /// The store's file.
    pub fn store_file(&self) -> PathBuf {
        self.data.join("huntdeck.db")
    }

    /// The log's file.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("huntdeck.log")
    }

    /// The file that always gets what was copied.
    pub fn copied_file(&self) -> PathBuf {
        self.state.join("copied.txt")
    }
}
