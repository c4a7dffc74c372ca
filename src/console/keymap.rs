//! Which key does what: the table's defaults, and the user's `keymap.toml` over them.

mod key;

use std::{collections::BTreeMap, fmt::Write as _};

pub use key::Key;
use serde::Deserialize;

use super::action::{Action, Entry, Place, TABLE};
use crate::text::nearest;

/// One way to ask for an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys, in order.
    pub keys: Vec<Key>,
    /// What they do.
    pub entry: &'static Entry,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Entry {}

/// What the keys pressed so far mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// They ask for an action.
    Act(Action),
    /// They begin one or more sequences.
    Begin,
    /// They mean nothing.
    Nothing,
}

/// Every key that is bound.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What is wrong with a keymap.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// The file is no TOML, or a value is neither a string nor a list of strings.
    #[error("the keymap has a fault: {0}")]
    Faulty(String),
    /// There is no such action.
    #[error("the keymap names `{name}`, which is no action{hint}")]
    NoAction {
        /// The name.
        name: String,
        /// What may have been meant.
        hint: String,
    },
    /// There is no such key.
    #[error("the keymap gives `{name}` the key `{key}`, which is none: write j, G, ctrl-d, alt-x, enter, f1 or `g g`")]
    NoKey {
        /// The action's name.
        name: String,
        /// The key as written.
        key: String,
    },
    /// Two actions have one key, or the key of one begins the keys of the other.
    #[error("`{first}` ({first_keys}) and `{second}` ({second_keys}) are in each other's way: change one of them")]
    Clash {
        /// The first action.
        first: &'static str,
        /// Its keys.
        first_keys: String,
        /// The second action.
        second: &'static str,
        /// Its keys.
        second_keys: String,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Keys {
    One(String),
    Many(Vec<String>),
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&BTreeMap::new()).expect("a test checks the default keys")
    }
}

impl Keymap {
    /// Lays a user's `keymap.toml` over the defaults: an action that it names has the keys it gives, and no others.
    ///
    /// # Errors
    /// Says which line, action or key is wrong.
    pub fn parse(text: &str) -> Result<Self, KeymapError> {
        let table: BTreeMap<String, Keys> =
            toml::from_str(text).map_err(|error| KeymapError::Faulty(error.to_string()))?;
        let own = table.into_iter().map(|(name, keys)| match keys {
            Keys::One(key) => (name, vec![key]),
            Keys::Many(keys) => (name, keys),
        });
        Self::with(&own.collect())
    }

    fn with(own: &BTreeMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        if let Some(name) = own.keys().find(|name| Action::named(name).is_none()) {
            return Err(KeymapError::NoAction { name: name.clone(), hint: hint(name) });
        }
        let mut bindings = Vec::new();
        for entry in TABLE.iter() {
            let mut add = |key: &str| match Key::sequence(key) {
                Some(keys) => {
                    bindings.push(Binding { keys, entry });
                    Ok(())
                }
                None => Err(KeymapError::NoKey { name: entry.name.into(), key: key.into() }),
            };
            match own.get(entry.name) {
                Some(keys) => keys.iter().try_for_each(|key| add(key))?,
                None => entry.keys.iter().try_for_each(|key| add(key))?,
            }
        }
        clash(&bindings).map_or(Ok(Self { bindings }), Err)
    }

    /// Tells what keys mean in a place.
    pub fn meaning(&self, place: Place, keys: &[Key]) -> Meaning {
        let mut begins = false;
        for binding in self.in_place(place).filter(|binding| binding.keys.starts_with(keys)) {
            if binding.keys.len() == keys.len() {
                return Meaning::Act(binding.entry.action);
            }
            begins = true;
        }
        if begins { Meaning::Begin } else { Meaning::Nothing }
    }

    /// Returns what may follow the keys pressed so far, each with its action.
    pub fn following<'a>(&'a self, place: Place, keys: &'a [Key]) -> impl Iterator<Item = (Key, &'static Entry)> + 'a {
        self.in_place(place)
            .filter(move |binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys))
            .map(move |binding| (binding.keys[keys.len()], binding.entry))
    }

    /// Returns the keys of an action as people read them.
    pub fn keys_of(&self, action: Action) -> impl Iterator<Item = String> + '_ {
        self.bindings.iter().filter(move |binding| binding.entry.action == action).map(|binding| written(&binding.keys))
    }

    /// Returns the first key of an action, for a hint; empty when it has none.
    pub fn key_of(&self, action: Action) -> String {
        self.keys_of(action).next().unwrap_or_default()
    }

    fn in_place(&self, place: Place) -> impl Iterator<Item = &Binding> {
        self.bindings
            .iter()
            .filter(move |binding| binding.entry.place == Place::Everywhere || binding.entry.place == place)
    }
}

/// Writes the commented keymap that is shipped: the table of actions as a file.
pub fn document() -> String {
    let mut out = String::from(HEAD);
    for entry in TABLE.iter() {
        let place = match entry.place {
            Place::Everywhere => String::new(),
            place => format!(" ({})", place.title().to_lowercase()),
        };
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("\"{key}\"")).collect();
        let _ = writeln!(out, "\n# {}{place}\n{} = [{}]", entry.about, entry.name, keys.join(", "));
    }
    out
}

const HEAD: &str = "\
# huntdeck's keys: every action with its default keys.
# Copy the lines you want to change into ~/.config/huntdeck/keymap.toml; what that file leaves out is as it stands here.
# A key is a character, a name (enter, esc, tab, shift-tab, space, comma, up, pagedown, f1, …), or either with ctrl- or
# alt- before it. Keys with a space between are a sequence. An empty list takes an action's keys away.
# Two actions that are in each other's way are refused, and both are named.
";

fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

fn hint(name: &str) -> String {
    let near = nearest(name, TABLE.iter().map(|entry| entry.name));
    near.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default()
}

fn clash(bindings: &[Binding]) -> Option<KeymapError> {
    for (index, first) in bindings.iter().enumerate() {
        for second in &bindings[index + 1..] {
            let meet = first.entry.place == second.entry.place
                || first.entry.place == Place::Everywhere
                || second.entry.place == Place::Everywhere;
            let same = first.keys.starts_with(&second.keys) || second.keys.starts_with(&first.keys);
            if meet && same && first.entry != second.entry {
                return Some(KeymapError::Clash {
                    first: first.entry.name,
                    first_keys: written(&first.keys),
                    second: second.entry.name,
                    second_keys: written(&second.keys),
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Key, Keymap, KeymapError, Meaning, Place, TABLE, document};
    use crate::console::action::{Action, Step};

    fn meaning(keymap: &Keymap, place: Place, keys: &str) -> Meaning {
        keymap.meaning(place, &Key::sequence(keys).unwrap())
    }

    #[test]
    fn the_default_keys_are_free_of_clashes_and_names_are_unique() {
        let keymap = Keymap::default();
        assert_eq!(meaning(&keymap, Place::List, "j"), Meaning::Act(Action::Move(Step::Down)));
        assert_eq!(meaning(&keymap, Place::List, "g"), Meaning::Begin);
        assert_eq!(meaning(&keymap, Place::List, "g g"), Meaning::Act(Action::Move(Step::Top)));
        assert_eq!(meaning(&keymap, Place::List, "d"), Meaning::Nothing);
        assert_eq!(meaning(&keymap, Place::Hunts, "d"), Meaning::Act(Action::NextDialect));
        let names: HashSet<_> = TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), TABLE.len());
        assert!(TABLE.iter().all(|entry| entry.action.entry().name == entry.name), "an action stands in two lines");
    }

    // lazygit#1758: these keys need three fingers on many keyboards.
    #[test]
    fn no_default_key_is_out_of_reach_on_a_foreign_keyboard() {
        for key in TABLE.iter().flat_map(|entry| entry.keys) {
            assert!(!key.contains(['[', ']', '{', '}', '\\']), "{key}");
        }
    }

    #[test]
    fn the_shipped_keymap_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/keymap.toml");
        if std::env::var_os("UPDATE_KEYMAP").is_some() {
            std::fs::write(path, document()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), document(), "UPDATE_KEYMAP=1 cargo test writes it anew");
        assert!(Keymap::parse(&document()).is_ok());
    }

    #[test]
    fn own_keys_take_the_place_of_the_default_ones() {
        let keymap = Keymap::parse("quit = \"ctrl-q\"\nstar = []\n").unwrap();
        assert_eq!(meaning(&keymap, Place::List, "ctrl-q"), Meaning::Act(Action::Quit));
        assert_eq!(meaning(&keymap, Place::List, "q"), Meaning::Nothing);
        assert_eq!(meaning(&keymap, Place::List, "s"), Meaning::Nothing);
    }

    #[test]
    fn a_clash_names_both_actions() {
        let message = Keymap::parse("undo = \"g\"").unwrap_err().to_string();
        assert!(message.contains("`top` (g g)") && message.contains("`undo` (g)"), "{message}");
        let message = Keymap::parse("star = \"x\"").unwrap_err().to_string();
        assert!(message.contains("`dismiss` (x)") && message.contains("`star` (x)"), "{message}");
    }

    #[test]
    fn a_name_or_key_that_is_none_is_said() {
        let error = Keymap::parse("dismis = \"x\"").unwrap_err();
        assert_eq!(error, KeymapError::NoAction { name: "dismis".into(), hint: "; did you mean `dismiss`?".into() });
        assert!(matches!(Keymap::parse("star = \"hyper-x\""), Err(KeymapError::NoKey { .. })));
        assert!(matches!(Keymap::parse("star = 3"), Err(KeymapError::Faulty(_))));
    }

    #[test]
    fn keys_are_read_and_written_alike() {
        for key in
            ["j", "G", "ctrl-d", "alt-x", "ctrl-alt-x", "enter", "shift-tab", "space", "f1", "f12", ",", "-", "é"]
        {
            assert_eq!(Key::parse(key).unwrap().to_string(), key);
        }
        for key in ["", "ctrl-", "f13", "f0", "jj", "\u{1b}"] {
            assert_eq!(Key::parse(key), None, "{key}");
        }
    }
}
