//! Words written in the syntax of the full-text index, such that no user's word can ever be read as syntax.

use super::tree::{Pattern, Place};

/// Writes one word or phrase; none when it has nothing that the index knows as a word.
pub(super) fn phrase(place: Place, pattern: &Pattern) -> Option<String> {
    let text: String =
        pattern.text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect::<String>();
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    // A star after a text that ends in punctuation would belong to the word before it.
    let star = if pattern.begins { "*" } else { "" };
    let column = match place {
        Place::Anywhere => "",
        Place::Title => "title : ",
        Place::Source => "source : ",
    };
    Some(format!("{column}\"{}\"{star}", text.trim()))
}
