//! Text of an article in Markdown, so that it is read as text.
//!
//! Only what would act is escaped, because people read the source too: emphasis and lists are left as they are.

use std::borrow::Cow;

use crate::text::Safe;

/// Writes one line: it can neither be a link or a picture nor hold HTML.
pub(in crate::briefing) fn line(raw: &str) -> String {
    inline(Safe::line(raw).as_str()).into_owned()
}

/// Writes text of several lines: none of them begins a heading or a fence, or makes a heading of the line above.
pub(super) fn lines(raw: &str) -> String {
    let safe = Safe::text(raw);
    let mut out = String::with_capacity(safe.as_str().len() + 16);
    for line in safe.as_str().split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t']);
        out.push_str(&line[..line.len() - text.len()]);
        if acts(text.trim_end()) {
            out.push('\\');
        }
        out.push_str(&inline(text));
    }
    out
}

/// Writes a value as code, whatever backticks it holds.
pub(super) fn code(raw: &str) -> String {
    let safe = Safe::line(raw);
    let value = safe.as_str();
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return format!("`{value}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {value} {fence}")
}

/// Returns `true` if a line would be more than text in a paragraph.
fn acts(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    let hashes = line.len() - heading.len();
    let is_heading = (1..=6).contains(&hashes) && (heading.is_empty() || heading.starts_with([' ', '\t']));
    let is_fence = line.starts_with("```") || line.starts_with("~~~");
    let is_rule = !line.is_empty() && ['-', '='].iter().any(|mark| line.chars().all(|c| c == *mark));
    let defines_link = line.starts_with('[') && line.contains("]:");
    is_heading || is_fence || is_rule || defines_link
}

/// Takes the meaning from links, pictures and HTML inside a line.
fn inline(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', ']']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let is_tag = c == '<' && next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if is_tag {
            out.push('\\');
        }
        out.push(c);
        if c == ']' && matches!(next, Some('(' | '[')) {
            out.push('\\');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert, proptest};

    use super::{code, line, lines};

    #[test]
    fn a_line_is_no_link_no_picture_and_no_html() {
        assert_eq!(line("a\n[b](javascript:c) ![d](e)"), "a [b]\\(javascript:c) ![d]\\(e)");
        assert_eq!(line("<img src=x> <!-- a < b"), "\\<img src=x> \\<!-- a < b");
        assert_eq!(line("a_b *c* `d` [...]"), "a_b *c* `d` [...]");
    }

    #[test]
    fn lines_begin_no_heading_and_no_fence() {
        let text = "Text\n---\n# One\n#tag\n  ```sh\n~~~\n[a]: b\n- item";
        assert_eq!(lines(text), "Text\n\\---\n\\# One\n#tag\n  \\```sh\n\\~~~\n\\[a]: b\n- item");
    }

    #[test]
    fn code_holds_any_backticks() {
        assert_eq!(code("evil[.]example"), "`evil[.]example`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
    }

    proptest! {
        #[test]
        fn no_text_becomes_a_heading_or_a_fence(text in "[a#`~=\\-\\[\\]<(\n \t]{0,60}") {
            for line in lines(&text).lines() {
                let line = line.trim_start();
                prop_assert!(!line.starts_with("```") && !line.starts_with("~~~") && !line.starts_with("# "));
                prop_assert!(!line.contains("](") && line.matches("<a").count() == line.matches("\\<a").count());
            }
        }
    }
}
