//! The stems that rules and lists know, numbered, so that every word of an article is looked up once for all of them.

use super::{
    context,
    word::{self, Extension},
};
use crate::text::{
    Span, Token, Vocabulary, Walk, fnv,
    phrase::{self, Numbered},
};

/// What is known of each stem.
#[derive(Debug)]
pub(super) struct Lexicon {
    numbers: Vocabulary,
    /// What kind of word each marked stem is, by its number.
    marks: Vec<u8>,
}

/// A word of an article, with what the lexicon knows of it; packed, for there are many and each is read several times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The hash of its stem.
    pub(super) stem: u64,
    start: u32,
    end: u32,
    /// Its file extension, when it looks like a file name.
    pub(super) extension: Extension,
    /// The number that its stem is known by, or [`Vocabulary::UNKNOWN`].
    pub(super) number: u16,
    /// What kind of word it is, as `context` marks it.
    pub(super) marks: u8,
    /// The place of its bit in sketches.
    bit: u8,
}

impl Word {
    fn of(word::Word { span, stem, extension }: word::Word, (number, marks): (u16, u8)) -> Self {
        // Tokens stand in the first four billion bytes of a text.
        let (start, end) = (span.start as u32, span.end as u32);
        Self { stem, start, end, extension, number, marks, bit: phrase::place(number) }
    }

    /// Returns where it stands.
    pub(super) const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

impl Numbered for Word {
    fn number(&self) -> u16 {
        self.number
    }

    fn bits(&self) -> u64 {
        1 << self.bit
    }
}

/// Where the plain words of an article were read last: most words come again, and a word that does is not stemmed and
/// looked up a second time. Each hash has one place, so that a look costs next to nothing.
///
/// A place holds the hash but for its last sixteen bits, and in these the number of the word, counted from one.
#[derive(Debug)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// So many places, which few articles have as many words for.
    const PLACES: usize = 1 << 10;
}

impl Default for Seen {
    fn default() -> Self {
        Self(vec![0; Self::PLACES])
    }
}

impl Default for Lexicon {
    /// Makes a lexicon of the marked stems; rules add theirs.
    fn default() -> Self {
        // No mark for the number of the unknown.
        let mut lexicon = Self { numbers: Vocabulary::default(), marks: vec![0] };
        for (stems, mark) in context::LISTS {
            for stem in stems.split_whitespace() {
                let number = usize::from(lexicon.learn(fnv(stem.as_bytes())));
                lexicon.marks.resize(lexicon.marks.len().max(number + 1), 0);
                lexicon.marks[number] |= mark;
            }
        }
        lexicon
    }
}

impl Lexicon {
    /// Returns the number of a stem, a new one for a new stem.
    pub(super) fn learn(&mut self, stem: u64) -> u16 {
        self.numbers.learn(stem).expect("the assets have fewer stems than that")
    }

    /// Reads the words of a range of a text, and adds them to those read before, which are `seen`.
    pub(super) fn read(&self, walk: &mut Walk<'_, '_>, within: Span, seen: &mut Seen, words: &mut Vec<Word>) {
        let text = walk.text();
        for token in walk.within(within) {
            if token.shape().is_plain() {
                words.push(self.plain(text, token, seen, words));
            } else {
                let parts = word::words(text, token.span().within(within));
                words.extend(parts.map(|part| Word::of(part, self.look_up(part.stem))));
            }
        }
    }

    fn plain(&self, text: &str, token: &Token, Seen(seen): &mut Seen, words: &[Word]) -> Word {
        let span = token.span();
        let place = &mut seen[token.hash as usize % Seen::PLACES];
        // What a link begins with is no word wherever else it stands.
        let scheme = word::is_scheme(text, span);
        if !scheme
            && (*place ^ token.hash) >> 16 == 0
            && let Some(before) = usize::from(*place as u16).checked_sub(1)
        {
            return Word { start: span.start as u32, end: span.end as u32, ..words[before] };
        }
        let word = word::plain(text, token);
        if !scheme {
            *place = token.hash >> 16 << 16 | u64::from(u16::try_from(words.len() + 1).unwrap_or_default());
        }
        Word::of(word, self.look_up(word.stem))
    }

    /// Returns the number of a stem and its marks.
    fn look_up(&self, stem: u64) -> (u16, u8) {
        let number = self.numbers.number_of(stem);
        (number, self.marks.get(usize::from(number)).copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::{Seen, Span};
    use crate::{attack::asset::Assets, text::Tokens};

    proptest! {
        #[test]
        fn a_word_that_comes_again_is_read_alike(
            words in prop::collection::vec("(https?://|Rates? |should |not |Injected |42 |T1059 |cmd\\.exe |[a-c]{1,2} )", 0..40)
        ) {
            let text = words.concat();
            let tokens = Tokens::of(&text);
            let lexicon = &Assets::shipped().lexicon;
            let (mut together, mut apart) = (Vec::new(), Vec::new());
            lexicon.read(&mut tokens.walk(), Span::new(0, text.len()), &mut Seen::default(), &mut together);
            for token in tokens.all() {
                lexicon.read(&mut tokens.walk(), token.span(), &mut Seen::default(), &mut apart);
            }
            assert_eq!(format!("{together:?}"), format!("{apart:?}"));
        }
    }
}
