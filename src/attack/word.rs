use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::context;
use crate::text::Span;

/// A map from stems; their hashes are good keys as they are.
pub(super) type StemMap<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Hashes a number to itself.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_on(self.0, bytes);
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
    /// What kind of word it is, as `context` marks it.
    pub(super) marks: u8,
}

/// The stem of every number.
pub(super) const NUMBER: u64 = hash(b"0");
/// The stem of every long hexadecimal or otherwise unspeakable word, and of every printed technique id.
pub(super) const OPAQUE: u64 = hash(b"0x");

const LONGEST: usize = 40;

/// Hashes bytes with 64-bit FNV-1a, which the training program computes too.
pub(super) const fn hash(bytes: &[u8]) -> u64 {
    hash_on(0xcbf2_9ce4_8422_2325, bytes)
}

/// Carries a hash on over more bytes.
pub(super) const fn hash_on(mut state: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        state = (state ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    state
}

/// Reads the words of a range of a text: runs of ASCII letters, digits and `_ & + #`, joined by inner dots and apostrophes.
///
/// A hyphen, a slash and every other character part words, so `side-loading` is two words and `cmd.exe` is one.
pub(super) fn words(text: &str, within: Span) -> impl Iterator<Item = Word> {
    let bytes = &text.as_bytes()[..within.end];
    let mut at = within.start;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_word(bytes[at]) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() {
            if is_word(bytes[at]) {
                at += 1;
                continue;
            }
            let joiner = joiner_len(&bytes[at..]);
            if joiner == 0 || !bytes.get(at + joiner).copied().is_some_and(is_word) {
                break;
            }
            at += joiner;
        }
        (at > start).then(|| read(&bytes[start..at], Span::new(start, at)))
    })
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'&' | b'+' | b'#')
}

fn joiner_len(bytes: &[u8]) -> usize {
    match bytes {
        [b'.' | b'\'', ..] => 1,
        // U+2019, the typographic apostrophe.
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => 0,
    }
}

fn read(raw: &[u8], span: Span) -> Word {
    let mut buffer = [0_u8; LONGEST];
    let mut len = 0;
    let mut at = 0;
    while at < raw.len() {
        if len == LONGEST {
            return Word { span, stem: OPAQUE, extension: None, marks: 0 };
        }
        // Only the three bytes of U+2019 are not ASCII here.
        let (byte, step) = if raw[at].is_ascii() { (raw[at].to_ascii_lowercase(), 1) } else { (b'\'', 3) };
        buffer[len] = byte;
        len += 1;
        at += step;
    }
    let word = buffer[..len].strip_suffix(b"'s").unwrap_or(&buffer[..len]);
    let stem = stem(word);
    Word { span, stem, extension: extension(word), marks: context::marks(stem) }
}

fn extension(word: &[u8]) -> Option<u64> {
    let dot = word.iter().rposition(|&byte| byte == b'.')?;
    let tail = &word[dot + 1..];
    ((2..=4).contains(&tail.len()) && tail.iter().all(u8::is_ascii_alphabetic)).then(|| hash(&word[dot..]))
}

fn is_opaque(word: &[u8]) -> bool {
    let hex = word.len() >= 16 && word.iter().all(u8::is_ascii_hexdigit);
    hex || is_technique_id(word)
}

fn is_technique_id(word: &[u8]) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match word {
        [b't', rest @ ..] if rest.len() == 4 => digits(rest),
        [b't', rest @ ..] if rest.len() == 8 => digits(&rest[..4]) && rest[4] == b'.' && digits(&rest[5..]),
        _ => false,
    }
}

/// Hashes the stem of a lower-case word: a few English endings are cut so that inflections meet.
fn stem(word: &[u8]) -> u64 {
    if word.iter().all(u8::is_ascii_digit) {
        return NUMBER;
    }
    if is_opaque(word) {
        return OPAQUE;
    }
    if !word.iter().all(u8::is_ascii_alphabetic) {
        return hash(word);
    }
    // Else a rate would be a RAT.
    if matches!(word, b"rate" | b"rates") {
        return hash(b"rate");
    }
    let len = word.len();
    let mut cut = word;
    if len > 5 && word.ends_with(b"ing") {
        cut = &word[..len - 3];
    } else if len > 4 && [&b"ied"[..], b"ies", b"ed", b"es"].iter().any(|ending| word.ends_with(ending)) {
        cut = &word[..len - 2];
    } else if len > 3 && word.ends_with(b"s") && !matches!(word[len - 2], b's' | b'u' | b'i') {
        cut = &word[..len - 1];
    }
    if cut.len() > 3 && cut.ends_with(b"e") {
        cut = &cut[..cut.len() - 1];
    }
    if let [head @ .., b'y'] = cut
        && cut.len() > 3
    {
        return hash_on(hash(head), b"i");
    }
    if let [.., before, last] = cut
        && cut.len() > 4
        && before == last
        && !matches!(last, b'l' | b's' | b'e')
    {
        cut = &cut[..cut.len() - 1];
    }
    hash(cut)
}

#[cfg(test)]
mod tests {
    use super::{NUMBER, OPAQUE, hash, words};
    use crate::text::Span;

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
        assert_eq!(read("malware's")[0].1, hash(b"malwar"));
        assert_eq!(read("vulnerability")[0].1, hash(b"vulnerabiliti"));
    }

    #[test]
    fn numbers_and_unspeakable_words_have_no_stem_of_their_own() {
        assert_eq!(read("1234")[0].1, NUMBER);
        for word in ["d41d8cd98f00b204e9800998ecf8427e", "T1059.001", "t1059", &"a".repeat(41)] {
            assert_eq!(read(word)[0].1, OPAQUE, "{word}");
        }
    }

    #[test]
    fn a_file_name_shows_its_extension() {
        let text = "run.exe e.g. 10.0 a.config";
        let found: Vec<_> = words(text, Span::new(0, text.len())).map(|word| word.extension).collect();
        assert_eq!(found, [Some(hash(b".exe")), None, None, None]);
    }
}
