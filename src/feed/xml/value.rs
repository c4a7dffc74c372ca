use std::borrow::Cow;

use super::{Kind, Tokens, reference::bare_ampersands, resolve};

/// What an element holds, with one level of escaping taken off.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::feed) struct Value<'a> {
    /// The characters; HTML where the element held markup or escaped markup.
    pub(in crate::feed) text: Cow<'a, str>,
    /// Whether the element held elements of its own (XHTML, or HTML that nobody escaped).
    pub(in crate::feed) markup: bool,
    /// Whether an `&` began no reference.
    pub(in crate::feed) bare_ampersand: bool,
}

/// Reads the inside of an element: characters, CDATA sections, or markup.
pub(in crate::feed) fn value(inner: &str) -> Value<'_> {
    if memchr::memchr2(b'<', b'&', inner.as_bytes()).is_none() {
        return Value { text: Cow::Borrowed(inner), markup: false, bare_ampersand: false };
    }
    if let Some(text) = only_cdata(inner) {
        return Value { text: Cow::Borrowed(text), markup: false, bare_ampersand: false };
    }
    let markup = Tokens::new(inner).any(|token| matches!(token.kind, Kind::Start { .. } | Kind::End { .. }));
    // Markup that stands in the element itself is HTML already, unless somebody escaped most of it and forgot a `<br>`.
    let escaped = !markup || inner.contains("&lt;/") || inner.contains("&lt;p");
    let mut text = String::with_capacity(inner.len());
    let mut bare_ampersand = false;
    for token in Tokens::new(inner) {
        let raw = &inner[token.span];
        match token.kind {
            Kind::Cdata(characters) => text.push_str(characters),
            Kind::Text => {
                bare_ampersand |= raw.contains('&') && bare_ampersands(raw) > 0;
                if escaped { text.push_str(&resolve(raw)) } else { text.push_str(raw) }
            }
            Kind::Start { .. } | Kind::End { .. } => text.push_str(raw),
            Kind::Other => {}
        }
    }
    Value { text: Cow::Owned(text), markup, bare_ampersand }
}

/// Recognises an element with nothing but one CDATA section in it, the most common form of a body.
fn only_cdata(inner: &str) -> Option<&str> {
    let characters = inner.trim().strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
    (!characters.contains("]]>")).then_some(characters)
}

/// Elements that only shape words, which a title may lose.
const SHAPING: [&str; 34] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "i",
    "img",
    "ins",
    "kbd",
    "mark",
    "p",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
    "xmp",
];

/// The length in bytes at which a title is cut.
const MAX_LINE_BYTES: usize = 2_000;

/// Makes one line of plain text of HTML: shaping markup dropped, references resolved, blanks and control characters
/// collapsed, and cut when it is longer than any title.
///
/// Markup that does not shape words stays: an article about `<script>` tags has them in its title.
pub(in crate::feed) fn plain_line(html: &str) -> String {
    // Four times the room: references shrink when they are resolved.
    let html = &html[..html.floor_char_boundary(MAX_LINE_BYTES * 4)];
    let mut line = Line(String::with_capacity(html.len().min(MAX_LINE_BYTES)));
    for token in Tokens::new(html) {
        let raw = &html[token.span];
        match token.kind {
            Kind::Start { name, .. } | Kind::End { name } if is_shaping(name) => {
                if matches!(name, "br" | "p" | "div") {
                    line.push(" ");
                }
            }
            Kind::Other => {}
            Kind::Cdata(characters) => line.push(characters),
            Kind::Text => line.push(&resolve(raw)),
            Kind::Start { .. } | Kind::End { .. } => line.push(raw),
        }
    }
    line.finish()
}

fn is_shaping(name: &str) -> bool {
    SHAPING.iter().any(|shaping| name.eq_ignore_ascii_case(shaping))
}

/// A line under construction: never two blanks in a row, never one in front.
struct Line(String);

impl Line {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() || c.is_control() {
                if !self.0.is_empty() && !self.0.ends_with(' ') {
                    self.0.push(' ');
                }
            } else {
                self.0.push(c);
            }
        }
    }

    fn finish(mut self) -> String {
        let length = self.0.trim_end().len();
        self.0.truncate(length);
        if self.0.len() > MAX_LINE_BYTES {
            self.0.truncate(self.0.floor_char_boundary(MAX_LINE_BYTES));
            self.0.push('…');
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{plain_line, value};

    #[test]
    fn one_level_of_escaping_is_taken_off() {
        assert_eq!(value("a &lt;b&gt; &amp;amp; c").text, "a <b> &amp; c");
        assert_eq!(value(" <![CDATA[<p>a &amp; b</p>]]> ").text, "<p>a &amp; b</p>");
        assert_eq!(value("x <![CDATA[<b>]]> &lt;").text, "x <b> <");
    }

    #[test]
    fn markup_in_the_element_itself_is_html_already() {
        let read = value("<p>a &amp; b</p>");
        assert_eq!((read.text.as_ref(), read.markup), ("<p>a &amp; b</p>", true));
        assert_eq!(value("&lt;p&gt;a<br>b&lt;/p&gt;").text, "<p>a<br>b</p>");
    }

    #[test]
    fn a_bare_ampersand_is_noticed() {
        assert!(value("AT&T").bare_ampersand);
        assert!(!value("AT&amp;T &nbsp;").bare_ampersand);
    }

    #[test]
    fn a_title_loses_shaping_markup_and_keeps_what_it_is_about() {
        assert_eq!(plain_line(" <b>Bold</b>\n &amp;  <i>x</i> "), "Bold & x");
        assert_eq!(plain_line("The <script> tag &lt;"), "The <script> tag <");
        assert_eq!(plain_line("a\u{0}\u{1b}[31mb\tc"), "a [31mb c");
    }

    #[test]
    fn a_title_of_megabytes_is_cut() {
        assert!(plain_line(&"é".repeat(1_000_000)).len() < 2_100);
    }
}
