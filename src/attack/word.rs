use crate::text::{Span, Token, fnv, fnv_back, fnv_on};

/// A word of a text: where it stands, and the number that its stem is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// The hash of its stem.
    pub(super) stem: u64,
    /// Its file extension, when it looks like a file name.
    pub(super) extension: Extension,
}

/// A file extension in lower case: its two to four letters and noughts after them, nothing but these where there is
/// none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extension([u8; 4]);

impl Extension {
    /// Reads the extension of a word in lower case.
    fn of(word: &[u8]) -> Self {
        let mut letters = [0; 4];
        let dot = word.iter().rposition(|&byte| byte == b'.');
        let tail = dot.map_or(&[][..], |dot| &word[dot + 1..]);
        if (2..=4).contains(&tail.len()) && tail.iter().all(u8::is_ascii_alphabetic) {
            letters[..tail.len()].copy_from_slice(tail);
        }
        Self(letters)
    }

    /// Returns the hash of the extension with its dot.
    pub(super) fn hash(self) -> Option<u64> {
        let letters = self.0.split(|letter| *letter == 0).next()?;
        (!letters.is_empty()).then(|| fnv_on(fnv(b"."), letters))
    }
}

/// The stem of every number.
pub(super) const NUMBER: u64 = fnv(b"0");
/// The stem of every long hexadecimal or otherwise unspeakable word, of every printed technique id, and of the scheme
/// that a link begins with.
pub(super) const OPAQUE: u64 = fnv(b"0x");

/// Words of this length and longer are not spelled out.
const LONGEST: usize = 41;

/// Reads a plain token, which is one word.
pub(super) fn plain(text: &str, token: &Token) -> Word {
    let (span, hash, shape) = (token.span(), token.hash, token.shape());
    let word = &text.as_bytes()[span.range()];
    let stem = match word.len() {
        LONGEST.. => OPAQUE,
        _ if is_scheme(text, span) => OPAQUE,
        _ if shape.has_digit() => written(hash, word),
        _ => stem(hash, word),
    };
    Word { span, stem, extension: Extension::default() }
}

/// Parts a range of a text into words: runs of ASCII letters, digits and `_ & + #`, joined by inner dots and
/// apostrophes.
///
/// A hyphen, a slash and every other character part words, so `side-loading` is two words and `cmd.exe` is one.
pub(super) fn words(text: &str, within: Span) -> impl Iterator<Item = Word> {
    let bytes = &text.as_bytes()[..within.end];
    let mut at = within.start;
    let mut spelling = Spelling::default();
    std::iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|byte| fold(**byte) == 0).count();
        let start = at;
        spelling.clear();
        while let Some(&byte) = bytes.get(at) {
            let folded = fold(byte);
            if folded != 0 {
                spelling.push(folded);
                at += 1;
                continue;
            }
            let joiner = joiner_len(&bytes[at..]);
            if joiner == 0 || bytes.get(at + joiner).is_none_or(|next| fold(*next) == 0) {
                break;
            }
            spelling.push(if joiner == 1 { byte } else { b'\'' });
            at += joiner;
        }
        let span = Span::new(start, at);
        let opaque = Word { span, stem: OPAQUE, extension: Extension::default() };
        (at > start).then(|| if is_scheme(text, span) { opaque } else { spelling.word(span) })
    })
}

/// Returns `true` if a link begins with a word: then it says nothing of what is done over the web.
pub(super) fn is_scheme(text: &str, word: Span) -> bool {
    text.as_bytes()[word.end..].starts_with(b"://")
}

fn joiner_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'.' | b'\'', ..] => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

/// Returns a byte of a word in lower case; 0 for one that words do not have.
const fn fold(byte: u8) -> u8 {
    FOLDED[byte as usize]
}

/// [`fold`] of every byte: one look-up in the innermost loop.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'&' | b'+' | b'#') {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// A word in lower case, while it is being read.
#[derive(Debug)]
struct Spelling {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Default for Spelling {
    fn default() -> Self {
        Self { bytes: [0; LONGEST], len: 0 }
    }
}

impl Spelling {
    fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds a byte; of longer words only the length counts.
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
        }
        self.len += 1;
    }

    fn word(&self, span: Span) -> Word {
        if self.len >= LONGEST {
            return Word { span, stem: OPAQUE, extension: Extension::default() };
        }
        let word = &self.bytes[..self.len];
        let word = word.strip_suffix(b"'s").unwrap_or(word);
        if word.iter().all(u8::is_ascii_lowercase) {
            return Word { span, stem: stem(fnv(word), word), extension: Extension::default() };
        }
        Word { span, stem: written(fnv(word), word), extension: Extension::of(word) }
    }
}

/// Returns the stem of a word that is not of letters alone: it stays as it is written. The case of its letters is free.
fn written(hash: u64, word: &[u8]) -> u64 {
    if word.iter().all(u8::is_ascii_digit) {
        NUMBER
    } else if is_hex(word) || is_technique_id(word) {
        OPAQUE
    } else {
        hash
    }
}

/// Returns `true` if a word is a long hexadecimal number.
fn is_hex(word: &[u8]) -> bool {
    word.len() >= 16 && word.iter().all(u8::is_ascii_hexdigit)
}

fn is_technique_id(word: &[u8]) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match word {
        [b't' | b'T', rest @ ..] if rest.len() == 4 => digits(rest),
        [b't' | b'T', rest @ ..] if rest.len() == 8 => digits(&rest[..4]) && rest[4] == b'.' && digits(&rest[5..]),
        _ => false,
    }
}

/// Returns the stem of a word of letters: a few English endings are cut so that inflections meet. Their case is free.
fn stem(hash: u64, word: &[u8]) -> u64 {
    // Else a rate would be a RAT.
    const RATES: u64 = fnv(b"rates");
    const RATE: u64 = fnv(b"rate");
    let &[.., a, b, c] = word else { return hash };
    let cut = match (a | SMALL, b | SMALL, c | SMALL) {
        (b'i', b'n', b'g') if word.len() > 5 => 3,
        (_, b'e', b'd' | b's') if word.len() > 4 => 2,
        (_, b's' | b'u' | b'i', b's') => 0,
        (_, _, b's') if word.len() > 3 => 1,
        _ => 0,
    };
    match hash {
        RATE | RATES => RATE,
        _ if is_hex(word) => OPAQUE,
        _ => finish(Ending { hash, word }.cut(cut)),
    }
}

/// Cuts what is left of the last letters once an ending is cut: a silent `e`, one of two, and `y` becomes `i`.
fn finish(ending: Ending<'_>) -> u64 {
    let ending = if ending.word.len() > 3 && ending.last() == b'e' { ending.cut(1) } else { ending };
    let len = ending.word.len();
    match ending.last() {
        b'y' if len > 3 => fnv_on(ending.cut(1).hash, b"i"),
        b'l' | b's' | b'e' => ending.hash,
        last if len > 4 && ending.word[len - 2] | SMALL == last => ending.cut(1).hash,
        _ => ending.hash,
    }
}

/// The bit that a small letter has and its capital has not.
const SMALL: u8 = 0x20;

/// The letters that are left of a word, at least one, and their hash.
#[derive(Clone, Copy, Debug)]
struct Ending<'a> {
    hash: u64,
    word: &'a [u8],
}

impl Ending<'_> {
    fn last(self) -> u8 {
        self.word[self.word.len() - 1] | SMALL
    }

    fn cut(self, letters: usize) -> Self {
        let (word, cut) = self.word.split_at(self.word.len() - letters);
        let hash = cut.iter().rev().fold(self.hash, |hash, letter| fnv_back(hash, letter | SMALL));
        Self { hash, word }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{NUMBER, OPAQUE, plain, words};
    use crate::text::{Span, Tokens, fnv};

    fn read(text: &str) -> Vec<(&str, u64)> {
        words(text, Span::new(0, text.len())).map(|word| (&text[word.span.range()], word.stem)).collect()
    }

    #[test]
    fn words_are_parted_as_the_training_program_parts_them() {
        let text = "side-loading cmd.exe, C:\\x\\y C&C (don’t) café 42";
        let found: Vec<_> = read(text).into_iter().map(|(word, _)| word).collect();
        assert_eq!(found, ["side", "loading", "cmd.exe", "C", "x", "y", "C&C", "don’t", "caf", "42"]);
    }

    #[test]
    fn inflections_meet_in_one_stem() {
        for words in
            [["inject injects injected injecting"], ["copy copies copied copying"], ["drop drops dropped dropping"]]
        {
            let stems: Vec<_> = read(words[0]).into_iter().map(|(_, stem)| stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{words:?}");
        }
        assert_eq!(read("malware's")[0].1, fnv(b"malwar"));
        assert_eq!(read("vulnerability")[0].1, fnv(b"vulnerabiliti"));
    }

    #[test]
    fn numbers_and_unspeakable_words_have_no_stem_of_their_own() {
        assert_eq!(read("1234")[0].1, NUMBER);
        for word in ["d41d8cd98f00b204e9800998ecf8427e", "deadbeefdeadbeef", "T1059.001", "t1059", &"a".repeat(41)] {
            assert_eq!(read(word)[0].1, OPAQUE, "{word}");
        }
    }

    #[test]
    fn the_scheme_of_a_link_is_no_word_about_the_web() {
        let link = "https://site.example/a";
        assert_eq!(read(link)[0], ("https", OPAQUE));
        assert_eq!(plain(link, &Tokens::of(link).all()[0]).stem, OPAQUE);
        assert_eq!(read("beacons over https.")[2], ("https", fnv(b"http")));
    }

    #[test]
    fn a_file_name_shows_its_extension() {
        let text = "run.exe e.g. 10.0 a.config";
        let found: Vec<_> = words(text, Span::new(0, text.len())).map(|word| word.extension.hash()).collect();
        assert_eq!(found, [Some(fnv(b".exe")), None, None, None]);
    }

    proptest! {
        #[test]
        fn a_plain_token_is_read_as_its_letters_are(
            text in "[a-zA-Z]{0,3}(([a-f0-9]{16,41})|[a-z]{1,9}(ing|ed|es|ies|s|ss|e|y|lly|tt|pped)|RATES?|T[0-9]{4}|[0-9]{1,5})?"
        ) {
            let tokens = Tokens::of(&text);
            let read: Vec<_> = tokens.all().iter().map(|token| plain(&text, token)).collect();
            assert_eq!(read, words(&text, Span::new(0, text.len())).collect::<Vec<_>>());
        }
    }
}
