//! What follows the host of a URL: path, query and fragment, up to where the writer's own text goes on.

use super::{dot::starts_with_ignoring_case, label};

/// The longest URL that is kept, in bytes.
pub(crate) const MAX_URL_BYTES: usize = 2048;

struct Reader<'t> {
    text: &'t str,
    /// The buffer and the raw position after the last byte that is no trailing punctuation.
    solid: (usize, usize),
    /// Brackets that are still open: what was solid before each, and its closing byte.
    open: [(usize, usize, u8); 8],
    depth: usize,
    query: bool,
    defanged: bool,
    /// Whether a space, or the end of the text, ended the path.
    spaced: bool,
}

/// Reads a path that starts at `/`, `?` or `#` and appends it refanged; returns its end and whether it was defanged.
///
/// `quote` is the byte before the URL: if it is a quotation mark, the same mark ends it.
pub(crate) fn read(text: &str, start: usize, quote: Option<u8>, out: &mut String) -> (usize, bool) {
    let from = out.len();
    let mut reader = Reader {
        text,
        solid: (from, start),
        open: [(0, 0, 0); 8],
        depth: 0,
        query: false,
        defanged: false,
        spaced: false,
    };
    let mut at = start;
    while at - start < MAX_URL_BYTES {
        match reader.step(at, quote, out) {
            Some(next) => at = next,
            None => break,
        }
    }
    reader.finish(out)
}

impl Reader<'_> {
    fn step(&mut self, at: usize, quote: Option<u8>, out: &mut String) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let byte = *bytes.get(at)?;
        match byte {
            0..=b' ' => {
                self.spaced = true;
                return None;
            }
            b'"' | b'<' | b'>' | b'`' | b'|' | 0x7f => return None,
            b'\'' if quote == Some(b'\'') => return None,
            b'\\' => {
                // JSON writes a slash as `\/`.
                return (bytes.get(at + 1) == Some(&b'/')).then_some(at + 1);
            }
            b'&' if self.is_markup(at) => return None,
            b',' if !self.query
                && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'"' | b'\'')) =>
            {
                return None;
            }
            b'?' => self.query = true,
            b'[' | b'(' | b'{' => {
                if let Some((plain, end)) = bracketed(bytes, at) {
                    out.push(plain);
                    self.defanged = true;
                    self.solid = (out.len(), end);
                    return Some(end);
                }
                self.push_open(byte)?;
            }
            b']' | b')' | b'}' => self.pop_open(byte)?,
            0x80.. => return self.wide(at, out),
            _ => {}
        }
        out.push(char::from(byte));
        if !matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'~' | b'[' | b'(' | b'{') {
            self.solid = (out.len(), at + 1);
        }
        Some(at + 1)
    }

    fn push_open(&mut self, byte: u8) -> Option<()> {
        let close = match byte {
            b'[' => b']',
            b'(' => b')',
            _ => b'}',
        };
        *self.open.get_mut(self.depth)? = (self.solid.0, self.solid.1, close);
        self.depth += 1;
        Some(())
    }

    fn pop_open(&mut self, byte: u8) -> Option<()> {
        let top = self.depth.checked_sub(1)?;
        (self.open[top].2 == byte).then_some(())?;
        self.depth = top;
        Some(())
    }

    /// Returns `true` if an entity of the page's own markup starts here (`&quot;`, `&gt;`).
    fn is_markup(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        [&b"&quot;"[..], b"&gt;", b"&lt;", b"&#39;", b"&#34;", b"&nbsp;"]
            .into_iter()
            .any(|e| starts_with_ignoring_case(bytes, at, e))
    }

    /// Letters of other writings stay, punctuation and quotation marks end the URL, invisible characters are dropped.
    fn wide(&mut self, at: usize, out: &mut String) -> Option<usize> {
        let c = self.text[at..].chars().next()?;
        if label::is_invisible(c) {
            self.defanged = true;
            return Some(at + c.len_utf8());
        }
        c.is_alphanumeric().then_some(())?;
        out.push(c);
        self.solid = (out.len(), at + c.len_utf8());
        Some(at + c.len_utf8())
    }

    fn finish(self, out: &mut String) -> (usize, bool) {
        let (mut len, mut end) = self.solid;
        if self.depth > 0 && (self.spaced || self.open[0].2 == b']') && self.open[0].0 < len {
            (len, end) = (self.open[0].0, self.open[0].1);
        }
        out.truncate(len);
        (end, self.defanged)
    }
}

/// Reads a defanged mark inside a path.
fn bracketed(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    match &bytes[at + 1..] {
        [b'.', b']' | b')' | b'}', ..] => Some(('.', at + 3)),
        [b':', b']' | b')' | b'}', ..] => Some((':', at + 3)),
        [b'/', b']' | b')' | b'}', ..] => Some(('/', at + 3)),
        [b'@', b']' | b')' | b'}', ..] => Some(('@', at + 3)),
        [b'd' | b'D', b'o' | b'O', b't' | b'T', b']' | b')' | b'}', ..] => Some(('.', at + 5)),
        [b'a' | b'A', b't' | b'T', b']' | b')' | b'}', ..] => Some(('@', at + 4)),
        _ => None,
    }
}
