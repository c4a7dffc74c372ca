//! An article read for evidence: its sentences in order, each with its words and with what its place says of it.

use super::{context, section, word, word::Word};
use crate::{
    article::{BlockKind, Document},
    text::{Part, Span},
};

/// The words of the title and of every sentence that may hold evidence.
#[derive(Debug)]
pub(super) struct Reading {
    /// The words of every sentence, in order.
    words: Vec<Word>,
    /// The sentences, the title first.
    pub(super) sentences: Vec<Sentence>,
    /// Whether the words are those of a security article; in others nothing but a printed id is evidence.
    pub(super) is_security: bool,
}

/// One sentence of an article.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// The part of the article that it stands in.
    pub(super) part: Part,
    /// Where it stands in that part.
    pub(super) span: Span,
    /// How much a finding in it is worth, 0.0 to 1.0: less in advice and product talk.
    pub(super) weight: f32,
    first: usize,
    last: usize,
}

/// Longer sentences are cut here, which keeps the work on hostile input linear.
const LONGEST: usize = 1_200;

impl Reading {
    /// Reads the title and the readable blocks of a document.
    pub(super) fn of(title: &str, document: &Document) -> Self {
        let mut reading =
            Self { words: Vec::with_capacity(document.text.len() / 6), sentences: Vec::new(), is_security: true };
        reading.add(title, Part::Title, Span::new(0, title.len()), 1.0);
        let titled = reading.words.len();
        let mut section = section::Section::default();
        for (block, _) in document.readable() {
            for line in lines(&document.text, block.span, block.kind) {
                let text = &document.text[line.range()];
                section.enter(text, block.kind == BlockKind::Heading);
                if section.is_furniture() {
                    continue;
                }
                for span in sentences(&document.text, line) {
                    reading.add(&document.text, Part::Text, span, section.weight());
                }
            }
        }
        reading.is_security = context::is_security(&reading.words, titled, &document.text);
        reading
    }

    /// Gives the words of a sentence.
    pub(super) fn words(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.first..sentence.last]
    }

    fn add(&mut self, text: &str, part: Part, span: Span, weight: f32) {
        let first = self.words.len();
        self.words.extend(word::words(text, span));
        let last = self.words.len();
        if first < last {
            let weight = weight * context::weight(&self.words[first..last]);
            self.sentences.push(Sentence { part, span, weight, first, last });
        }
    }
}

/// Parts a block into lines; a paragraph that was wrapped by hand stays whole.
fn lines(text: &str, block: Span, kind: BlockKind) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut start = block.start;
    for line in text[block.range()].split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let wrapped = kind == BlockKind::Paragraph
            && lines.last().is_some_and(|last| is_wrapped(&text[last.range()], &text[span.range()]));
        match lines.last_mut() {
            Some(last) if wrapped => last.end = span.end,
            _ => lines.push(span),
        }
    }
    lines
}

/// Tells whether a line goes on in the next: it is long, has no end, and the next begins in lower case.
fn is_wrapped(line: &str, next: &str) -> bool {
    let last_line = line.rsplit('\n').next().unwrap_or(line);
    last_line.len() >= 50
        && !last_line.ends_with(['.', '!', '?', ':', ';', '|'])
        && next.trim_start().starts_with(|c: char| c.is_lowercase())
}

/// Parts a line into sentences.
fn sentences(text: &str, line: Span) -> Vec<Span> {
    let bytes = &text.as_bytes()[..line.end];
    let mut found = Vec::new();
    let mut start = line.start;
    let mut at = line.start;
    while at < bytes.len() {
        let long = at - start >= LONGEST && text.is_char_boundary(at);
        if long && bytes[at] == b' ' || is_end(bytes, start, at) {
            let end = if long { at } else { at + 1 };
            found.push(Span::new(start, end));
            start = end;
        }
        at += 1;
    }
    found.push(Span::new(start, line.end));
    found
}

/// Tells whether a sentence ends at a byte: a full stop, then a space, then what begins a sentence.
fn is_end(bytes: &[u8], start: usize, at: usize) -> bool {
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
    blanks > 0 && begins && !(bytes[at] == b'.' && is_abbreviation(&bytes[start..at]))
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
