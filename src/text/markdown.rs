//! Text from outside in Markdown, so that it is read as text.
//!
//! Only what would act is escaped, because people read the source too: emphasis and lists are left as they are. Links
//! are defanged, because renderers make links of bare addresses.

use std::{borrow::Cow, fmt::Write as _};

use url::Url;

use super::{Safe, defang_links};

/// Returns one line that holds no link, no picture and no HTML.
pub fn line(raw: &str) -> String {
    inline(&defang_links(Safe::line(raw).as_str())).into_owned()
}

/// Returns text of several lines, of which none begins a heading or a fence, or makes a heading of the line above.
pub fn lines(raw: &str) -> String {
    let safe = defang_links(Safe::text(raw).as_str()).into_owned();
    let mut out = String::with_capacity(safe.len() + 16);
    for line in safe.split_inclusive('\n') {
        let text = &line[container(line)..];
        out.push_str(&line[..line.len() - text.len()]);
        if acts(text.trim_end()) {
            out.push('\\');
        }
        out.push_str(&inline(text));
    }
    out
}

/// Returns a value as code, whatever backticks it holds.
pub fn code(raw: &str) -> String {
    let safe = Safe::line(raw);
    let value = safe.as_str();
    let longest = longest_run(value, '`');
    if longest == 0 {
        return format!("`{value}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {value} {fence}")
}

/// Returns a fenced block of code, whatever fences the code holds.
pub fn block(language: &str, code: &str) -> String {
    let safe = Safe::text(code);
    let fence = "`".repeat(longest_run(safe.as_str(), '`').max(2) + 1);
    format!("{fence}{language}\n{safe}\n{fence}")
}

/// Returns an address to be written as a link, or as the target of one; `None` if it is no web address.
pub fn address(raw: &str) -> Option<String> {
    let url = Url::parse(raw.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host()?;
    let raw = raw.trim();
    let is_plain = raw.bytes().all(|byte| byte.is_ascii_graphic());
    let mut out = String::with_capacity(raw.len());
    for c in if is_plain { raw } else { url.as_str() }.chars() {
        match c {
            '<' | '>' | '[' | ']' | '(' | ')' | '"' | '`' | '\\' | '^' | '{' | '|' | '}' => {
                write!(out, "%{:02X}", u32::from(c)).expect("a string takes all that is written to it");
            }
            c => out.push(c),
        }
    }
    Some(out)
}

fn longest_run(text: &str, mark: char) -> usize {
    text.split(|c| c != mark).map(str::len).max().unwrap_or(0)
}

/// Returns the end of the white space and of the marks of lists and quotations that a line begins with.
fn container(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
        at += match bytes.get(at) {
            Some(b' ' | b'\t' | b'>') => 1,
            Some(b'-' | b'+' | b'*') if is_blank(at + 1) => 2,
            Some(b'0'..=b'9') if matches!(bytes.get(at + digits), Some(b'.' | b')')) && is_blank(at + digits + 1) => {
                digits + 2
            }
            _ => return at,
        };
    }
}

/// Returns `true` if a line would be more than text in a paragraph.
fn acts(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    let hashes = line.len() - heading.len();
    let is_heading = (1..=6).contains(&hashes) && (heading.is_empty() || heading.starts_with([' ', '\t']));
    let is_fence = line.starts_with("```") || line.starts_with("~~~");
    let is_rule = !line.is_empty() && ['-', '='].iter().any(|mark| line.chars().all(|c| c == *mark));
    is_heading || is_fence || is_rule
}

/// Takes the meaning from links, pictures and HTML inside a line.
fn inline(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', ']']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    // Backslashes in a row at the end of `out`.
    let mut backslashes = 0;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let is_tag = c == '<' && next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if is_tag {
            // Each of the text's own backslashes is doubled, or else the one that is added would be taken for text.
            out.extend(std::iter::repeat_n('\\', backslashes + 1));
        }
        out.push(c);
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        if c == ']' && matches!(next, Some('(' | '[' | ':')) {
            out.push('\\');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
