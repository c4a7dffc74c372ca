use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

/// Text made of bytes, and what had to be forgiven.
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// What was wrong with the bytes, in words.
    pub(super) fault: Option<&'static str>,
}

/// Makes text of the bytes of a feed or page.
///
/// The order of belief: byte order mark; the bytes themselves where they can only be UTF-16 or UTF-32; UTF-8 where it
/// is valid and nothing speaks against it; the declaration in the document; the `charset` of the content type. Servers
/// that send a default `charset` are more common than documents that lie about themselves.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some(text) = utf32(bytes) {
        return Decoded { text: Cow::Owned(text), fault: None };
    }
    if let Some((encoding, skip)) = Encoding::for_bom(bytes).or_else(|| utf16(bytes)) {
        return with(encoding, &bytes[skip..]);
    }
    let declared = declared(bytes);
    let sent = content_type.and_then(charset);
    if let Ok(text) = std::str::from_utf8(bytes)
        && (text.is_ascii() && !declared.is_some_and(shifts) || !text.is_ascii() || declared.is_none())
    {
        return Decoded { text: Cow::Borrowed(text), fault: None };
    }
    for encoding in [declared, sent].into_iter().flatten() {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Decoded { text, fault: None };
        }
    }
    match declared.or(sent).filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => with(encoding, bytes),
        None => mostly_utf8(bytes),
    }
}

/// Returns `true` if an encoding says more than ASCII with bytes that look like ASCII.
fn shifts(encoding: &'static Encoding) -> bool {
    !encoding.is_ascii_compatible()
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, fault: broken.then_some("bytes that are no text were replaced") }
}

/// Reads bytes that claim to be UTF-8 and are not: as UTF-8 with replacements where most of it is, else as
/// Windows-1252.
fn mostly_utf8(bytes: &[u8]) -> Decoded<'_> {
    let text = String::from_utf8_lossy(bytes);
    let replaced = text.matches('\u{fffd}').count();
    let read = text.chars().filter(|c| !c.is_ascii()).count() - replaced;
    if replaced > read {
        return Decoded {
            text: WINDOWS_1252.decode(bytes).0,
            fault: Some("text that is not UTF-8 was read as Windows-1252"),
        };
    }
    Decoded { text, fault: Some("bytes that are not UTF-8 were replaced") }
}

/// Recognises UTF-16 without a byte order mark by how `<` and `{` look in it.
fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [b'<' | b'{' | b'[', 0, second, 0, ..] if *second != 0 => Some((UTF_16LE, 0)),
        [0, b'<' | b'{' | b'[', 0, second, ..] if *second != 0 => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Reads UTF-32, which browsers and `encoding_rs` have given up, with or without a byte order mark.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (big, skip) = match bytes {
        [0, 0, 0xfe, 0xff, ..] => (true, 4),
        [0xff, 0xfe, 0, 0, ..] => (false, 4),
        [0, 0, 0, b'<' | b'{' | b'[', ..] => (true, 0),
        [b'<' | b'{' | b'[', 0, 0, 0, ..] => (false, 0),
        _ => return None,
    };
    let unit = |four: &[u8; 4]| if big { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) };
    let units = bytes[skip..].as_chunks::<4>().0;
    Some(units.iter().map(|four| char::from_u32(unit(four)).unwrap_or('\u{fffd}')).collect())
}

/// Finds the encoding that the document itself declares, in its first 1,024 bytes as browsers do.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1_024)];
    let named =
        |name: &[u8]| memmem::find_iter(head, name).map(|at| at + name.len()).find_map(|at| label_at(&head[at..]));
    named(b"encoding=").or_else(|| named(b"charset="))
}

fn label_at(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
    label(&rest[..end])
}

fn charset(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let rest = lower.split("charset=").nth(1)?.trim_start_matches([' ', '"', '\'']);
    label(rest.split([';', '"', '\'', ' ']).next()?.as_bytes())
}

/// Looks a label up. A UTF-16 label on bytes that were not UTF-16 is a lie: such bytes could not have been read as
/// ASCII.
fn label(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf16_and_utf32_are_read_without_a_mark() {
        let text = "<rss>Größe</rss>";
        assert_eq!(decode(&utf16(text, u16::to_le_bytes), None).text, text);
        assert_eq!(decode(&utf16(text, u16::to_be_bytes), None).text, text);
        let wide: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        assert_eq!(decode(&wide, None).text, text);
    }

    #[test]
    fn a_declared_encoding_is_believed_where_the_bytes_are_not_utf8() {
        let bytes = b"<?xml version='1.0' encoding='iso-8859-1'?><t>Gr\xf6\xdfe</t>";
        assert!(decode(bytes, None).text.contains("Größe"));
        let bytes = "<?xml version='1.0' encoding='iso-8859-1'?><t>Größe</t>".as_bytes();
        assert!(decode(bytes, None).text.contains("Größe"), "UTF-8 that is declared wrongly stays UTF-8");
    }

    #[test]
    fn one_broken_byte_costs_one_character() {
        let mut bytes = "<t>Größe, Maße ".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes, None);
        assert!(decoded.text.ends_with("Maße \u{fffd}") && decoded.fault.is_some());
    }

    #[test]
    fn the_charset_of_the_content_type_is_the_last_resort() {
        assert!(decode(b"<t>\xcf\xf0</t>", Some("text/xml; charset=\"windows-1251\"")).text.contains("Пр"));
    }
}
