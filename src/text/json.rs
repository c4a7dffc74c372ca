//! JSON that is safe to print: what a terminal would obey is escaped, and parsing gives the same value back.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::Safe;

/// Returns a value as JSON in one line, in which every character is escaped that could act on a terminal or hide there.
///
/// ```
/// assert_eq!(huntdeck::text::json(&"a\u{9b}31m\u{202e}").unwrap(), r#""a\u009b31m\u202e""#);
/// ```
///
/// # Errors
/// Fails for a map whose keys are no text, and where the value's own `Serialize` fails.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Escaping))?;
    Ok(String::from_utf8(bytes).expect("JSON is made of text"))
}

/// Writes compact JSON with more escapes than it needs.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| !Safe::allows(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::{any, proptest};

    use super::json;
    use crate::text::Safe;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(
            json(&"\u{9b}2J \u{7f} é \u{202e} \u{e0001}").unwrap(),
            r#""\u009b2J \u007f é \u202e \udb40\udc01""#
        );
        assert_eq!(json(&["\u{1b}\n\"\\"]).unwrap(), r#"["\u001b\n\"\\"]"#);
    }

    proptest! {
        #[test]
        fn parsing_gives_the_same_value_back(
            text in any::<String>(),
            odd in "[\u{7f}-\u{a0}\u{2000}-\u{2070}\u{e0000}-\u{e0fff}a]{0,9}",
        ) {
            let value = BTreeMap::from([(odd, vec![text])]);
            let text = json(&value).unwrap();
            assert!(text.chars().all(Safe::allows), "{text:?}");
            assert_eq!(serde_json::from_str::<BTreeMap<String, Vec<String>>>(&text).unwrap(), value);
        }
    }
}
