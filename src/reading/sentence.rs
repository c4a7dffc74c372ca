//! How a block of an article is parted into lines, and a line into sentences.

use super::section::Section;
use crate::{
    article::{Block, BlockKind},
    text::{Part, Span},
};

/// One sentence of an article, with all that its place says of it. What its clauses say belongs here too, once they
/// are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The part of the article that it stands in. The title is one sentence, and the first.
    pub part: Part,
    /// Where it stands in that part.
    pub span: Span,
    /// The block that it stands in, which tells whether it is of a list, a table or code; `None` for the title.
    pub block: Option<Block>,
    /// What the lines around it are for.
    pub section: Section,
    /// The place of its first word, and the place behind its last.
    pub(super) words: (u32, u32),
}

/// Longer sentences are cut here, which keeps the work on hostile input linear.
const MAX_SENTENCE_BYTES: usize = 1_200;

/// Parts a block into lines; a paragraph that was wrapped by hand stays whole.
pub(super) fn lines(text: &str, block: Block) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut start = block.span.start;
    for line in text[block.span.range()].split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let wrapped = block.kind == BlockKind::Paragraph
            && lines.last().is_some_and(|last| is_wrapped(&text[last.range()], &text[span.range()]));
        match lines.last_mut() {
            Some(last) if wrapped => last.end = span.end,
            _ => lines.push(span),
        }
    }
    lines
}

/// Returns `true` if a line goes on in the next: it is long, has no end, and the next begins in lower case.
fn is_wrapped(line: &str, next: &str) -> bool {
    let last_line = line.rsplit('\n').next().unwrap_or(line);
    last_line.len() >= 50
        && !last_line.ends_with(['.', '!', '?', ':', ';', '|'])
        && next.trim_start().starts_with(|c: char| c.is_lowercase())
}

/// Parts a line into sentences.
pub(super) fn sentences(text: &str, line: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[..line.end];
    let (mut start, mut from) = (line.start, line.start);
    std::iter::from_fn(move || {
        let first = start;
        if first >= bytes.len() {
            return None;
        }
        match last_byte(bytes, first, from) {
            // A sentence that is cut ends before the blank, any other behind its mark.
            Some(at) => (start, from) = (if at - first >= MAX_SENTENCE_BYTES { at } else { at + 1 }, at + 1),
            None => start = bytes.len(),
        }
        Some(Span::new(first, start))
    })
}

/// Finds the mark that ends a sentence, or the blank where a long one is cut, at `from` or later.
fn last_byte(bytes: &[u8], start: usize, from: usize) -> Option<usize> {
    let short = (start + MAX_SENTENCE_BYTES).clamp(from, bytes.len());
    let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', &bytes[from..short]).map(|at| from + at);
    let end = marks.find(|at| is_end(&bytes[start..], at - start));
    end.or_else(|| (short..bytes.len()).find(|at| bytes[*at] == b' ' || is_end(&bytes[start..], at - start)))
}

/// Returns the sentence around a place, within its line and at most `before` bytes before the place and `after` bytes
/// behind it.
pub fn sentence_around(text: &str, place: Span, before: usize, after: usize) -> Span {
    let floor = text.ceil_char_boundary(place.start.saturating_sub(before));
    let ceiling = text.floor_char_boundary((place.end + after).min(text.len()));
    let bytes = text.as_bytes();
    let line = memchr::memrchr(b'\n', &bytes[floor..place.start]).map_or(floor, |at| floor + at + 1);
    let marks = memchr::memrchr3_iter(b'.', b'!', b'?', &bytes[line..place.start]);
    let start = marks.map(|at| line + at).find(|at| is_end(&bytes[line..], at - line)).map_or(line, |at| at + 1);
    let end = memchr::memchr2(b'\n', b'\r', &bytes[place.end..ceiling]).map_or(ceiling, |at| place.end + at);
    let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', &bytes[place.end..end]).map(|at| place.end + at);
    let end = marks.find(|at| is_end(&bytes[start..], at - start)).map_or(end, |at| at + 1);
    Span::new(start, end)
}

/// Returns `true` if a sentence ends at a byte: an end mark, then a blank, then what begins a sentence.
///
/// `bytes` begin with the sentence.
fn is_end(bytes: &[u8], at: usize) -> bool {
    if !matches!(bytes[at], b'.' | b'!' | b'?') {
        return false;
    }
    let rest = &bytes[at + 1..];
    let closing = rest.iter().take_while(|b| matches!(b, b'"' | b'\'' | b')' | b']')).count();
    let blanks = rest[closing..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let Some(next) = rest.get(closing + blanks) else { return false };
    let begins = next.is_ascii_uppercase()
        || next.is_ascii_digit()
        || !next.is_ascii()
        || matches!(next, b'"' | b'\'' | b'(' | b'[' | b'*');
    blanks > 0 && begins && !(bytes[at] == b'.' && is_abbreviation(&bytes[..at]))
}

fn is_abbreviation(before: &[u8]) -> bool {
    const ABBREVIATIONS: [&[u8]; 26] = [
        b"e.g", b"i.e", b"etc", b"vs", b"mr", b"dr", b"inc", b"ltd", b"co", b"no", b"fig", b"al", b"jan", b"feb",
        b"mar", b"apr", b"jun", b"jul", b"aug", b"sep", b"sept", b"oct", b"nov", b"dec", b"u.s", b"corp",
    ];
    let word = before.rsplit(|b| b.is_ascii_whitespace() || *b == b'(').next().unwrap_or(before);
    word.len() == 1 && word[0].is_ascii_uppercase()
        || ABBREVIATIONS.iter().any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Span, sentence_around};

    fn around<'a>(text: &'a str, word: &str) -> &'a str {
        let at = text.find(word).unwrap();
        &text[sentence_around(text, Span::new(at, at + word.len()), 300, 300).range()]
    }

    #[test]
    fn a_sentence_ends_at_its_mark_or_line() {
        let text = "One v1.2 here. Two, the place, is v3.4 there! Three";
        assert_eq!(around(text, "place"), " Two, the place, is v3.4 there!");
        assert_eq!(around("a\nb c\nd", "c"), "b c");
        assert_eq!(around("Seen by Contoso Inc. in May.", "May"), "Seen by Contoso Inc. in May.");
        assert_eq!(sentence_around("é", Span::new(2, 2), 1, 1), Span::new(2, 2));
    }

    proptest! {
        #[test]
        fn the_sentence_around_a_place_holds_it(text in any::<String>(), at in 0_usize..40, length in 0_usize..9) {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            let sentence = sentence_around(&text, Span::new(start, end), 20, 20);
            assert!(sentence.covers(Span::new(start, end)) && text.get(sentence.range()).is_some());
        }
    }
}
