//! Settings that are one of a few words. A wrong one is refused with the words that are right.

use serde::{Deserialize, Deserializer, de::Error};

use crate::{briefing::Severity, hunt::Dialect};

/// The clipboard's route: `console.clipboard`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClipboardSetting {
    /// Found from the environment.
    #[default]
    Auto,
    /// tmux's buffer.
    Tmux,
    /// The terminal, by OSC 52.
    Osc52,
    /// The desktop's clipboard.
    Native,
    /// The file alone.
    File,
}

/// Reads a dialect by its name.
pub(super) fn dialect<'de, D: Deserializer<'de>>(from: D) -> Result<Dialect, D::Error> {
    let name = String::deserialize(from)?;
    let found = Dialect::ALL.into_iter().find(|dialect| dialect.name() == name);
    found.ok_or_else(|| unknown("dialect", &name, Dialect::ALL.map(|dialect| dialect.name().to_owned())))
}

/// Reads a severity by its word in any case; `None` for an empty text.
pub(super) fn severity<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Severity>, D::Error> {
    let name = String::deserialize(from)?;
    if name.is_empty() {
        return Ok(None);
    }
    let words = || Severity::ALL.map(|severity| severity.word().to_lowercase());
    Severity::from_word(&name).map(Some).ok_or_else(|| unknown("severity", &name, words()))
}

fn unknown<E: Error>(what: &str, name: &str, known: impl IntoIterator<Item = String>) -> E {
    let known: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    E::custom(format!("there is no {what} `{name}`: write one of {}", known.join(", ")))
}
