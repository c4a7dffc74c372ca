use super::{FNV_PRIME, Span, fnv};

/// A run of a text that blanks and punctuation set off.
///
/// Most are plain words, which every way of parting a text takes for one word: they are hashed here, once for whoever
/// looks them up. The others have dots, apostrophes or commas inside, signs such as `_` and `$`, or characters beyond
/// ASCII; each reader parts them by its own rules.
///
/// Packed: every reader goes over all tokens of an article, and what they take up in memory is what that costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The hash of a plain word in lower case: [`fnv`] of its bytes.
    pub hash: u64,
    start: u32,
    /// The length, above the eight bits of the shape.
    made: u32,
}

/// Longer runs are parted here, in bytes: what a token has room for.
const LONGEST: usize = (1 << 24) - 4;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(u8);

/// A dot, an apostrophe or a comma: it joins or it parts, by what stands beside it.
const MARK: u8 = 0x01;
/// What only some readers count among letters.
const ODD: u8 = 0x02;
const DIGIT: u8 = 0x10;
/// The bit by which a capital differs from its small letter.
const CAPITAL: u8 = 0x20;
const SMALL: u8 = 0x40;
/// A capital after the first letter.
const INNER: u8 = 0x80;
/// What plain words are made of.
const PLAIN: u8 = DIGIT | CAPITAL | SMALL;

/// What each byte is; 0 for those that part tokens.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => CAPITAL,
            b'a'..=b'z' => SMALL,
            b'.' | b'\'' | b',' => MARK,
            b'_' | b'&' | b'+' | b'#' | b'$' | 0x80.. => ODD,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

impl Token {
    fn of(span: Span, hash: u64, Shape(shape): Shape) -> Option<Self> {
        // Only the first four billion bytes of a text have tokens.
        u32::try_from(span.end).ok()?;
        Some(Self { hash, start: span.start as u32, made: (span.len() as u32) << 8 | u32::from(shape) })
    }

    /// Returns where it stands; a plain word without the marks around it.
    #[inline]
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.start as usize + (self.made >> 8) as usize)
    }

    /// Tells what it is made of.
    #[inline]
    pub const fn shape(&self) -> Shape {
        Shape(self.made as u8)
    }
}

impl Shape {
    /// Returns `true` if it is a plain word: ASCII letters and digits alone.
    pub const fn is_plain(self) -> bool {
        self.0 & ODD == 0
    }

    /// Returns `true` if a plain word is digits alone.
    pub const fn is_number(self) -> bool {
        self.0 == DIGIT
    }

    /// Returns `true` if a plain word has a digit.
    pub const fn has_digit(self) -> bool {
        self.0 & DIGIT != 0
    }

    /// Returns `true` if a plain word has a capital letter.
    pub const fn has_capital(self) -> bool {
        self.0 & CAPITAL != 0
    }

    /// Returns `true` if a plain word has small letters, and a capital that is not the first letter.
    pub const fn is_mixed(self) -> bool {
        self.0 & (INNER | SMALL) == INNER | SMALL
    }
}

/// The tokens of a text.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Reads a text.
    pub fn of(text: &'a str) -> Self {
        let mut list = Vec::with_capacity(text.len() / 6);
        let mut at = 0;
        while let Some(token) = next(text.as_bytes(), &mut at) {
            list.push(token);
        }
        Self { text, list }
    }

    /// Returns the text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Returns every token, in order.
    pub fn all(&self) -> &[Token] {
        &self.list
    }

    /// Begins to go through the text.
    pub const fn walk(&self) -> Walk<'_, 'a> {
        Walk { tokens: self, at: 0 }
    }
}

/// A walk through a text, range by range: the next range is looked for where the last one stood.
#[derive(Clone, Debug)]
pub struct Walk<'t, 'a> {
    tokens: &'t Tokens<'a>,
    at: usize,
}

impl<'t, 'a> Walk<'t, 'a> {
    /// Returns the text.
    pub const fn text(&self) -> &'a str {
        self.tokens.text
    }

    /// Returns the tokens that stand in a range of the text, those that only reach into it among them.
    pub fn within(&mut self, range: Span) -> &'t [Token] {
        let (before, after) = self.tokens.list.split_at(self.at);
        // A token may reach into two ranges.
        self.at -= before.iter().rev().take_while(|token| token.span().end > range.start).count();
        self.at += after.iter().take_while(|token| token.span().end <= range.start).count();
        let rest = &self.tokens.list[self.at..];
        let inside = &rest[..rest.iter().take_while(|token| token.span().start < range.end).count()];
        self.at += inside.len();
        inside
    }
}

/// Reads the token that stands at a byte or after it, and goes on behind it.
fn next(bytes: &[u8], at: &mut usize) -> Option<Token> {
    let start = *at + bytes[*at..].iter().position(|byte| kind(*byte) & !MARK != 0)?;
    let (end, hash, shape) = word(bytes, start);
    let kind_at = |at: usize| bytes.get(at).map_or(0, |byte| kind(*byte));
    *at = end;
    while kind_at(*at) == MARK {
        *at += 1;
    }
    if kind_at(*at) == 0 && end - start <= LONGEST {
        return Token::of(Span::new(start, end), hash, shape);
    }
    while kind_at(*at) != 0 {
        *at += 1;
    }
    if *at - start > LONGEST {
        // No character is parted: at most three of its bytes follow the first.
        *at = start + LONGEST;
        *at += bytes[*at..].iter().take_while(|byte| **byte & 0xc0 == 0x80).count();
    }
    Token::of(Span::new(start, *at), 0, Shape(ODD))
}

/// Reads the letters and digits from a byte on: where they end, their hash in lower case, and what they are.
fn word(bytes: &[u8], start: usize) -> (usize, u64, Shape) {
    let first = kind(bytes[start]) & PLAIN;
    let (mut hash, mut inner, mut end) = (fnv(b""), 0, start);
    let mut next = first;
    while next & PLAIN != 0 {
        hash = (hash ^ u64::from(bytes[end] | next & CAPITAL)).wrapping_mul(FNV_PRIME);
        end += 1;
        next = bytes.get(end).map_or(0, |byte| kind(*byte));
        inner |= next;
    }
    let capital = if inner & CAPITAL == 0 { 0 } else { INNER };
    (end, hash, Shape(first | inner & PLAIN | capital))
}

const fn kind(byte: u8) -> u8 {
    KINDS[byte as usize]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Span, Tokens, fnv};

    fn read(text: &str) -> Vec<(&str, bool)> {
        let tokens = Tokens::of(text);
        tokens.all().iter().map(|token| (&text[token.span().range()], token.shape().is_plain())).collect()
    }

    #[test]
    fn words_are_told_from_what_readers_part_by_their_own_rules() {
        assert_eq!(read("A side-loaded 'DLL', (v2)."), ["A", "side", "loaded", "DLL", "v2"].map(|word| (word, true)));
        for odd in ["cmd.exe", "don't", "C&C", "10,000", "$5", "café", "Привет", "word…", "a.b'."] {
            assert_eq!(read(&format!("(is {odd} so)")), [("is", true), (odd, false), ("so", true)]);
        }
        assert_eq!(read(" . ,, ''"), []);
    }

    #[test]
    fn a_word_is_hashed_in_lower_case() {
        for word in ["malware", "LodaRAT", "APT29", "2026"] {
            assert_eq!(Tokens::of(word).all()[0].hash, fnv(word.to_ascii_lowercase().as_bytes()));
        }
    }

    #[test]
    fn a_shape_tells_what_a_word_is_made_of() {
        let shape = |word| Tokens::of(word).all()[0].shape();
        assert!(shape("LodaRAT").is_mixed() && shape("iPhone").is_mixed());
        assert!(!shape("Loda").is_mixed() && !shape("loda").is_mixed() && !shape("DLL").is_mixed());
        assert!(shape("Loda").has_capital() && !shape("loda").has_capital());
        assert!(
            shape("apt29").has_digit()
                && !shape("apt").has_digit()
                && !shape("apt29").is_number()
                && shape("29").is_number()
        );
    }

    #[test]
    fn a_range_has_the_tokens_that_reach_into_it() {
        let tokens = Tokens::of("one two three");
        let mut walk = tokens.walk();
        let mut within = |start, end| walk.within(Span::new(start, end)).len();
        assert_eq!(
            [within(0, 13), within(3, 8), within(4, 7), within(5, 9), within(3, 4), within(13, 13)],
            [3, 1, 1, 2, 0, 0]
        );
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_and_hold_every_letter(text in any::<String>()) {
            let mut end = 0;
            for token in Tokens::of(&text).all() {
                assert!(!text[end..token.span().start].contains(|c: char| c.is_alphanumeric()));
                assert!(!token.span().is_empty());
                end = token.span().end;
            }
            assert!(!text[end..].contains(|c: char| c.is_alphanumeric()));
        }
    }
}
