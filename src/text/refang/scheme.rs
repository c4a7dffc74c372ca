//! The forms that stand for a scheme and its `://`: `hxxp`, `h**p`, `meow`, `[:]//`, `[://]`, `:\\`, `__` and their
//! mixtures.

use super::{
    dot::{after_spaces, starts_with_ignoring_case},
    label,
};

/// A scheme that was read, up to where the authority starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scheme {
    /// Where it starts.
    pub(crate) start: usize,
    /// Where what follows starts.
    pub(crate) end: usize,
    /// Its real name.
    pub(crate) name: &'static str,
    /// Whether it was written to make the URL harmless.
    pub(crate) defanged: bool,
}

/// Reads a scheme around its colon, slashes or underscores, whichever comes first in the text.
pub(crate) fn around(text: &str, at: usize, floor: usize) -> Option<Scheme> {
    let bytes = text.as_bytes();
    let marks = marks(bytes, at)?;
    let mut word_end = at;
    while word_end > floor
        && at - word_end < 4
        && matches!(bytes[word_end - 1], b' ' | b']' | b')' | b'[' | b'(' | b'!' | b'@')
    {
        word_end -= 1;
    }
    let spaced = bytes[word_end..at].contains(&b' ');
    let (start, name, real) = word_before(bytes, word_end, floor)?;
    if !marks.colon && !matches!(name, "http" | "https" | "ftp") {
        return None;
    }
    let open = start > floor
        && matches!(bytes[start - 1], b'[' | b'(')
        && bytes[word_end..at].iter().any(|b| matches!(b, b']' | b')'));
    let defanged = !real || !marks.plain || spaced || word_end < at;
    let end = after_spaces(bytes, marks.end);
    let fits = label::starts(text, end) || matches!(bytes.get(end), Some(b'[' | b'@' | b'%'));
    fits.then_some(Scheme { start: start - usize::from(open), end, name, defanged: defanged || end > marks.end })
}

struct Marks {
    end: usize,
    colon: bool,
    plain: bool,
}

/// Reads colon and slashes in any of their forms.
fn marks(bytes: &[u8], at: usize) -> Option<Marks> {
    if bytes[at..].starts_with(b"://") && !matches!(bytes.get(at + 3), Some(b'/' | b']' | b')' | b'\\')) {
        return Some(Marks { end: at + 3, colon: true, plain: true });
    }
    let (mut next, mut colon, mut slashes, mut json) = (at, false, 0, 0);
    while let Some(byte) = bytes.get(next) {
        match byte {
            b':' if !colon && slashes == 0 => colon = true,
            b'/' => slashes += 1,
            b'\\' if bytes.get(next + 1) == Some(&b'/') => json += 1,
            b'\\' if colon => slashes += 1,
            b'_' if bytes.get(next + 1) == Some(&b'_') && slashes == 0 => {
                slashes = 2;
                next += 1;
            }
            b'[' | b'(' if slashes < 2 => {}
            b']' | b')' if next > at => {}
            _ => break,
        }
        next += 1;
        if next > at + 12 {
            return None;
        }
    }
    let escaped = json == 2 && next - at == 5;
    (matches!(slashes, 2 | 3)).then_some(Marks { end: next, colon, plain: escaped })
}

/// Reads the scheme word that ends at `end`: its start, its real name, and whether it is written as it should be.
fn word_before(bytes: &[u8], end: usize, floor: usize) -> Option<(usize, &'static str, bool)> {
    let lowest = floor.max(end.saturating_sub(12));
    let mut start = end;
    while start > lowest
        && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'*' | b'_' | b'+' | b'-' | b'.'))
    {
        start -= 1;
    }
    // Words may be glued to the scheme by `_`, `-`, `.` or a letter: the longest known ending is the scheme.
    let word = &bytes[start..end];
    if let Some((name, real)) = known(word) {
        return Some((start, name, real));
    }
    (1..word.len().saturating_sub(2)).find_map(|cut| {
        let glue = word[cut - 1];
        let (name, real) = known(&word[cut..])?;
        let long = name.starts_with("http") || !glue.is_ascii_alphabetic();
        (long && (real || !glue.is_ascii_alphabetic() || name == "https" || word.len() - cut == 4)).then_some((
            start + cut,
            name,
            real,
        ))
    })
}

/// Schemes that are written as they are.
const REAL: &[&str] = &[
    "http", "https", "ftp", "ftps", "sftp", "tcp", "udp", "ssh", "telnet", "ldap", "ldaps", "smb", "ws", "wss", "file",
    "irc", "ircs", "socks", "socks4", "socks5", "socks5h", "tftp", "mqtt", "rtsp", "git", "svn", "rdp", "vnc", "dns",
    "tls", "ssl", "rmi",
];

/// Returns the real name of a scheme word, and whether it is written as it should be.
fn known(word: &[u8]) -> Option<(&'static str, bool)> {
    if let Some(name) = REAL.iter().find(|name| name.as_bytes().eq_ignore_ascii_case(word)) {
        return Some((name, true));
    }
    if word.eq_ignore_ascii_case(b"stratum+tcp") {
        return Some(("stratum+tcp", true));
    }
    let (stem, secure) = match word {
        [stem @ .., b's' | b'S'] if word.len() > 3 => (stem, true),
        _ => (word, false),
    };
    let is = |forms: &[&[u8]]| forms.iter().any(|form| form.eq_ignore_ascii_case(stem));
    if is(&[b"fxp", b"ftx", b"f*p", b"f_p"]) {
        return Some((if secure { "ftps" } else { "ftp" }, false));
    }
    if word.eq_ignore_ascii_case(b"sfxp") || word.eq_ignore_ascii_case(b"sftx") {
        return Some(("sftp", false));
    }
    if word.eq_ignore_ascii_case(b"xxxxx") {
        return Some(("https", false));
    }
    let web = is(&[
        b"hxxp", b"h**p", b"h__p", b"htxp", b"hxtp", b"httx", b"htpp", b"hxxx", b"hxp", b"htp", b"httxp", b"hxxxp",
        b"h*tp", b"ht*p", b"h--p", b"meow", b"xxxx", b"hppt", b"hxpp", b"ttp", b"htt", b"hhtp", b"hhxp", b"hzzp",
        b"hyyp",
    ]);
    web.then_some((if secure { "https" } else { "http" }, false))
}

/// Returns `true` if `__` at a byte stands after `http` or `https`.
pub(crate) fn is_underscored(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&b'_')
        && (at >= 4 && starts_with_ignoring_case(bytes, at - 4, b"http")
            || at >= 5 && starts_with_ignoring_case(bytes, at - 5, b"https"))
}
