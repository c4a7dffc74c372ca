use std::borrow::Cow;

use super::resolve;

/// Goes through the attributes of a tag: each name with its value as written.
pub(in crate::feed) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            if let Some(after) = rest.strip_prefix('=') {
                let (value, next) = quoted(after.trim_start());
                rest = next.trim_start();
                return Some((name, value));
            }
        }
        None
    })
}

/// Finds an attribute by its whole name, whatever its case, and resolves the references in its value.
pub(in crate::feed) fn attribute<'a>(text: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
    attributes(text).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| resolve(value))
}

/// Splits the value off, quoted or not.
fn quoted(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn values_may_be_quoted_in_three_ways() {
        let attributes = " rel=self href = 'https://a.example/?a=1&amp;b=2' TYPE=\"text/html\" checked";
        assert_eq!(attribute(attributes, "rel").as_deref(), Some("self"));
        assert_eq!(attribute(attributes, "href").as_deref(), Some("https://a.example/?a=1&b=2"));
        assert_eq!(attribute(attributes, "type").as_deref(), Some("text/html"));
        assert_eq!(attribute(attributes, "checked"), None);
        assert_eq!(attribute("='x' a", "a"), None);
    }
}
