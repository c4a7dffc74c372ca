use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::text::{Span, fnv, fnv_on};

/// A map from stems; their hashes (64-bit FNV-1a, which the training program computes too) are good keys as they are.
pub(super) type StemMap<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Hashes a number to itself.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv_on(self.0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A word of a text: where it stands, and the number that its stem is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// The hash of its stem.
    pub(super) stem: u64,
    /// The hash of its file extension with the dot, when it looks like a file name.
    pub(super) extension: Option<u64>,
}

/// The stem of every number.
pub(super) const NUMBER: u64 = fnv(b"0");
/// The stem of every long hexadecimal or otherwise unspeakable word, of every printed technique id, and of the scheme
/// that a link begins with.
pub(super) const OPAQUE: u64 = fnv(b"0x");

const LONGEST: usize = 40;

/// Reads the words of a range of a text: runs of ASCII letters, digits and `_ & + #`, joined by inner dots and apostrophes.
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
        // What a link begins with says nothing of what is done over the web.
        let is_scheme = bytes[at..].starts_with(b"://");
        (at > start).then(|| if is_scheme { Word { span, stem: OPAQUE, extension: None } } else { spelling.word(span) })
    })
}

fn joiner_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'.' | b'\'', ..] => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

/// Gives a byte of a word in lower case; 0 for one that words do not have.
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
        let Some(word) = self.bytes.get(..self.len) else {
            return Word { span, stem: OPAQUE, extension: None };
        };
        let word = word.strip_suffix(b"'s").unwrap_or(word);
        if word.iter().all(u8::is_ascii_lowercase) {
            return Word { span, stem: stem(word), extension: None };
        }
        Word { span, stem: written(word), extension: extension(word) }
    }
}

fn extension(word: &[u8]) -> Option<u64> {
    let dot = word.iter().rposition(|&byte| byte == b'.')?;
    let tail = &word[dot + 1..];
    ((2..=4).contains(&tail.len()) && tail.iter().all(u8::is_ascii_alphabetic)).then(|| fnv(&word[dot..]))
}

/// Hashes a word that is not of letters alone as it is written.
fn written(word: &[u8]) -> u64 {
    if word.iter().all(u8::is_ascii_digit) {
        NUMBER
    } else if is_opaque(word) {
        OPAQUE
    } else {
        fnv(word)
    }
}

fn is_opaque(word: &[u8]) -> bool {
    is_hex(word) || is_technique_id(word)
}

/// Tells whether a word is a long hexadecimal number.
fn is_hex(word: &[u8]) -> bool {
    word.len() >= 16 && word.iter().all(u8::is_ascii_hexdigit)
}

fn is_technique_id(word: &[u8]) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match word {
        [b't', rest @ ..] if rest.len() == 4 => digits(rest),
        [b't', rest @ ..] if rest.len() == 8 => digits(&rest[..4]) && rest[4] == b'.' && digits(&rest[5..]),
        _ => false,
    }
}

/// Hashes the stem of a word of lower-case letters: a few English endings are cut so that inflections meet.
fn stem(word: &[u8]) -> u64 {
    if is_hex(word) {
        return OPAQUE;
    }
    // Else a rate would be a RAT.
    if matches!(word, b"rate" | b"rates") {
        return fnv(b"rate");
    }
    let len = word.len();
    let cut = match word {
        [.., b'i', b'n', b'g'] if len > 5 => &word[..len - 3],
        [.., b'e', b'd' | b's'] if len > 4 => &word[..len - 2],
        [.., b's' | b'u' | b'i', b's'] => word,
        [.., b's'] if len > 3 => &word[..len - 1],
        _ => word,
    };
    let cut = if cut.len() > 3 { cut.strip_suffix(b"e").unwrap_or(cut) } else { cut };
    match cut {
        [head @ .., b'y'] if cut.len() > 3 => fnv_on(fnv(head), b"i"),
        [head @ .., last] if cut.len() > 4 && head.last() == Some(last) && !matches!(last, b'l' | b's' | b'e') => {
            fnv(head)
        }
        _ => fnv(cut),
    }
}

#[cfg(test)]
mod tests {
    use super::{NUMBER, OPAQUE, words};
    use crate::text::{Span, fnv};

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
        assert_eq!(read("https://site.example/a")[0], ("https", OPAQUE));
        assert_eq!(read("beacons over https.")[2], ("https", fnv(b"http")));
    }

    #[test]
    fn a_file_name_shows_its_extension() {
        let text = "run.exe e.g. 10.0 a.config";
        let found: Vec<_> = words(text, Span::new(0, text.len())).map(|word| word.extension).collect();
        assert_eq!(found, [Some(fnv(b".exe")), None, None, None]);
    }
}
