//! Words written in the syntax of the full-text index, such that no user's word can ever be read as syntax.

use crate::triage::{Pattern, TextPlace};

/// Writes one word or phrase; none when it has nothing that the index knows as a word.
pub(super) fn phrase(place: TextPlace, pattern: &Pattern) -> Option<String> {
    let text: String =
        pattern.text.chars().map(|c| if c == '"' || c.is_control() { ' ' } else { c }).collect::<String>();
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    // A star after a text that ends in punctuation would belong to the word before it.
    let star = if pattern.is_prefix { "*" } else { "" };
    let column = match place {
        TextPlace::Anywhere => "",
        TextPlace::Title => "title : ",
        TextPlace::Source => "source : ",
    };
    Some(format!("{column}\"{}\"{star}", text.trim()))
}
