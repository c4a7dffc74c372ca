//! The user's own words, found in an article.

use super::Signal;
use crate::{
    article::Article,
    text::{Evidence, Span},
};

/// What a word of the watch list adds.
const POINTS: i32 = 3;
/// At most this many words of the list add points.
const MAX_TERMS: usize = 3;

/// Returns a signal for each term of the watch list that stands in the title or the readable text, as whole words in
/// any case.
pub(super) fn signals(article: &Article, watch_list: &[String]) -> Vec<Signal> {
    let found = watch_list.iter().filter_map(|term| {
        let evidence = evidence(article, term.trim())?;
        Some(Signal { name: format!("watch list: {}", term.trim()), points: POINTS, evidence })
    });
    found.take(MAX_TERMS).collect()
}

fn evidence(article: &Article, term: &str) -> Option<Evidence> {
    if term.is_empty() {
        return None;
    }
    if let Some(span) = find(&article.title, term) {
        return Some(Evidence::in_title(&article.title, span));
    }
    let document = &article.document;
    document.readable().find_map(|(block, content)| {
        let span = find(content, term)?;
        let placed = Span::new(block.span.start + span.start, block.span.start + span.end);
        Some(Evidence::in_text(&document.text, placed))
    })
}

/// Finds a term as whole words, in any case of ASCII letters.
fn find(text: &str, term: &str) -> Option<Span> {
    let (bytes, wanted) = (text.as_bytes(), term.as_bytes());
    let first = [wanted[0].to_ascii_lowercase(), wanted[0].to_ascii_uppercase()];
    let mut places = memchr::memchr2_iter(first[0], first[1], bytes);
    let start = places.find(|&at| {
        let end = at + wanted.len();
        end <= bytes.len()
            && bytes[at..end].eq_ignore_ascii_case(wanted)
            && text.is_char_boundary(at)
            && text.is_char_boundary(end)
            && !text[..at].ends_with(char::is_alphanumeric)
            && !text[end..].starts_with(char::is_alphanumeric)
    })?;
    Some(Span::new(start, start + wanted.len()))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::text::Span;

    #[test]
    fn whole_words_in_any_case_are_found() {
        assert_eq!(find("Patches for CONTOSO Portal", "contoso portal"), Some(Span::new(12, 26)));
        assert_eq!(find("contosos are not Contoso.", "Contoso"), Some(Span::new(17, 24)));
        assert_eq!(find("xcontoso", "contoso"), None);
        assert_eq!(find("Straße-42", "straße"), Some(Span::new(0, 7)));
    }
}
