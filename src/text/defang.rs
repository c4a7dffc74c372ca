//! Live values made harmless, in the form that analysts read most easily.

use std::borrow::Cow;

/// Makes a network value harmless: `evil[.]example`, `hxxps://evil[.]example/a.php`, `user[@]evil[.]example`.
///
/// Only scheme, host and at sign change, and [`refang`](super::refang) gives the value back. A value that is harmless
/// already stays as it is.
pub fn defang(value: &str) -> String {
    let (head, rest) = match value.split_once("://") {
        Some((scheme, rest)) => (harmless_scheme(scheme) + "://", rest),
        None => (String::new(), value),
    };
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(cut);
    let mut out = head;
    out.reserve(value.len() + 8);
    match authority.rsplit_once('@') {
        Some((user, host)) => {
            out.push_str(user);
            out.push_str(if out_is_url(&out) || user.ends_with('[') { "@" } else { "[@]" });
            push_host(host, &mut out);
        }
        None => push_host(authority, &mut out),
    }
    out.push_str(path);
    out
}

/// Makes harmless whatever in a text a renderer makes a link of: addresses with a scheme, `www.` names and mailboxes.
///
/// Bare domain names stay: nothing makes links of them, and much that looks like one is a file name.
pub fn defang_links(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.contains('@') && find_www(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(ends_word) {
        let end = word.trim_end_matches(ends_word).len();
        if out.ends_with("](") && leads_nowhere(&word[..end]) {
            out.push_str(&word[..end]);
        } else {
            push_word(&word[..end], &mut out);
        }
        out.push_str(&word[end..]);
    }
    Cow::Owned(out)
}

/// Returns `true` if a character ends an address in running text, or may stand before one.
const fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | ',' | ';' | '|' | '`' | '*' | '~')
}

/// Returns `true` for the target of a link whose host has a name that is kept for examples: nothing answers there.
fn leads_nowhere(target: &str) -> bool {
    let rest = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")).unwrap_or_default();
    rest.split(['/', '?', '#']).next().is_some_and(|host| host.ends_with(".example"))
}

/// Writes a word part by part; the parts end with what ends an authority.
fn push_word(word: &str, out: &mut String) {
    let mut parts = word.split_inclusive(['/', '?', '#']).peekable();
    let mut is_authority = false;
    while let Some(part) = parts.next() {
        let is_scheme = part.ends_with(":/") && parts.peek() == Some(&"/");
        let name = part.trim_end_matches(":/");
        let live = ["https", "http", "ftps", "ftp"].into_iter().find(|live| is_scheme && ends_with(name, live));
        let (before, scheme) = part.split_at(live.map_or(part.len(), |live| name.len() - live.len()));
        let dots = if is_authority { Some(0) } else { find_www(before) };
        let (plain, host) = before.split_at(dots.unwrap_or(before.len()));
        push_mailbox(plain, out);
        push_mailbox(&host.replace('.', "[.]").replace("[[.]]", "[.]"), out);
        out.push_str(&live.map_or_else(|| scheme.to_owned(), |live| harmless_scheme(live) + ":/"));
        is_authority = part == "/" && out.ends_with("://");
    }
}

/// Writes a text in which every `@` between a name and a host is in brackets.
fn push_mailbox(text: &str, out: &mut String) {
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    let mut parts = text.split('@').peekable();
    while let Some(part) = parts.next() {
        out.push_str(part);
        if let Some(next) = parts.peek() {
            // What follows the text may be the rest of the host.
            let is_mailbox = part.ends_with(is_local) && (next.is_empty() || next.starts_with(is_local));
            out.push_str(if is_mailbox { "[@]" } else { "@" });
        }
    }
}

/// Returns `true` if a text ends so, in any case.
fn ends_with(text: &str, ending: &str) -> bool {
    let tail = text.len().checked_sub(ending.len()).and_then(|start| text.as_bytes().get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
}

/// Returns the place of the first `www.`, in any case.
fn find_www(text: &str) -> Option<usize> {
    text.as_bytes().windows(4).position(|four| four.eq_ignore_ascii_case(b"www."))
}

fn out_is_url(out: &str) -> bool {
    out.contains("://")
}

fn harmless_scheme(scheme: &str) -> String {
    match scheme {
        "http" => "hxxp".to_owned(),
        "https" => "hxxps".to_owned(),
        "ftp" => "fxp".to_owned(),
        "ftps" => "fxps".to_owned(),
        other => other.to_owned(),
    }
}

/// Breaks every dot of a host, or every colon of an IPv6 address.
fn push_host(host: &str, out: &mut String) {
    let bytes = host.as_bytes();
    let six = host.split(':').nth(2).is_some() && !host.starts_with('[');
    for (at, c) in host.char_indices() {
        let guarded = at > 0 && bytes[at - 1] == b'[' && bytes.get(at + 1) == Some(&b']');
        match c {
            '.' if !guarded => out.push_str("[.]"),
            ':' if six && !guarded => out.push_str("[:]"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};

    use super::defang_links;

    #[test]
    fn links_in_a_text_are_harmless_and_the_rest_stays() {
        for (text, expected) in [
            ("It is at https://evil.example/a.php.", "It is at hxxps://evil[.]example/a.php."),
            ("(HTTP://evil.example)", "(hxxp://evil[.]example)"),
            ("hxxps://evil[.]example and evil.exe", "hxxps://evil[.]example and evil.exe"),
            ("http://a.example/?u=http://b.example", "hxxp://a[.]example/?u=hxxp://b[.]example"),
            ("a@b.example or c[@]d.example", "a[@]b.example or c[@]d.example"),
            ("WWW.evil.example/x.y", "WWW[.]evil[.]example/x.y"),
            ("é://ß xhttp://a.b", "é://ß xhxxp://a[.]b"),
            ("[a](http://b.example/c) [a](http://b.c)", "[a](http://b.example/c) [a](hxxp://b[.]c)"),
        ] {
            assert_eq!(defang_links(text), expected);
        }
    }

    proptest! {
        #[test]
        fn no_scheme_of_the_web_survives(text in any::<String>(), link in "[a-zé]{0,3}(http|https|HTTP|ftp)://[a-z.@]{0,9}") {
            let out = defang_links(&format!("{text}{link}")).to_ascii_lowercase();
            prop_assert!(!out.contains("http://") && !out.contains("https://"), "{out}");
        }
    }
}
