//! The stems that rules and lists know, numbered, so that every word of an article is looked up once for all of them.

use super::{context, word};
use crate::text::{Span, Token, Tokens, WordMap, fnv};

/// The number of every stem that no rule knows.
pub(super) const UNKNOWN: u16 = 0;

/// What is known of each stem.
#[derive(Debug)]
pub(super) struct Lexicon {
    known: WordMap<Known>,
    /// How many stems have a number.
    numbered: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    number: u16,
    marks: u8,
}

/// A word of an article, with what the lexicon knows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// The hash of its stem.
    pub(super) stem: u64,
    /// The hash of its file extension with the dot, when it looks like a file name.
    pub(super) extension: Option<u64>,
    /// The number that rules know its stem by, or [`UNKNOWN`].
    pub(super) number: u16,
    /// The bit of that number in sketches of words; none for [`UNKNOWN`].
    pub(super) bit: u64,
    /// What kind of word it is, as `context` marks it.
    pub(super) marks: u8,
}

/// The plain words of an article that were read last, by their hashes: most words come again, and a word that does is not
/// stemmed and looked up a second time. Each hash has one place, so that a look costs next to nothing.
#[derive(Debug)]
pub(super) struct Seen(Vec<(u64, u64, Known)>);

impl Seen {
    /// So many places, which few articles have as many words for.
    const PLACES: usize = 1 << 10;
}

impl Default for Seen {
    fn default() -> Self {
        // No word at all stands for the empty word, which is no word of any text.
        Self(vec![(fnv(b""), 0, Known::default()); Self::PLACES])
    }
}

/// Gives the bit of a stem's number in a sketch: one for every 64th number, none for [`UNKNOWN`].
pub(super) const fn bit(number: u16) -> u64 {
    ((number != UNKNOWN) as u64) << (number % 64)
}

impl Default for Lexicon {
    /// Makes a lexicon of the marked stems; rules add theirs.
    fn default() -> Self {
        let mut known: WordMap<Known> = WordMap::default();
        for (stems, mark) in context::LISTS {
            for stem in stems.split_whitespace() {
                known.entry(fnv(stem.as_bytes())).or_default().marks |= mark;
            }
        }
        Self { known, numbered: 0 }
    }
}

impl Lexicon {
    /// Gives the number of a stem, a new one for a new stem.
    pub(super) fn learn(&mut self, stem: u64) -> u16 {
        let known = self.known.entry(stem).or_default();
        if known.number == UNKNOWN {
            self.numbered = self.numbered.checked_add(1).expect("the assets have fewer stems than that");
            known.number = self.numbered;
        }
        known.number
    }

    /// Reads the words of a range of a text, and adds them to those read before.
    pub(super) fn read(&self, tokens: &Tokens<'_>, within: Span, seen: &mut Seen, words: &mut Vec<Word>) {
        let text = tokens.text();
        for token in tokens.within(within) {
            if token.shape.is_plain() {
                words.push(self.plain(text, token, seen));
            } else {
                let parts = word::words(text, token.span.within(within));
                words.extend(parts.map(|part| known(part.span, part.stem, part.extension, self.look_up(part.stem))));
            }
        }
    }

    fn plain(&self, text: &str, token: &Token, Seen(seen): &mut Seen) -> Word {
        let place = &mut seen[token.hash as usize % Seen::PLACES];
        // What a link begins with is no word wherever else it stands.
        if word::is_scheme(text, token.span) {
            let word = word::plain(text, token);
            return known(word.span, word.stem, None, self.look_up(word.stem));
        }
        if place.0 != token.hash {
            let stem = word::plain(text, token).stem;
            *place = (token.hash, stem, self.look_up(stem));
        }
        known(token.span, place.1, None, place.2)
    }

    fn look_up(&self, stem: u64) -> Known {
        self.known.get(&stem).copied().unwrap_or_default()
    }
}

fn known(span: Span, stem: u64, extension: Option<u64>, Known { number, marks }: Known) -> Word {
    Word { span, stem, extension, number, bit: bit(number), marks }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::{Seen, Span, Tokens};
    use crate::attack::asset::Assets;

    proptest! {
        #[test]
        fn a_word_that_comes_again_is_read_alike(
            words in prop::collection::vec("(https?://|Rates? |should |not |Injected |42 |T1059 |cmd\\.exe |[a-c]{1,2} )", 0..40)
        ) {
            let text = words.concat();
            let tokens = Tokens::of(&text);
            let lexicon = &Assets::shipped().lexicon;
            let (mut together, mut apart) = (Vec::new(), Vec::new());
            lexicon.read(&tokens, Span::new(0, text.len()), &mut Seen::default(), &mut together);
            for token in tokens.all() {
                lexicon.read(&tokens, token.span, &mut Seen::default(), &mut apart);
            }
            assert_eq!(format!("{together:?}"), format!("{apart:?}"));
        }
    }
}
