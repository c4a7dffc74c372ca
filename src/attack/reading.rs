//! An article read for evidence: its sentences in order, each with its words and with what its place says of it.

use super::{
    PhaseHit, TechniqueHit,
    asset::Assets,
    chain, context, judge,
    lexicon::{Seen, Word},
    section,
};
use crate::{
    article::{BlockKind, Tokenized},
    text::{Evidence, Part, Span, Walk},
};

/// The score from which a technique is kept by default; a sub-technique that has it stands for its parent.
pub(super) const KEPT: f32 = 0.3;

/// An article read once, for techniques and for phases.
#[derive(Debug)]
pub struct Reading<'a> {
    title: &'a str,
    text: &'a str,
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

impl<'a> Reading<'a> {
    /// Reads the title and the readable blocks of an article.
    pub fn of(article: &Tokenized<'a>) -> Self {
        let (title, text) = (article.title.text(), article.text.text());
        // Some tokens are several words; to move them all for the last few would cost more than the room.
        let tokens = article.title.all().len() + article.text.all().len();
        let words = Vec::with_capacity(tokens + tokens / 4);
        let mut reading = Self { title, text, words, sentences: Vec::with_capacity(64), is_security: true };
        let (mut seen, mut count) = (Seen::default(), context::Count::default());
        let whole = Span::new(0, title.len());
        count.add(reading.add(Part::Title, &mut article.title.walk(), whole, 1.0, &mut seen), true);
        let (mut section, mut walk) = (section::Section::default(), article.text.walk());
        for (block, _) in article.document.readable() {
            for line in lines(text, block.span, block.kind) {
                section.enter(&text[line.range()], block.kind == BlockKind::Heading);
                if section.is_furniture() {
                    continue;
                }
                for span in sentences(text, line) {
                    count.add(reading.add(Part::Text, &mut walk, span, section.weight(), &mut seen), false);
                }
            }
        }
        reading.is_security = count.is_security(text);
        reading
    }

    /// Finds the techniques of the article, best first, each id once; a parent is left out where a sub-technique
    /// stands.
    pub fn techniques(&self) -> Vec<TechniqueHit> {
        self.techniques_from(0.0)
    }

    /// Finds those of [`Reading::techniques`] whose score is at least `least`; the others cost no evidence.
    pub fn techniques_from(&self, least: f32) -> Vec<TechniqueHit> {
        judge::techniques(self, KEPT, least)
    }

    /// Finds the kill-chain phases of the article in the order of the chain, from its words and from its techniques.
    pub fn kill_chain(&self, techniques: &[TechniqueHit]) -> Vec<PhaseHit> {
        chain::phases(self, techniques)
    }

    /// Returns the words of a sentence.
    pub(super) fn words(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.first..sentence.last]
    }

    /// Returns what the spans of a part point into.
    pub(super) const fn part(&self, part: Part) -> &'a str {
        match part {
            Part::Title => self.title,
            Part::Text | Part::Field => self.text,
        }
    }

    /// Makes evidence of the words at a place.
    pub(super) fn evidence(&self, part: Part, span: Span) -> Evidence {
        Evidence { span, phrase: self.part(part)[span.range()].to_owned(), part }
    }

    /// Reads a sentence, and returns its words.
    fn add(&mut self, part: Part, walk: &mut Walk<'_, '_>, span: Span, weight: f32, seen: &mut Seen) -> &[Word] {
        let first = self.words.len();
        Assets::shipped().lexicon.read(walk, span, seen, &mut self.words);
        let (words, last) = (&self.words[first..], self.words.len());
        if first < last {
            let weight = weight * context::weight(words);
            self.sentences.push(Sentence { part, span, weight, first, last });
        }
        words
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

/// Returns `true` if a line goes on in the next: it is long, has no end, and the next begins in lower case.
fn is_wrapped(line: &str, next: &str) -> bool {
    let last_line = line.rsplit('\n').next().unwrap_or(line);
    last_line.len() >= 50
        && !last_line.ends_with(['.', '!', '?', ':', ';', '|'])
        && next.trim_start().starts_with(|c: char| c.is_lowercase())
}

/// Parts a line into sentences.
fn sentences(text: &str, line: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[..line.end];
    let (mut start, mut from) = (line.start, line.start);
    std::iter::from_fn(move || {
        let first = start;
        if first >= bytes.len() {
            return None;
        }
        match last_byte(bytes, first, from) {
            // A sentence that is cut ends before the blank, any other behind its mark.
            Some(at) => (start, from) = (if at - first >= LONGEST { at } else { at + 1 }, at + 1),
            None => start = bytes.len(),
        }
        Some(Span::new(first, start))
    })
}

/// Finds the mark that ends a sentence, or the blank where a long one is cut, at `from` or later.
fn last_byte(bytes: &[u8], start: usize, from: usize) -> Option<usize> {
    let short = (start + LONGEST).clamp(from, bytes.len());
    let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', &bytes[from..short]).map(|at| from + at);
    let end = marks.find(|at| is_end(bytes, start, *at));
    end.or_else(|| (short..bytes.len()).find(|at| bytes[*at] == b' ' || is_end(bytes, start, *at)))
}

/// Returns `true` if a sentence ends at a byte: a full stop, then a space, then what begins a sentence.
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
