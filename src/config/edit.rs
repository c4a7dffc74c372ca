//! The user's file, changed without touching what the user wrote in it: comments, order and layout stay.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value, value};

use super::{ConfigError, Settings, defaults::shipped_feeds, load::parse, themes::own_themes};
use crate::source::Source;

/// What became of a feed that was to be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// Its table was taken out.
    TakenOut,
    /// It comes with huntdeck, so it was switched off instead.
    SwitchedOff,
    /// There is no such feed.
    Unknown,
}

/// The user's configuration file, open for changes; nothing is written before [`ConfigFile::save`].
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    own_themes: Vec<String>,
    document: DocumentMut,
}

impl ConfigFile {
    /// Opens the file; a missing one is empty. `themes` is the folder of the user's own themes.
    ///
    /// # Errors
    /// Says what is wrong with a file that is not a sound configuration.
    pub fn open(path: &Path, themes: &Path) -> Result<Self, ConfigError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(why) => return Err(ConfigError::Unreadable { path: path.to_owned(), why }),
        };
        Self::read(path, &text, own_themes(themes))
    }

    fn read(path: &Path, text: &str, own_themes: Vec<String>) -> Result<Self, ConfigError> {
        parse(path, text, &own_themes)?;
        let document = text.parse().map_err(|error: toml_edit::TomlError| ConfigError::Unwritable {
            path: path.to_owned(),
            why: io::Error::other(error.to_string()),
        })?;
        Ok(Self { path: path.to_owned(), own_themes, document })
    }

    /// Returns the settings that the file would give as it stands now.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn settings(&self) -> Result<Settings, ConfigError> {
        parse(&self.path, &self.document.to_string(), &self.own_themes)
    }

    /// Adds a feed: its name, address, kind, tags and whether pages are fetched. A file that had no feeds of its own
    /// goes on having the shipped ones.
    pub fn add_feed(&mut self, feed: &Source) {
        if !self.document.contains_key("feeds") {
            self.document.insert("feeds", Item::ArrayOfTables(ArrayOfTables::new()));
            if !self.document.contains_key("extend_feeds") {
                self.document.insert("extend_feeds", value(true));
            }
        }
        match self.document.get_mut("feeds") {
            Some(Item::ArrayOfTables(tables)) => {
                let mut table = table(feed);
                table.decor_mut().set_prefix("\n");
                tables.push(table);
            }
            Some(Item::Value(Value::Array(array))) => array.push(inline(feed)),
            _ => {}
        }
    }

    /// Removes a feed by its name. A shipped one cannot be taken out of huntdeck, so it is switched off.
    pub fn remove_feed(&mut self, name: &str) -> Removal {
        let Ok(settings) = self.settings() else { return Removal::Unknown };
        if settings.feeds.iter().all(|feed| feed.name != name) {
            return Removal::Unknown;
        }
        let shipped = shipped_feeds().into_iter().find(|feed| feed.name == name);
        let replaces = self.document.contains_key("feeds") && !settings.extend_feeds;
        self.take_out(name);
        match shipped.filter(|_| !replaces) {
            Some(feed) => {
                self.add_feed(&Source { enabled: false, ..feed });
                Removal::SwitchedOff
            }
            None => Removal::TakenOut,
        }
    }

    fn take_out(&mut self, name: &str) {
        let is = |item: Option<&Item>| item.and_then(Item::as_str) == Some(name);
        let mut kept = String::new();
        match self.document.get_mut("feeds") {
            Some(Item::ArrayOfTables(tables)) => {
                let Some(at) = tables.iter().position(|table| is(table.get("name"))) else { return };
                kept = tables.get(at).map(|table| comments_to_keep(table, at == 0)).unwrap_or_default();
                tables.remove(at);
                if let Some(next) = tables.get_mut(at).filter(|_| !kept.is_empty()) {
                    let prefix = std::mem::take(&mut kept) + text(next.decor().prefix());
                    next.decor_mut().set_prefix(prefix);
                }
            }
            Some(Item::Value(Value::Array(array))) => {
                array.retain(|feed| {
                    feed.as_inline_table().and_then(|feed| feed.get("name")).and_then(Value::as_str) != Some(name)
                });
            }
            _ => {}
        }
        if !kept.is_empty() {
            let trailing = kept + self.document.trailing().as_str().unwrap_or_default();
            self.document.set_trailing(trailing);
        }
    }

    /// Writes the file in one step: it is whole before and after, whatever happens between.
    ///
    /// # Errors
    /// Fails if the file would not be a sound configuration, or cannot be written.
    pub fn save(&self) -> Result<(), ConfigError> {
        self.settings()?;
        let told = |why| ConfigError::Unwritable { path: self.path.clone(), why };
        write(&self.path, &self.document.to_string()).map_err(told)
    }
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}

/// Returns the comments above a feed that are not about it: what an empty line sets off, and the head of the file.
fn comments_to_keep(table: &Table, first: bool) -> String {
    let prefix = text(table.decor().prefix());
    let own = prefix.rfind("\n\n").map_or(if first { prefix.len() } else { 0 }, |at| at + 1);
    let kept = &prefix[..own];
    if kept.trim().is_empty() { String::new() } else { kept.to_owned() }
}

/// Returns what is written of a feed, in the order of writing.
fn entries(feed: &Source) -> Vec<(&'static str, Value)> {
    let mut entries: Vec<(&'static str, Value)> =
        vec![("name", feed.name.as_str().into()), ("url", feed.url.as_str().into())];
    entries.extend(feed.kind.map(|kind| ("kind", kind.name().into())));
    entries.extend(feed.full_text.map(|whole| ("full_text", whole.into())));
    if !feed.tags.is_empty() {
        entries.push(("tags", Value::Array(feed.tags.iter().collect::<Array>())));
    }
    if !feed.enabled {
        entries.push(("enabled", false.into()));
    }
    entries
}

fn table(feed: &Source) -> Table {
    let mut table = Table::new();
    for (key, entry) in entries(feed) {
        table.insert(key, value(entry));
    }
    table
}

fn inline(feed: &Source) -> InlineTable {
    entries(feed).into_iter().collect()
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link to the file, as dotfiles have it, stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    fs::write(&new, text)?;
    if let Ok(about) = fs::metadata(path) {
        fs::set_permissions(&new, about.permissions())?;
    }
    fs::File::open(&new)?.sync_all()?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ConfigFile, Removal};
    use crate::source::Source;

    fn open(text: &str) -> ConfigFile {
        ConfigFile::read(Path::new("c.toml"), text, Vec::new()).unwrap()
    }

    fn names(file: &ConfigFile) -> Vec<String> {
        file.settings().unwrap().feeds.into_iter().map(|feed| feed.name).collect()
    }

    const OWN: &str = "# Our feeds, kept by the night shift.\n\n[fetch]\ninterval = \"1h\"   # not too often\n\n\
        # --- vendors ---\n\n# the good one\n[[feeds]]\nname = \"One\"\nurl = \"https://one.example/rss\"\n\n\
        [[feeds]]\nname = 'Two'\nurl = \"https://two.example/rss\" # slow\ntags = [\"a\",\n  \"b\"]\n";

    #[test]
    fn adding_a_feed_keeps_every_byte_that_was_there() {
        let mut file = open(OWN);
        let feed = Source { tags: vec!["x".into()], ..Source::new("A \"b\"", "https://a.example/?x=1&y") };
        file.add_feed(&feed);
        let text = file.document.to_string();
        assert!(text.starts_with(OWN), "{text}");
        assert_eq!(file.settings().unwrap().feeds.pop(), Some(feed));
    }

    #[test]
    fn removing_a_feed_keeps_the_comments_of_others() {
        let mut file = open(OWN);
        assert_eq!(file.remove_feed("One"), Removal::TakenOut);
        let text = file.document.to_string();
        assert!(text.contains("--- vendors ---") && !text.contains("the good one"), "{text}");
        assert!(text.contains("# slow") && text.contains("not too often"), "{text}");
        assert_eq!(file.remove_feed("Two"), Removal::TakenOut);
        assert!(file.document.to_string().contains("--- vendors ---"));
        assert_eq!(file.remove_feed("Two"), Removal::Unknown);
    }

    #[test]
    fn a_file_without_feeds_goes_on_having_the_shipped_ones() {
        let shipped = names(&open(""));
        let mut file = open("# mine\n[console]\nmouse = true\n");
        file.add_feed(&Source::new("Mine", "https://mine.example/rss"));
        assert_eq!(names(&file).len(), shipped.len() + 1);
        assert!(file.document.to_string().contains("# mine"));
        assert_eq!(file.remove_feed(&shipped[0]), Removal::SwitchedOff);
        let settings = file.settings().unwrap();
        assert!(!settings.feeds.iter().find(|feed| feed.name == shipped[0]).unwrap().enabled);
        assert_eq!(settings.feeds.len(), shipped.len() + 1);
    }

    #[test]
    fn feeds_in_one_line_are_changed_too() {
        let mut file = open("feeds = [{ name = \"a\", url = \"https://a.example/\" }] # few\n");
        file.add_feed(&Source::new("b", "https://b.example/"));
        assert_eq!(names(&file), ["a", "b"]);
        assert_eq!(file.remove_feed("a"), Removal::TakenOut);
        assert_eq!(names(&file), ["b"]);
        assert!(file.document.to_string().contains("# few"));
    }

    #[test]
    fn the_file_is_written_whole_and_a_link_to_it_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real.toml"), folder.path().join("config.toml"));
        std::fs::write(&path, OWN).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut file = ConfigFile::open(&link, Path::new("themes")).unwrap();
        file.add_feed(&Source::new("Mine", "https://mine.example/rss"));
        file.save().unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().contains("Mine"));
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
