use crate::article::Article;

/// How many characters of the text a profile shows.
const LENGTH: usize = 500;

/// Returns the opening of an article: its first 500 characters, then `…` when there is more.
pub fn profile(article: &Article) -> String {
    let text = article.document.text.trim();
    match text.char_indices().nth(LENGTH) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::profile;
    use crate::article::{Article, Content, Entry};

    fn of(text: &str) -> String {
        let entry = Entry { content: Content::Plain(text.into()), ..Entry::default() };
        profile(&Article::from_entry(entry, "Source", jiff::Timestamp::UNIX_EPOCH))
    }

    #[test]
    fn five_hundred_characters_are_kept_whole_and_one_more_is_cut() {
        assert_eq!(of(&"é".repeat(500)), "é".repeat(500));
        assert_eq!(of(&"é".repeat(501)), format!("{}…", "é".repeat(500)));
    }
}
