//! What the user wants: settings, where things live, and keys.
//!
//! The shipped `config.toml` is default and manual at once; the user's file lies over it.

mod check;
mod defaults;
mod edit;
mod load;
mod paths;
mod settings;
mod themes;
mod words;

pub use edit::{ConfigFile, Removal};
pub use load::{ConfigError, SHIPPED, load};
pub use paths::Paths;
pub use settings::{
    ConsoleSettings, FetchSettings, HuntSettings, IndicatorSettings, ListedValue, NotifySettings, Settings,
    SiemSettings, TechniqueSettings, WatchSettings,
};
pub use themes::{SHIPPED_THEMES, own_themes};
pub use words::ClipboardSetting;
