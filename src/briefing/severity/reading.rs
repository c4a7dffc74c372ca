//! An article read for signals: its sentences in order, each with its words and the zone that it stands in.

use super::{
    lexicon::Lexicon,
    word::{self, Word},
};
use crate::{
    article::{BlockKind, Tokenized},
    text::{Part, Span, Walk},
};

/// The part of an article that a sentence stands in; the earlier it stands, the more it says of what the article is
/// about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    Title,
    Lead,
    Body,
}

impl Zone {
    /// Every zone, by its number.
    pub(super) const ALL: [Self; 3] = [Self::Title, Self::Lead, Self::Body];
}

/// Longer sentences are cut here, which keeps the work on hostile input linear.
const LONGEST_SENTENCE: usize = 1_200;

/// One sentence of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) part: Part,
    pub(super) zone: Zone,
}

/// Reads the title and the readable blocks of an article sentence by sentence; its first `lead` bytes of text are the
/// lead.
///
/// The words of a sentence are read into the same room as those before, which the cache still holds.
pub(super) fn sentences(
    article: &Tokenized<'_>,
    lexicon: &Lexicon,
    lead: usize,
    mut each: impl FnMut(Sentence, &[Word]),
) {
    let (title, text) = (article.title.text(), article.text.text());
    let mut words = Vec::with_capacity(64);
    let mut read = |walk: &mut Walk<'_, '_>, within: Span, sentence: Sentence| {
        words.clear();
        word::read(walk, within, lexicon, &mut words);
        if !words.is_empty() {
            each(sentence, &words);
        }
    };
    read(&mut article.title.walk(), Span::new(0, title.len()), Sentence { part: Part::Title, zone: Zone::Title });
    let (mut seen, mut walk) = (0, article.text.walk());
    for (block, content) in article.document.readable() {
        if is_picture(content) || block.kind == BlockKind::Heading && repeats(content, title) {
            continue;
        }
        for span in parted(text, block.span) {
            let zone = if seen < lead { Zone::Lead } else { Zone::Body };
            read(&mut walk, span, Sentence { part: Part::Text, zone });
            seen += span.len();
        }
    }
}

/// Returns `true` if a block of Markdown is a picture or a picture that links: advertising, mostly.
fn is_picture(block: &str) -> bool {
    block.starts_with("![") || block.starts_with("[![")
}

fn repeats(heading: &str, title: &str) -> bool {
    heading.trim_start_matches(['#', ' ']).trim() == title.trim()
}

/// Parts a block into sentences.
fn parted(text: &str, block: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[..block.end];
    let mut start = block.start;
    std::iter::from_fn(move || {
        if start >= block.end {
            return None;
        }
        let near = (start + LONGEST_SENTENCE).min(block.end);
        let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', &bytes[start..near]).map(|at| start + at);
        let mut at = marks.find(|at| is_end(bytes, *at)).unwrap_or(near);
        while at < block.end
            && !(is_end(bytes, at) || at - start >= LONGEST_SENTENCE && bytes[at].is_ascii_whitespace())
        {
            at += 1;
            if at - start >= 2 * LONGEST_SENTENCE && text.is_char_boundary(at) {
                break;
            }
        }
        let end = if at < block.end && bytes[at].is_ascii() { at + 1 } else { at };
        let span = Span::new(start, end);
        start = end;
        Some(span)
    })
}

/// Returns `true` if a sentence ends at a byte: an end mark, then perhaps a closing one, a blank, and no small letter.
fn is_end(bytes: &[u8], at: usize) -> bool {
    if !matches!(bytes[at], b'.' | b'!' | b'?') {
        return false;
    }
    let rest = &bytes[at + 1..];
    let closing = rest.iter().take_while(|byte| matches!(byte, b'"' | b'\'' | b')' | b']')).count();
    let blanks = rest[closing..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let abbreviation = at >= 2 && bytes[at - 2] == b'.' || at >= 1 && bytes[at - 1].is_ascii_uppercase();
    blanks > 0 && !abbreviation && rest.get(closing + blanks).is_none_or(|next| !next.is_ascii_lowercase())
}
