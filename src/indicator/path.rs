//! Paths of files and of the Windows registry, named pipes and named objects.
//!
//! They are read before names and addresses, because `C:\Users\evil.com\1.2.3.4` holds neither a domain nor an address.

use super::{Kind, found::Note, pass::Pass, word};
use crate::text::refang::label;

/// The longest path that is kept, in bytes.
const MAX_PATH_BYTES: usize = 1024;

/// Reads a path around `\`, `/`, `:` or `%`; returns the end of what was consumed.
pub(super) fn read(pass: &mut Pass<'_>, at: usize, floor: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let left = at.checked_sub(1).filter(|left| *left >= floor).map(|left| bytes[left]);
    match bytes[at] {
        b':' => {
            let drive =
                left.is_some_and(|b| b.is_ascii_alphabetic()) && !(at >= 2 && bytes[at - 2].is_ascii_alphanumeric());
            let rooted = match bytes.get(at + 1..)? {
                [b'\\', ..] => true,
                [b'/', next, ..] => *next != b'/',
                _ => false,
            };
            (drive && rooted).then(|| windows(pass, at - 1, at + 1))
        }
        b'%' => {
            let name = bytes[at + 1..]
                .iter()
                .take(32)
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'(' | b')'))
                .count();
            let after = at + 1 + name;
            (name > 1 && bytes.get(after) == Some(&b'%') && bytes.get(after + 1) == Some(&b'\\'))
                .then(|| windows(pass, at, after + 1))
        }
        b'\\' => backslash(pass, at, floor),
        b'/' => unix(pass, at, left),
        _ => None,
    }
}

/// Reads a path with a drive or a variable before its first backslash.
fn windows(pass: &mut Pass<'_>, start: usize, from: usize) -> usize {
    let end = extent(pass.text, from, Spaces::WithinSegments);
    keep(pass, Kind::FilePath, start, end);
    end
}

fn keep(pass: &mut Pass<'_>, kind: Kind, start: usize, end: usize) {
    if !pass.kinds.has(kind) {
        return;
    }
    let written = &pass.text[start..end];
    // JSON and program text double every backslash.
    let value = if written.contains(r"\\") && !written.starts_with(r"\\") {
        written.replace(r"\\", r"\")
    } else {
        written.to_owned()
    };
    pass.keep(kind, (start, end), value, false, Note::Open);
}

/// Reads what a backslash can belong to: a registry key, a pipe, a named object, a share, a relative path.
fn backslash(pass: &mut Pass<'_>, at: usize, floor: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let rest = &bytes[at..];
    if rest.starts_with(br"\\") && (at == floor || !label::IN_LABEL[usize::from(bytes[at - 1])]) {
        return share(pass, at);
    }
    if rest.len() > 6 && rest[..6].eq_ignore_ascii_case(br"\pipe\") {
        let end = extent(pass.text, at + 6, Spaces::Never);
        keep(pass, Kind::NamedPipe, at, end);
        return Some(end);
    }
    let bracket = at > floor && bytes[at - 1] == b'>';
    let word_end = at - usize::from(bracket);
    let start = label::backward(pass.text, word_end, floor);
    let word = &pass.text[start..word_end];
    if is_hive(word) {
        let start = start - usize::from(bracket && start > floor && bytes[start - 1] == b'<');
        let end = extent(pass.text, at, Spaces::WithinSegments);
        keep(pass, Kind::RegistryKey, start, end);
        return Some(end);
    }
    if word == "Global" || word == "Local" {
        let end = extent(pass.text, at, Spaces::Never);
        if end > at + 3 {
            keep(pass, Kind::Mutex, start, end);
            return Some(end);
        }
    }
    relative(pass, start, at)
}

fn is_hive(word: &str) -> bool {
    ["HKLM", "HKCU", "HKCR", "HKU", "HKCC"].iter().any(|hive| word.eq_ignore_ascii_case(hive))
        || word.len() > 5 && word.as_bytes()[..5].eq_ignore_ascii_case(b"HKEY_")
}

/// Reads `\\.\pipe\name`, `\\?\C:\…` or `\\host\share`.
fn share(pass: &mut Pass<'_>, at: usize) -> Option<usize> {
    let rest = &pass.text.as_bytes()[at..];
    let end = extent(pass.text, at + 2, Spaces::WithinSegments);
    let kind =
        if rest.len() > 9 && rest[..9].eq_ignore_ascii_case(br"\\.\pipe\") { Kind::NamedPipe } else { Kind::FilePath };
    let inner = pass.text[at + 2..end].contains('\\');
    if !inner {
        return None;
    }
    keep(pass, kind, at, end);
    Some(end)
}

/// Reads a path without a root, if its last part is a file name.
fn relative(pass: &mut Pass<'_>, start: usize, at: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    if bytes.get(at + 1) == Some(&b'.') && bytes.get(at + 2) != Some(&b'.') || bytes.get(at + 1) == Some(&b'/') {
        return None;
    }
    if at < pass.no_path {
        return None;
    }
    let end = extent(pass.text, at, Spaces::Never);
    let last = pass.text[at..end].rsplit('\\').next()?;
    let file = last.rsplit_once('.').is_some_and(|(head, extension)| !head.is_empty() && word::is_extension(extension));
    if !file || bytes.get(end) == Some(&b':') {
        pass.no_path = end;
        return None;
    }
    if start < at || at > 0 && bytes[at - 1] == b'.' {
        keep(pass, Kind::FilePath, start, end);
    }
    Some(end)
}

/// Where spaces may stand in a path.
#[derive(Clone, Copy, PartialEq)]
enum Spaces {
    Never,
    /// Before a further backslash of the same line (`C:\Program Files\x`).
    WithinSegments,
}

/// Finds where a path with backslashes ends.
fn extent(text: &str, from: usize, spaces: Spaces) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut segment, mut depth) = (from, from, 0_u32);
    while at < from + MAX_PATH_BYTES {
        match bytes.get(at) {
            None | Some(0..=0x1f | b'"' | b'<' | b'>' | b'|' | b'?' | b'*' | b'`' | b':' | b';' | 0x7f) => break,
            Some(b' ') => {
                if spaces == Spaces::Never || has_extension(&text[segment..at]) || !goes_on(bytes, at) {
                    break;
                }
            }
            Some(b'\\') => segment = at + 1,
            Some(b'(' | b'{') => depth += 1,
            Some(b')' | b'}') => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            },
            Some(b',' | b'\'') if !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => break,
            Some(0x80..) => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if !c.is_alphanumeric() {
                    break;
                }
                at += c.len_utf8();
                continue;
            }
            Some(_) => {}
        }
        at += 1;
    }
    while at > from && matches!(bytes[at - 1], b'.' | b',' | b' ' | b'\'') {
        at -= 1;
    }
    at
}

fn has_extension(segment: &str) -> bool {
    segment.rsplit_once('.').is_some_and(|(_, last)| word::is_extension(last))
}

/// Returns `true` if a backslash follows in the same run of words.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    bytes[at..]
        .iter()
        .take(40)
        .take_while(|b| {
            !matches!(b, 0..=0x1f | b'"' | b'<' | b'>' | b'|' | b'?' | b'*' | b'`' | b':' | b';' | b',' | b'.' | b'%')
        })
        .any(|b| *b == b'\\')
}

const ROOTS: &[&str] = &[
    "usr",
    "etc",
    "tmp",
    "var",
    "opt",
    "home",
    "bin",
    "sbin",
    "dev",
    "proc",
    "root",
    "lib",
    "lib64",
    "mnt",
    "data",
    "sys",
    "run",
    "boot",
    "srv",
    "Users",
    "Library",
    "Applications",
    "private",
    "System",
    "Volumes",
    "sdcard",
];

/// Reads a path with slashes, from its root.
fn unix(pass: &mut Pass<'_>, at: usize, left: Option<u8>) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let opens = matches!(
        left,
        None | Some(
            b' ' | b'\t'
                | b'\n'
                | b'\r'
                | b'"'
                | b'\''
                | b'('
                | b'['
                | b'='
                | b','
                | b'`'
                | b'~'
                | b'.'
                | b'<'
                | b'|'
                | b';'
                | 0x80..
        )
    );
    if !opens || bytes.get(at + 1) == Some(&b'/') {
        return None;
    }
    let len = bytes[at..]
        .iter()
        .take(MAX_PATH_BYTES)
        .take_while(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b'+' | b'@' | b'%' | b'~' | b'$')
        })
        .count();
    let mut end = at + len;
    while end > at + 1 && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let written = &pass.text[at + 1..end];
    let root = written.split('/').next().unwrap_or_default();
    let start = at - usize::from(left == Some(b'~'));
    let rooted = start < at || ROOTS.contains(&root) && written.len() > root.len() + 1;
    if rooted && pass.kinds.has(Kind::FilePath) {
        pass.keep(Kind::FilePath, (start, end), pass.text[start..end].to_owned(), false, Note::Open);
    }
    (rooted || left == Some(b'.') || written.contains('/')).then_some(end)
}
