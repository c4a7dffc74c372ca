use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Settings,
    check::{self, Fault},
    defaults::shipped_feeds,
    themes::own_themes,
};

/// The shipped configuration: every setting with its default and what it means.
pub const SHIPPED: &str = include_str!("../../config.toml");

/// Why a configuration cannot be used. Each says its own cause, so none is another's source: that would say it twice.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {}: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// The file says something that huntdeck does not understand; `toml` shows the line and what it accepts.
    #[error("the configuration {} has a fault:\n{why}", path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// What, and where.
        why: Box<toml::de::Error>,
    },
    /// A setting is well formed and still cannot work.
    #[error("the configuration {}{}: {what}", path.display(), line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: Option<usize>,
        /// What is wrong and what to do.
        what: String,
    },
    /// The file cannot be written.
    #[error("cannot write the configuration {}: {why}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

/// Reads the user's file; what it does not say is as shipped. A missing file is no error. `themes` is the folder of the
/// user's own themes.
///
/// # Errors
/// Says which file and, where it can be told, which line has a fault, and what may stand there.
pub fn load(path: &Path, themes: &Path) -> Result<Settings, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => parse(path, &text, &own_themes(themes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(why) => Err(ConfigError::Unreadable { path: path.to_owned(), why }),
    }
}

pub(super) fn parse(path: &Path, text: &str, own_themes: &[String]) -> Result<Settings, ConfigError> {
    let mut settings: Settings =
        toml::from_str(text).map_err(|why| ConfigError::Faulty { path: path.to_owned(), why: Box::new(why) })?;
    if let Some(Fault { line, what }) = check::find(text, &settings, own_themes) {
        return Err(ConfigError::Unusable { path: path.to_owned(), line, what });
    }
    if settings.extend_feeds {
        let own = std::mem::replace(&mut settings.feeds, shipped_feeds());
        // A feed of the user's own with a shipped name takes its place, so that one setting of it can be changed.
        settings.feeds.retain(|shipped| own.iter().all(|feed| feed.name != shipped.name));
        settings.feeds.extend(own);
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{SHIPPED, Settings, parse};

    #[test]
    fn the_shipped_file_says_what_the_defaults_are() {
        assert_eq!(parse(Path::new("config.toml"), SHIPPED, &[]).unwrap(), Settings::default());
    }

    #[test]
    fn own_feeds_replace_the_shipped_ones_unless_they_extend_them() {
        let own = "[[feeds]]\nname = \"mine\"\nurl = \"https://feeds.example/rss\"\n";
        assert_eq!(parse(Path::new("c"), own, &[]).unwrap().feeds.len(), 1);
        let more = format!("extend_feeds = true\n{own}");
        assert_eq!(parse(Path::new("c"), &more, &[]).unwrap().feeds.len(), Settings::default().feeds.len() + 1);
    }

    #[test]
    fn a_misspelt_setting_is_shown_with_its_line_and_the_accepted_names() {
        let message = parse(Path::new("c.toml"), "[fetch]\nintervall = \"5m\"\n", &[]).unwrap_err().to_string();
        assert!(
            message.contains("c.toml") && message.contains("line 2") && message.contains("`interval`"),
            "{message}"
        );
    }

    #[test]
    fn two_feeds_of_one_name_are_refused() {
        let feed = "[[feeds]]\nname = \"a\"\nurl = \"https://feeds.example/rss\"\n";
        let message = parse(Path::new("c"), &feed.repeat(2), &[]).unwrap_err().to_string();
        assert!(message.contains("line 5: there are two feeds \"a\" (line 2)"), "{message}");
    }
}
