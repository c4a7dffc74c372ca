use std::fmt;

/// Text that is safe to draw, print, copy or use in a file name.
///
/// It has no control characters (C0, DEL, C1), no bidirectional overrides or isolates, no zero-width or other
/// invisible format characters, and no line separators but `\n` where lines are allowed. Only `Safe` text is drawn:
/// feeds are hostile input, and a terminal obeys what it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Safe(String);

impl Safe {
    /// Makes one line: line breaks and tabs become a single space, anything unsafe is dropped.
    pub fn line(raw: &str) -> Self {
        let mut out = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                }
                c if is_unsafe(c) => {}
                c => out.push(c),
            }
        }
        Self(out)
    }

    /// Makes text of several lines: `\n` and tabs stay, other line separators become `\n`, anything unsafe is dropped.
    pub fn text(raw: &str) -> Self {
        let mut out = String::with_capacity(raw.len());
        let mut chars = raw.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' => {
                    if chars.peek() != Some(&'\n') {
                        out.push('\n');
                    }
                }
                '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
                '\n' | '\t' => out.push(c),
                c if is_unsafe(c) => {}
                c => out.push(c),
            }
        }
        Self(out)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text away.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns `true` if a character may reach a terminal, a clipboard or a file name.
    pub fn allows(c: char) -> bool {
        !is_unsafe(c)
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns `true` if a character could move the cursor, reorder the line or hide in it.
///
/// The zero-width joiner and the variation selectors stay out too: an emoji drawn in two pieces is a smaller fault
/// than a domain name with a hidden character in it.
fn is_unsafe(c: char) -> bool {
    match c {
        ' '..='~' => false,
        c if c.is_control() => true,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::Safe;

    #[test]
    fn an_escape_sequence_loses_its_escape() {
        assert_eq!(Safe::line("a\u{1b}[31mb\u{7}\u{9b}2J").as_str(), "a[31mb2J");
    }

    #[test]
    fn lines_are_kept_only_where_they_are_allowed() {
        assert_eq!(Safe::line("a\r\nb\tc").as_str(), "a b c");
        assert_eq!(Safe::text("a\r\nb\rc\u{2028}d\te").as_str(), "a\nb\nc\nd\te");
    }

    #[test]
    fn bidi_overrides_and_zero_width_characters_are_dropped() {
        assert_eq!(Safe::line("\u{202e}gnp.exe\u{200b}\u{feff}").as_str(), "gnp.exe");
    }

    #[test]
    fn ordinary_letters_of_any_script_stay() {
        let text = "Ünïcode 日本語 русский 😀 –“”";
        assert_eq!(Safe::line(text).as_str(), text);
    }

    proptest! {
        #[test]
        fn nothing_unsafe_survives(raw in any::<String>()) {
            assert!(Safe::line(&raw).as_str().chars().all(Safe::allows));
            assert!(Safe::text(&raw).as_str().chars().all(|c| c == '\n' || c == '\t' || Safe::allows(c)));
        }
    }
}
