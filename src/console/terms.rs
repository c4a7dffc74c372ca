//! Terms of the triage language, written by the console itself.

use crate::triage::ArticleId;

/// Quotes a value, so that nothing in it is read as part of the language.
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace(['"', '\\'], ""))
}

/// Writes the term that finds some articles by their numbers.
pub(super) fn any_of<'a>(articles: impl IntoIterator<Item = &'a ArticleId>) -> String {
    let ids: Vec<String> = articles.into_iter().map(ToString::to_string).collect();
    format!("id:{}", ids.join("|"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{any_of, quoted};
    use crate::{query::parse, triage::ArticleId};

    #[test]
    fn what_is_written_is_read_as_it_was_meant() {
        let read = |text: &str| parse(text, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(any_of(&[ArticleId(3)]), "id:3");
        let both = any_of(&[3, 7].map(ArticleId));
        assert_eq!(read(&format!("(tag:a or tag:b) {both}")), read("(tag:a or tag:b) (id:3 or id:7)"));
        assert_eq!(read(&format!("feed:{}", quoted("a\" or \\b"))), read("feed:\"a or b\""));
    }
}
