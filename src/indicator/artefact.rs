//! What a host keeps of an attack under a name of its own: user agents, mutexes, installed packages.

use memchr::memmem;

use super::{Kind, found::Note, pass::Pass};

/// The longest user agent that is kept, in bytes.
const MAX_USER_AGENT_BYTES: usize = 512;

/// Finds user agents, mutexes and packages by the words that announce them.
pub(super) fn read(pass: &mut Pass<'_>) {
    let bytes = pass.text.as_bytes();
    for at in memmem::find_iter(bytes, "Mozilla/") {
        agent(pass, at);
    }
    for at in memmem::find_iter(bytes, "utex") {
        quoted(pass, at + 4, Kind::Mutex, "");
    }
    for (words, prefix) in
        [("npm install ", "npm:"), ("npm package ", "npm:"), ("pip install ", "pypi:"), ("PyPI package ", "pypi:")]
    {
        for at in memmem::find_iter(bytes, words) {
            package(pass, at + words.len(), prefix);
        }
    }
}

/// Reads the products and comments of a user agent.
fn agent(pass: &mut Pass<'_>, start: usize) {
    let rest = pass.text.as_bytes()[start..].iter().take(MAX_USER_AGENT_BYTES);
    let mut depth = 0_u32;
    let len = rest
        .take_while(|byte| {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => return false,
                b')' => depth -= 1,
                _ => {}
            }
            matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'`' | b'<' | b'>' | b'|')
        })
        .count();
    // Prose goes on behind it: the last product has a slash or is a comment.
    let mut end = start + len;
    while end > start {
        let last = pass.text[start..end].trim_end_matches(['.', ',', ' ']).rsplit(' ').next().unwrap_or_default();
        if last.contains('/') || last.ends_with(')') {
            break;
        }
        end = pass.text[start..end].trim_end().rfind(' ').map_or(start, |space| start + space);
    }
    let value = pass.text[start..end].trim_end_matches(['.', ',', ' ']);
    if value.len() > 16 {
        let span = (start, start + value.len());
        pass.keep(Kind::UserAgent, span, value.to_owned(), false, Note::Open);
    }
}

/// Reads a quoted name a few words after the word that announces it.
fn quoted(pass: &mut Pass<'_>, from: usize, kind: Kind, prefix: &str) {
    let bytes = pass.text.as_bytes();
    let window = &bytes[from..bytes.len().min(from + 24)];
    let Some(gap) = window.iter().position(|b| matches!(b, b'"' | b'`' | b'\'')) else { return };
    if window[..gap].contains(&b'\n') || window[..gap].contains(&b'.') {
        return;
    }
    let (first, mark) = (from + gap + 1, window[gap]);
    let len = bytes[first..].iter().take(96).take_while(|b| **b != mark && matches!(b, b' '..=b'~')).count();
    let end = first + len;
    if bytes.get(end) != Some(&mark) || !(3..=80).contains(&len) {
        return;
    }
    let value = format!("{prefix}{}", &pass.text[first..end]);
    pass.keep(kind, (first, end), value, false, Note::Open);
}

/// Reads the name of a package, with its version if there is one.
fn package(pass: &mut Pass<'_>, from: usize, prefix: &str) {
    let bytes = pass.text.as_bytes();
    let first = from + usize::from(matches!(bytes.get(from), Some(b'`' | b'"' | b'\'')));
    let len = bytes[first.min(bytes.len())..]
        .iter()
        .take(120)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'/' | b'-' | b'_' | b'.' | b'='))
        .count();
    let Some(written) = pass.text.get(first..first + len) else { return };
    let name = written.trim_end_matches(['.', '-', '=']);
    if name.len() < 2 || name.starts_with('-') {
        return;
    }
    let value = format!("{prefix}{}", name.replace("==", "@"));
    pass.keep(Kind::Package, (first, first + name.len()), value, false, Note::Open);
}
