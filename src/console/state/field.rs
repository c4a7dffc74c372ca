use unicode_segmentation::UnicodeSegmentation as _;

/// The longest text that can be typed or pasted, in bytes.
const MAX_FIELD_BYTES: usize = 64 * 1024;

/// Text that is being written, with a cursor between its graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Where the cursor stands, in bytes.
    at: usize,
}

impl Field {
    /// Begins with a text, the cursor behind it.
    pub fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before the cursor.
    pub fn before(&self) -> &str {
        &self.text[..self.at]
    }

    /// Puts text in at the cursor; what is unsafe to draw is left out, and line breaks where they are not allowed.
    pub fn insert(&mut self, raw: &str, lines: bool) {
        let safe = if lines { crate::text::Safe::text(raw) } else { crate::text::Safe::line(raw) };
        if self.text.len() + safe.as_str().len() <= MAX_FIELD_BYTES {
            self.text.insert_str(self.at, safe.as_str());
            self.at += safe.as_str().len();
        }
    }

    /// Takes the grapheme before the cursor away; tells whether there was one.
    pub fn backspace(&mut self) -> bool {
        let end = self.at;
        self.left();
        self.text.drain(self.at..end);
        end != self.at
    }

    /// Takes the grapheme behind the cursor away.
    pub fn delete(&mut self) {
        let length = self.text[self.at..].graphemes(true).next().map_or(0, str::len);
        self.text.drain(self.at..self.at + length);
    }

    /// Takes the word before the cursor away.
    pub fn delete_word(&mut self) {
        let kept = self
            .before()
            .trim_end()
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + self.text[at..].chars().next().map_or(0, char::len_utf8));
        self.text.drain(kept..self.at);
        self.at = kept;
    }

    /// Takes away all before the cursor in its line.
    pub fn delete_to_start(&mut self) {
        let start = self.line_start();
        self.text.drain(start..self.at);
        self.at = start;
    }

    /// Moves one grapheme to the left.
    pub fn left(&mut self) {
        self.at -= self.before().graphemes(true).next_back().map_or(0, str::len);
    }

    /// Moves one grapheme to the right.
    pub fn right(&mut self) {
        self.at += self.text[self.at..].graphemes(true).next().map_or(0, str::len);
    }

    /// Moves to the start of the line.
    pub fn home(&mut self) {
        self.at = self.line_start();
    }

    /// Moves to the end of the line.
    pub fn end(&mut self) {
        self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at);
    }

    /// Moves one line up, to the same column as far as there is one.
    pub fn up(&mut self) {
        let start = self.line_start();
        if start > 0 {
            let column = self.text[start..self.at].graphemes(true).count();
            let above = self.text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
            self.at = above + column_offset(&self.text[above..start - 1], column);
        }
    }

    /// Moves one line down, to the same column as far as there is one.
    pub fn down(&mut self) {
        if let Some(end) = self.text[self.at..].find('\n') {
            let column = self.text[self.line_start()..self.at].graphemes(true).count();
            let below = self.at + end + 1;
            let stop = self.text[below..].find('\n').map_or(self.text.len(), |at| below + at);
            self.at = below + column_offset(&self.text[below..stop], column);
        }
    }

    /// Replaces the whole text.
    pub fn set(&mut self, text: impl Into<String>) {
        *self = Self::with(text);
    }

    fn line_start(&self) -> usize {
        self.before().rfind('\n').map_or(0, |at| at + 1)
    }
}

fn column_offset(line: &str, column: usize) -> usize {
    line.grapheme_indices(true).nth(column).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn the_cursor_moves_over_whole_graphemes() {
        let mut field = Field::with("aé日");
        field.left();
        field.left();
        field.insert("x", false);
        assert_eq!(field.text(), "axé日");
        field.delete();
        assert_eq!(field.text(), "ax日");
        assert!(field.backspace());
        assert_eq!((field.text(), field.before()), ("a日", "a"));
    }

    #[test]
    fn what_is_pasted_is_made_safe() {
        let mut field = Field::default();
        field.insert("a\u{1b}[31m\nb", false);
        assert_eq!(field.text(), "a[31m b");
        field.set("");
        field.insert("a\r\nb\u{202e}", true);
        assert_eq!(field.text(), "a\nb");
    }

    #[test]
    fn lines_are_walked_by_column() {
        let mut field = Field::with("long line\nab\nthird");
        field.up();
        assert_eq!(field.before(), "long line\nab");
        field.up();
        assert_eq!(field.before(), "lo");
        field.down();
        field.end();
        assert_eq!(field.before(), "long line\nab");
        field.delete_to_start();
        assert_eq!(field.text(), "long line\n\nthird");
    }

    #[test]
    fn a_word_goes_at_once() {
        let mut field = Field::with("sev:crit  unreviewed ");
        field.delete_word();
        assert_eq!(field.text(), "sev:crit  ");
        field.delete_word();
        assert_eq!(field.text(), "");
        field.delete_word();
    }
}
