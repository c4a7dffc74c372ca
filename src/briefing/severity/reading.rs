//! An article read for signals: its sentences in order, each with its words and the zone that it stands in.

use crate::{
    article::{Article, BlockKind},
    text::{FnvMap, Part, Span},
};

/// The part of an article that a sentence stands in; the earlier it stands, the more it says of what the article is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    Title,
    Lead,
    Body,
}

/// The words that the phrases of the asset are made of, each with its number.
#[derive(Debug, Default)]
pub(super) struct Lexicon(FnvMap<Box<[u8]>, u16>);

/// The number of every word that no phrase has.
pub(super) const UNKNOWN: u16 = 0;
/// Longer words are in no phrase.
const LONGEST_WORD: usize = 32;
/// Longer sentences are cut here, which keeps the work on hostile input linear.
const LONGEST_SENTENCE: usize = 1_200;

impl Lexicon {
    /// Gives the number of a lower-case word, a new one for a new word.
    pub(super) fn learn(&mut self, word: &str) -> u16 {
        let next = u16::try_from(self.0.len() + 1).expect("the asset has fewer words than that");
        *self.0.entry(word.as_bytes().into()).or_insert(next)
    }

    fn number_of(&self, raw: &str) -> u16 {
        if !raw.is_ascii() && raw.contains('’') {
            return self.number_of(&raw.replace('’', "'"));
        }
        let raw = base(raw).as_bytes();
        if raw.len() > LONGEST_WORD {
            return UNKNOWN;
        }
        // A byte is free on either side for the mark of an ending or of a number.
        let mut buffer = [b'~'; LONGEST_WORD + 2];
        let end = raw.len() + 1;
        buffer[1..end].copy_from_slice(raw);
        buffer[1..end].make_ascii_lowercase();
        let whole = self.0.get(&buffer[1..end]).copied();
        whole
            .or_else(|| self.ending(raw, &mut buffer))
            .or_else(|| self.numbered(&mut buffer[1..=end]))
            .unwrap_or(UNKNOWN)
    }

    /// Finds a word that is written in parts by its last part, as the asset writes `~rat` for `LodaRAT`.
    fn ending(&self, raw: &[u8], lower: &mut [u8]) -> Option<u16> {
        let last = raw.windows(2).rposition(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())?;
        // The letter before the last part gives its place to the mark for as long as the look-up takes.
        let before = std::mem::replace(&mut lower[last + 1], b'~');
        let number = self.0.get(&lower[last + 1..=raw.len()]).copied();
        lower[last + 1] = before;
        number
    }

    /// Finds a word that ends in digits by its letters, as the asset writes `apt#`; the last byte is free for the mark.
    fn numbered(&self, word: &mut [u8]) -> Option<u16> {
        let (_, spelled) = word.split_last()?;
        let digits = spelled.iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let letters = spelled.len() - digits;
        if letters == 0 || digits == 0 {
            return None;
        }
        word[letters] = b'#';
        self.0.get(&word[..=letters]).copied()
    }
}

/// Leaves out the genitive ending.
fn base(word: &str) -> &str {
    ["'s", "'S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// One word of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// Its number in the lexicon.
    pub(super) number: u16,
    /// Whether it has a capital letter: `Windows`, but `macOS` too.
    pub(super) capital: bool,
    /// Whether it is a number or an amount of money.
    pub(super) amount: bool,
}

/// One sentence of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) part: Part,
    pub(super) zone: Zone,
    first: usize,
    last: usize,
}

/// The sentences of an article, the title first.
#[derive(Debug, Default)]
pub(super) struct Reading {
    words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
}

impl Reading {
    /// Reads the title and the readable blocks of an article; its first `lead` bytes of text are the lead.
    pub(super) fn of(article: &Article, lexicon: &Lexicon, lead: usize) -> Self {
        let text = &article.document.text;
        let mut reading = Self { words: Vec::with_capacity(text.len() / 6), sentences: Vec::new() };
        reading.add(&article.title, Span::new(0, article.title.len()), Part::Title, Zone::Title, lexicon);
        let mut seen = 0;
        for (block, content) in article.document.readable() {
            if is_picture(content) || block.kind == BlockKind::Heading && repeats(content, &article.title) {
                continue;
            }
            for span in sentences(text, block.span) {
                let zone = if seen < lead { Zone::Lead } else { Zone::Body };
                reading.add(text, span, Part::Text, zone, lexicon);
                seen += span.len();
            }
        }
        reading
    }

    /// Gives the words of a sentence.
    pub(super) fn words(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.first..sentence.last]
    }

    fn add(&mut self, text: &str, within: Span, part: Part, zone: Zone, lexicon: &Lexicon) {
        let first = self.words.len();
        self.words.extend(words(text, within).map(|span| {
            let raw = &text[span.range()];
            let capital = raw.chars().any(char::is_uppercase);
            let amount = raw.trim_start_matches('$').starts_with(|c: char| c.is_ascii_digit());
            Word { span, number: lexicon.number_of(raw), capital, amount }
        }));
        if first < self.words.len() {
            self.sentences.push(Sentence { part, zone, first, last: self.words.len() });
        }
    }
}

/// Tells whether a block of Markdown is a picture or a picture that links: advertising, mostly.
fn is_picture(block: &str) -> bool {
    block.starts_with("![") || block.starts_with("[![")
}

fn repeats(heading: &str, title: &str) -> bool {
    heading.trim_start_matches(['#', ' ']).trim() == title.trim()
}

/// Parts a text into words: letters and digits, joined by inner dots, apostrophes and thousands commas; addresses are left out.
pub(super) fn words(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let text = &text[..within.end];
    let bytes = text.as_bytes();
    let mut at = within.start;
    std::iter::from_fn(move || {
        loop {
            let first = *bytes.get(at)?;
            if first == b'h' && is_address(&bytes[at..]) {
                at += bytes[at..].iter().take_while(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b')' | b'>')).count();
                continue;
            }
            let step = letter(text, at);
            if step > 0 || first == b'$' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                let start = at;
                at = word_end(text, at + step.max(1));
                return Some(Span::new(start, at));
            }
            at += skip(text, at);
        }
    })
}

fn word_end(text: &str, after_first: usize) -> usize {
    let mut at = after_first;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let step = match letter(text, at) {
            0 => joiner(text, at),
            step => step,
        };
        if step == 0 {
            return at;
        }
        at += step;
    }
}

/// Gives the length of the letter or digit at a byte; 0 when there is none.
fn letter(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        None => 0,
        Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
        Some(_) => text[at..].chars().next().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8),
    }
}

fn skip(text: &str, at: usize) -> usize {
    if text.as_bytes()[at].is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) }
}

/// Gives the length of a joiner at a byte, when letters or digits stand on both sides of it.
fn joiner(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let (before, rest) = (bytes[at - 1], &bytes[at..]);
    let len = match rest {
        [b'.' | b'\'', ..] => 1,
        [b',', ..] if before.is_ascii_digit() => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => return 0,
    };
    if before.is_ascii_alphanumeric() && rest.get(len).is_some_and(u8::is_ascii_alphanumeric) { len } else { 0 }
}

fn is_address(bytes: &[u8]) -> bool {
    [&b"http://"[..], b"https://", b"hxxp"].iter().any(|scheme| bytes.starts_with(scheme))
}

/// Parts a block into sentences.
fn sentences(text: &str, block: Span) -> impl Iterator<Item = Span> {
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

/// Tells whether a sentence ends at a byte: an end mark, then perhaps a closing one, a blank, and no small letter.
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
