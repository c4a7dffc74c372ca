use std::{collections::HashSet, sync::OnceLock};

use super::headline::word;

/// Returns `true` if a word of a title says nothing of which story it is.
pub(super) fn is_stop_word(digest: u64) -> bool {
    static WORDS: OnceLock<HashSet<u64>> = OnceLock::new();
    WORDS
        .get_or_init(|| {
            let lines = include_str!("../../../assets/story/stop_words.txt").lines();
            lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(word).collect()
        })
        .contains(&digest)
}
