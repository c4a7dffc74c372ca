//! The forms in which words are written: what is known of a word wherever it stands.

use super::{
    negation, stem,
    word::{SMALL, Written},
};
use crate::text::{fnv, fnv_on};

/// A way of writing a word. Most words of an article come again, so this is worked out once for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordForm<'a> {
    /// The word as it is written, without the ending of the genitive.
    pub text: &'a str,
    /// The hash of the text in lower case.
    pub hash: u64,
    /// The hash of the stem: inflections meet in it, and so do all numbers.
    pub stem: u64,
    /// The file extension, where the word looks like a file name.
    pub extension: Extension,
    /// What it is made of, and what it says.
    pub traits: Traits,
}

/// What a word is made of, and what it says; a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits(u8);

impl Traits {
    pub(super) const NONE: Self = Self(0);
    /// ASCII letters and digits alone.
    pub const PLAIN: Self = Self(1);
    /// Small letters, and a capital behind the first letter: `LodaRAT`, `iPhone`.
    pub const MIXED: Self = Self(1 << 1);
    /// A digit at the beginning: a number or an amount.
    pub const AMOUNT: Self = Self(1 << 2);
    /// A digit.
    pub const DIGIT: Self = Self(1 << 4);
    /// A capital letter.
    pub const CAPITAL: Self = Self(1 << 5);
    /// The scheme that an address begins with.
    pub const SCHEME: Self = Self(1 << 6);
    /// It denies what follows.
    pub const NEGATION: Self = Self(1 << 7);

    /// Returns `true` if the set has a trait.
    pub const fn has(self, one: Self) -> bool {
        self.0 & one.0 != 0
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn with_if(self, holds: bool, other: Self) -> Self {
        if holds { self.with(other) } else { self }
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Spreads the set over a number, for tables by the hash of a word.
    pub(super) const fn spread(self) -> usize {
        self.0 as usize * 37
    }

    /// Returns the traits of a plain word, by the kinds of its first byte and of those behind it.
    pub(super) const fn of_plain(first: u8, inner: u8) -> Self {
        // The kinds of bytes are the bits of the traits.
        Self((first | inner) & (Self::DIGIT.0 | Self::CAPITAL.0))
            .with(Self::PLAIN)
            .with_if(first == Self::DIGIT.0, Self::AMOUNT)
            .with_if(inner & Self::CAPITAL.0 != 0 && (first | inner) & SMALL != 0, Self::MIXED)
    }

    /// Returns the traits of a word that has more than ASCII letters and digits.
    pub(super) fn of_odd(word: &str) -> Self {
        let inner = word.char_indices().any(|(at, c)| at > 0 && c.is_uppercase());
        Self::NONE
            .with_if(word.contains(char::is_uppercase), Self::CAPITAL)
            .with_if(inner && word.contains(char::is_lowercase), Self::MIXED)
            .with_if(word.contains(|c: char| c.is_ascii_digit()), Self::DIGIT)
            .with_if(word.starts_with(|c: char| c.is_ascii_digit()), Self::AMOUNT)
    }
}

/// A file extension in lower case: two to four letters, and zeros behind them; zeros alone where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extension([u8; 4]);

impl Extension {
    fn of(word: &str) -> Self {
        let mut letters = [0; 4];
        let tail = word.rsplit_once('.').map_or("", |(_, tail)| tail).as_bytes();
        if (2..=4).contains(&tail.len()) && tail.iter().all(u8::is_ascii_alphabetic) {
            letters[..tail.len()].copy_from_slice(tail);
            letters.make_ascii_lowercase();
        }
        Self(letters)
    }

    /// Returns the hash of the extension with its dot.
    pub fn hash(self) -> Option<u64> {
        if self.0[0] == 0 {
            return None;
        }
        let letters = self.0.split(|letter| *letter == 0).next()?;
        Some(fnv_on(fnv(b"."), letters))
    }
}

impl<'a> WordForm<'a> {
    /// Makes the form of a word of a text.
    pub(super) fn of(text: &'a str, Written { span, hash, traits, .. }: Written) -> Self {
        let word = &text[span.range()];
        if traits.has(Traits::PLAIN) {
            return Self::new(word, hash, traits, Extension::default());
        }
        let genitive = ["'s", "'S", "\u{2019}s", "\u{2019}S"];
        let word = genitive.iter().find_map(|ending| word.strip_suffix(*ending)).unwrap_or(word);
        Self::new(word, lower_hash(word), traits, Extension::of(word))
    }

    fn new(text: &'a str, hash: u64, traits: Traits, extension: Extension) -> Self {
        let traits = traits.with_if(negation::denies(hash), Traits::NEGATION);
        Self { text, hash, stem: stem::of(text, hash, traits), extension, traits }
    }

    /// Returns `true` if it is the form of a plain word with this hash and these traits.
    pub(super) fn is_plain(&self, hash: u64, traits: Traits) -> bool {
        self.hash == hash && self.traits.without(Traits::NEGATION) == traits
    }
}

/// Hashes a word in lower case, with plain apostrophes.
fn lower_hash(word: &str) -> u64 {
    word.chars().fold(fnv(b""), |hash, c| match c {
        '\u{2019}' => fnv_on(hash, b"'"),
        c if c.is_ascii() => fnv_on(hash, &[c.to_ascii_lowercase() as u8]),
        c => c.to_lowercase().fold(hash, |hash, c| fnv_on(hash, c.encode_utf8(&mut [0; 4]).as_bytes())),
    })
}
