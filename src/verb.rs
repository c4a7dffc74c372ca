//! The words of `list` and `mark`: one grammar for the command line and for the console's palette.
//!
//! clap reads both, so that a word means the same wherever it is written. A palette's line is cut into words as a shell
//! cuts it.

mod list;
mod mark;

pub use list::ListQuery;
pub use mark::MarkArgs;

use clap::{Args, Command, FromArgMatches};

/// Reads the words of a verb from a line of the palette.
///
/// # Errors
/// Says in one sentence what is wrong with the line.
pub fn parse<T: Args + FromArgMatches>(verb: &'static str, line: &str) -> Result<T, String> {
    let words = shell_words::split(line).map_err(|_| "a quote is never closed".to_owned())?;
    let matches = command::<T>(verb)
        .try_get_matches_from(std::iter::once(verb.to_owned()).chain(words))
        .map_err(|error| sentence(verb, &error))?;
    T::from_arg_matches(&matches).map_err(|error| sentence(verb, &error))
}

/// A word that a verb takes, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The word, such as `--tag`.
    pub name: String,
    /// Whether a value may follow.
    pub takes_value: bool,
    /// What it does, in one line.
    pub about: String,
}

/// Returns the words with two dashes that a verb takes, in the order of its help.
pub fn flags<T: Args>(verb: &'static str) -> Vec<Flag> {
    let command = command::<T>(verb);
    let flags = command.get_arguments().filter_map(|argument| {
        Some(Flag {
            name: format!("--{}", argument.get_long()?),
            takes_value: argument.get_action().takes_values(),
            about: argument.get_help().map(ToString::to_string).unwrap_or_default(),
        })
    });
    flags.collect()
}

fn command<T: Args>(verb: &'static str) -> Command {
    T::augment_args(Command::new(verb)).disable_help_flag(true).color(clap::ColorChoice::Never)
}

/// Says what clap found wrong in one line.
fn sentence(verb: &str, error: &clap::Error) -> String {
    let text = error.to_string();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"))
        .collect();
    let said = lines.join("; ").replace("error: ", "");
    format!("{verb}: {said}")
}
