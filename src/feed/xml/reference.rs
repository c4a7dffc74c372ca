use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html5gum::{Token, Tokenizer};
use memchr::memchr;

/// The longest name between `&` and `;` that is looked at: HTML's longest has 31 characters.
const MAX_NAME_BYTES: usize = 40;

/// Resolves character and entity references: XML's five, numbers, and HTML's names, which feeds use without declaring.
///
/// Entities that a document declares itself stay as written: they are how a kilobyte becomes a gigabyte.
pub(in crate::feed) fn resolve(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(first) = memchr(b'&', bytes) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut at = first;
    loop {
        let (resolved, length) = one(&text[at..]).unwrap_or((Cow::Borrowed("&"), 1));
        out.push_str(&resolved);
        at += length;
        let next = memchr(b'&', &bytes[at..]);
        out.push_str(&text[at..next.map_or(text.len(), |next| at + next)]);
        match next {
            Some(next) => at += next,
            None => return Cow::Owned(out),
        }
    }
}

/// Counts the `&` that begin no reference.
pub(in crate::feed) fn bare_ampersands(text: &str) -> usize {
    memchr::memchr_iter(b'&', text.as_bytes()).filter(|at| name_at(&text[*at..]).is_none()).count()
}

/// Returns what the reference at the start of `text` stands for, and its length.
fn one(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let name = name_at(text)?;
    let length = name.len() + 2;
    let resolved = match name {
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "amp" => Cow::Borrowed("&"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        "nbsp" => Cow::Borrowed("\u{a0}"),
        _ => match name.strip_prefix('#') {
            Some(number) => Cow::Owned(character(number)?.to_string()),
            None => Cow::Owned(html_name(&text[..length])?),
        },
    };
    Some((resolved, length))
}

fn name_at(text: &str) -> Option<&str> {
    let reach = &text.as_bytes()[1..text.len().min(MAX_NAME_BYTES)];
    let end = reach.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'#'))?;
    (end > 0 && reach[end] == b';').then(|| &text[1..=end])
}

/// Reads a character number; numbers 128 to 159 mean Windows-1252 in practice, as in HTML.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    }
    .ok()?;
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        return WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    Some(char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'))
}

/// Looks up a name that HTML knows.
fn html_name(reference: &str) -> Option<String> {
    let Some(Ok(Token::String(text))) = Tokenizer::new(reference).next() else { return None };
    let resolved = String::from_utf8(text.value.0).ok()?;
    (resolved != reference).then_some(resolved)
}

#[cfg(test)]
mod tests {
    use super::{bare_ampersands, resolve};

    #[test]
    fn references_of_every_kind_are_resolved() {
        assert_eq!(resolve("&lt;&#60;&#x3C;&eacute;&#150;&hellip;"), "<<<é–…");
    }

    #[test]
    fn what_is_no_reference_stays() {
        let text = "AT&T &lol9; &; & &#xFFFFFFFFF; a&b=c; &#;";
        assert_eq!(resolve(text), text);
        assert_eq!(bare_ampersands("AT&T a&b=1 &amp; &lol; &#60; &"), 3);
    }

    #[test]
    fn a_number_that_is_no_character_is_replaced() {
        assert_eq!(resolve("&#0;&#xD800;"), "\u{fffd}\u{fffd}");
    }
}
