use crate::{
    article::{Content, Entry},
    config::FeedSettings,
};

/// Tells whether a feed's settings keep an entry: `exclude` looks at the title, `include` at title and body; case does
/// not matter, and a word of the settings counts wherever it stands.
pub fn wanted(feed: &FeedSettings, entry: &Entry) -> bool {
    if feed.include.is_empty() && feed.exclude.is_empty() {
        return true;
    }
    let title = entry.title.to_lowercase();
    let has = |text: &str, words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
    if has(&title, &feed.exclude) {
        return false;
    }
    let (Content::Html(body) | Content::Plain(body)) = &entry.content;
    feed.include.is_empty() || has(&title, &feed.include) || has(&body.to_lowercase(), &feed.include)
}

#[cfg(test)]
mod tests {
    use super::wanted;
    use crate::article::{Content, Entry};

    #[test]
    fn words_keep_and_drop_entries() {
        let feed = "name = 'f'\nurl = 'u'\ninclude = ['Ransom']\nexclude = ['webinar']";
        let feed = toml::from_str(feed).unwrap();
        let entry = |title: &str, body: &str| Entry {
            title: title.into(),
            content: Content::Plain(body.into()),
            ..Entry::default()
        };
        assert!(wanted(&feed, &entry("New ransomware", "")) && wanted(&feed, &entry("News", "a RANSOM note")));
        assert!(!wanted(&feed, &entry("Ransomware webinar", "")) && !wanted(&feed, &entry("News", "phishing")));
    }
}
