//! How a trigger's phrase is written, and where it stands in a text.

use crate::{
    reading::{PhraseNumbers, Phrases, Reading, Sentence, Traits, Word, word_parts},
    text::Span,
};

/// A phrase as a hunt writes it: words, and whatever parts them.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    folded: Vec<u8>,
    /// How many bytes stand before its first word, and how many behind its last.
    around: (usize, usize),
}

impl Trigger {
    /// Reads a folded phrase; returns the hashes of its words too, and `None` where it has none.
    pub(super) fn of(folded: Vec<u8>) -> Option<(Self, Vec<u64>)> {
        let text = String::from_utf8_lossy(&folded);
        let words: Vec<(Span, u64)> = word_parts(&text).collect();
        let ((first, _), (last, _)) = (*words.first()?, *words.last()?);
        let around = (first.start, text.len() - last.end);
        Some((Self { folded, around }, words.into_iter().map(|(_, hash)| hash).collect()))
    }

    /// Returns where the phrase stands, if it stands around the words at a place, in whole words.
    pub(super) fn stands(&self, text: &str, words: Span) -> Option<Span> {
        let span = Span::new(words.start.checked_sub(self.around.0)?, words.end + self.around.1);
        let bytes = text.as_bytes().get(span.range()).filter(|bytes| bytes.len() == self.folded.len())?;
        let same = bytes.iter().zip(&self.folded).all(|(byte, wanted)| folded(*byte) == *wanted);
        (same && is_whole(text, span)).then_some(span)
    }
}

/// The runs of letters and digits of an article, as the phrases of hunts have them: `cmd.exe` is two.
pub(super) struct WordParts<'r> {
    reading: &'r Reading<'r>,
    phrases: &'r Phrases<u32>,
    known: PhraseNumbers,
    spans: Vec<Span>,
    numbers: Vec<u16>,
}

impl<'r> WordParts<'r> {
    pub(super) fn of(reading: &'r Reading<'r>, phrases: &'r Phrases<u32>) -> Self {
        Self { reading, phrases, known: phrases.numbers(reading), spans: Vec::new(), numbers: Vec::new() }
    }

    /// Returns where each run of some sentences stands, and its number among the words of the phrases.
    pub(super) fn in_sentences(&mut self, sentences: &[Sentence]) -> (&[Span], &[u16]) {
        self.spans.clear();
        self.numbers.clear();
        for sentence in sentences {
            let text = self.reading.part(sentence.part);
            for word in self.reading.words(sentence) {
                self.add(text, *word);
            }
        }
        (&self.spans, &self.numbers)
    }

    fn add(&mut self, text: &str, word: Word) {
        let span = word.span();
        if self.reading.form(word).traits.has(Traits::PLAIN) {
            self.spans.push(span);
            self.numbers.push(self.known.of_word(word));
            return;
        }
        for (part, hash) in word_parts(&text[span.range()]) {
            self.spans.push(Span::new(span.start + part.start, span.start + part.end));
            self.numbers.push(self.phrases.number_of_hash(hash));
        }
    }
}

/// Folds case and what stands for a space; the length stays, so that places stay.
pub(super) fn fold(text: &str) -> Vec<u8> {
    text.bytes().map(folded).collect()
}

const fn folded(byte: u8) -> u8 {
    FOLDED[byte as usize]
}

/// [`folded`] of every byte: one look-up in the innermost loop.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' | b'\t' | b'-' | b'_' => b' ',
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
};

/// Returns `true` if no letter or digit runs into the span from either side.
fn is_whole(text: &str, span: Span) -> bool {
    let (before, inside, after) = (&text[..span.start], &text[span.range()], &text[span.end..]);
    let last = |text: &str| match text.as_bytes().last() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.ends_with(char::is_alphanumeric),
    };
    let first = |text: &str| match text.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => text.starts_with(char::is_alphanumeric),
    };
    !(last(before) && first(inside) || last(inside) && first(after))
}
