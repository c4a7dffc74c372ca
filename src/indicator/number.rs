//! Numbers with a name: CVE numbers, ATT&CK ids, autonomous systems, hardware addresses with hyphens, `0x` addresses.

use super::{Kind, found::Note, pass::Pass};

/// Reads a number around a word with a digit; returns the end of what was consumed.
pub(super) fn read(pass: &mut Pass<'_>, start: usize, end: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let word = &bytes[start..end];
    if let Some(first) = cve_start(bytes, start, end) {
        return cve(pass, first);
    }
    match word {
        [b'T' | b't', rest @ ..] if rest.len() == 4 || rest.len() == 5 => attack(pass, start, end),
        [b'A' | b'a', b'S' | b's', digits @ ..]
            if digits.iter().all(u8::is_ascii_digit)
                && (1..=10).contains(&digits.len())
                && !is_label(bytes, start, end) =>
        {
            asn(pass, start, start + 2, end)
        }
        [b'0', b'x' | b'X', hex @ ..] if hex.len() == 40 && hex.iter().all(u8::is_ascii_hexdigit) => {
            let value = pass.text[start..end].to_ascii_lowercase();
            pass.keep(Kind::Ethereum, (start, end), value, false, Note::Open);
            None
        }
        _ if word.len() == 17 && is_hyphen_mac(word) => {
            mac(pass, start, end);
            Some(end)
        }
        _ if word.len() <= 10 && word.iter().all(u8::is_ascii_digit) => spaced_asn(pass, start, end),
        _ => None,
    }
}

/// Finds where a CVE number starts: in the word, or before it when a space or a dash of another kind stands between.
fn cve_start(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let word = &bytes[start..end];
    if (8..64).contains(&word.len())
        && let Some(at) = memchr::memchr2_iter(b'v', b'V', word)
            .filter_map(|v| v.checked_sub(1))
            .find(|c| word[*c..].len() > 2 && word[*c..c + 3].eq_ignore_ascii_case(b"cve"))
    {
        let free = at == 0 || matches!(word[at - 1], b'-' | b'_');
        return (free && word.get(at + 3).is_some_and(|b| matches!(b, b'-' | b'_'))).then_some(start + at);
    }
    let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits != 4 {
        return None;
    }
    let gap = [1, 2, 3].into_iter().find(|gap| {
        start >= gap + 3
            && bytes[start - gap - 3..start - gap].eq_ignore_ascii_case(b"cve")
            && dash(bytes, start - gap) == Some(start)
    })?;
    let first = start - gap - 3;
    (first == 0 || !bytes[first - 1].is_ascii_alphanumeric()).then_some(first)
}

/// Reads one dash of any kind, an underscore, a colon or a space.
fn dash(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'-' | b'_' | b' ' | b':', ..] => Some(at + 1),
        [0xc2, 0xa0 | 0xad, ..] => Some(at + 2),
        // U+2010 to U+2015: hyphens and dashes; U+2212: minus.
        [0xe2, 0x80, 0x90..=0x95, ..] | [0xe2, 0x88, 0x92, ..] => Some(at + 3),
        _ => None,
    }
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at.min(bytes.len())..].iter().take(12).take_while(|b| b.is_ascii_digit()).count()
}

/// Reads a CVE number and the further numbers of a range (`CVE-2024-1708, -1709`).
fn cve(pass: &mut Pass<'_>, first: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let year = dash(bytes, first + 3)?;
    let number = (digits(bytes, year) == 4).then(|| dash(bytes, year + 4)).flatten()?;
    let len = digits(bytes, number);
    let end = number + len;
    let glued = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    if !(4..=7).contains(&len) || glued {
        return None;
    }
    let years = &pass.text[year..year + 4];
    let value = ["CVE-", years, "-", &pass.text[number..end]].concat();
    pass.keep(Kind::Cve, (first, end), value, false, Note::Open);
    Some(further(pass, years, end))
}

/// Reads `, -1709`, `/1709` and `and -1710` after a CVE number.
fn further(pass: &mut Pass<'_>, year: &str, mut end: usize) -> usize {
    let bytes = pass.text.as_bytes();
    for _ in 0..32 {
        let mut at = end;
        let slash = bytes.get(at) == Some(&b'/');
        if slash {
            at += 1;
        } else {
            at += usize::from(bytes.get(at) == Some(&b','));
            at += bytes[at..].iter().take(2).take_while(|b| **b == b' ').count();
            for word in [&b"and "[..], b"& ", b"or "] {
                if bytes[at..].starts_with(word) {
                    at += word.len();
                }
            }
        }
        let marked = if slash { at } else { at + usize::from(matches!(bytes.get(at), Some(b'-'))) };
        if !slash && (marked == at || marked == end + 1) {
            break;
        }
        let len = digits(bytes, marked);
        let stop = marked + len;
        if !(4..=7).contains(&len)
            || bytes.get(stop).is_some_and(|b| {
                b.is_ascii_alphanumeric() || *b == b'-' || *b == b'/' || *b == b'.' && digits(bytes, stop + 1) > 0
            })
        {
            break;
        }
        let value = ["CVE-", year, "-", &pass.text[marked..stop]].concat();
        pass.keep(Kind::Cve, (marked, stop), value, false, Note::Open);
        end = stop;
    }
    end
}

/// Reads `T1059`, `T1059.001` or `TA0001`.
fn attack(pass: &mut Pass<'_>, start: usize, end: usize) -> Option<usize> {
    let bytes = pass.text.as_bytes();
    let tactic = bytes[start + 1].eq_ignore_ascii_case(&b'a');
    let number = start + 1 + usize::from(tactic);
    if end - number != 4 || !bytes[number..end].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sub = if bytes.get(end) == Some(&b'.') { digits(bytes, end + 1) } else { 0 };
    let stop = match sub {
        0 => end,
        3 if !tactic && !bytes.get(end + 4).is_some_and(u8::is_ascii_alphanumeric) => end + 4,
        _ => return None,
    };
    let value = pass.text[start..stop].to_ascii_uppercase();
    pass.keep(
        Kind::AttackId,
        (start, stop),
        value,
        false,
        Note::Reference("an ATT&CK id, listed among the techniques"),
    );
    Some(stop)
}

/// Returns `true` if a word goes on in a dot, written plainly or harmlessly: the label of a name, as in
/// `as2.evil.example`.
fn is_label(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start > 0 && matches!(bytes[start - 1], b'.' | b'-' | b'@');
    let after = match bytes[end..] {
        [b'.', next, ..] => next.is_ascii_alphanumeric(),
        [b'[' | b'(' | b'{', b'.' | b'd' | b'D', ..] => true,
        _ => false,
    };
    before || after
}

fn asn(pass: &mut Pass<'_>, start: usize, number: usize, end: usize) -> Option<usize> {
    let value: u32 = pass.text[number..end].parse().ok()?;
    pass.keep(Kind::Asn, (start, end), format!("AS{value}"), false, Note::Open);
    Some(end)
}

/// Reads `ASN 15169` or `AS 15169`.
fn spaced_asn(pass: &mut Pass<'_>, start: usize, end: usize) -> Option<usize> {
    let left = &pass.text.as_bytes()[..start];
    let left = left.strip_suffix(b" ").or_else(|| left.strip_suffix(b": "))?;
    let word = left.strip_suffix(b"ASN").or_else(|| left.strip_suffix(b"AS"))?;
    if word.last().is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    asn(pass, word.len(), start, end)
}

fn is_hyphen_mac(word: &[u8]) -> bool {
    word.chunks(3).all(|c| c[0].is_ascii_hexdigit() && c[1].is_ascii_hexdigit() && c.get(2).is_none_or(|b| *b == b'-'))
}

/// Keeps a hardware address, with colons and in lower case.
pub(super) fn mac(pass: &mut Pass<'_>, start: usize, end: usize) {
    let hex: Vec<u8> = pass.text[start..end].bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs: Vec<String> =
        hex.chunks(2).map(|pair| pair.iter().map(|b| char::from(b.to_ascii_lowercase())).collect()).collect();
    pass.keep(Kind::Mac, (start, end), pairs.join(":"), false, Note::Open);
}
