//! Groups between colons, plain or defanged (`2a01[:]4f8[:][:]2`): IPv6 addresses and hardware addresses.

/// Groups between colons, read to their end whatever they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Groups {
    /// One past the last byte.
    pub(crate) end: usize,
    /// How many groups there are.
    pub(crate) count: usize,
    /// Whether any colon was written to make the address harmless.
    pub(crate) defanged: bool,
    /// Whether every group has two digits, as in a hardware address.
    pub(crate) pairs: bool,
    /// Whether two colons stand together.
    pub(crate) compressed: bool,
}

/// The longest text kept of one run of groups: no address is longer.
const MAX_GROUPS_BYTES: usize = 64;

/// Reads hexadecimal groups and appends them with plain colons; a dotted IPv4 tail is included.
///
/// `start` is at the first group, or at the first of two colons. The run is read to its end, however long it is.
pub(crate) fn read(text: &str, start: usize, out: &mut String) -> Groups {
    let bytes = text.as_bytes();
    let from = out.len();
    let mut groups = Groups { end: start, count: 0, defanged: false, pairs: true, compressed: false };
    let mut at = start;
    loop {
        let first = at;
        while at < first + 5 && bytes.get(at).is_some_and(u8::is_ascii_hexdigit) {
            at += 1;
        }
        if at > first {
            groups.pairs &= at - first == 2;
            groups.count += 1;
            keep(out, from, &text[first..at]);
            groups.end = at;
        }
        if bytes.get(at) == Some(&b'.') && at > first {
            if let Some(end) = dotted_tail(bytes, first) {
                keep(out, from, &text[at..end]);
                groups.end = end;
            }
            break;
        }
        let Some(colon) = colon(bytes, at) else { break };
        groups.defanged |= colon.defanged;
        let doubled = self::colon(bytes, colon.end);
        let next = doubled.as_ref().map_or(colon.end, |second| second.end);
        if !bytes.get(next).is_some_and(u8::is_ascii_hexdigit) && doubled.is_none() {
            break;
        }
        keep(out, from, if doubled.is_some() { "::" } else { ":" });
        if let Some(second) = doubled {
            groups.defanged |= second.defanged;
            groups.compressed = true;
            groups.pairs = false;
            groups.end = second.end;
        }
        at = next;
    }
    groups
}

fn keep(out: &mut String, from: usize, part: &str) {
    if out.len() - from <= MAX_GROUPS_BYTES {
        out.push_str(part);
    }
}

pub(crate) struct Colon {
    pub(crate) end: usize,
    pub(crate) defanged: bool,
}

/// Reads `:`, `[:]` or `(:)`.
pub(crate) fn colon(bytes: &[u8], at: usize) -> Option<Colon> {
    match bytes.get(at..)? {
        [b':', ..] => Some(Colon { end: at + 1, defanged: false }),
        [b'[', b':', b']', ..] | [b'(', b':', b')', ..] | [b'{', b':', b'}', ..] => {
            Some(Colon { end: at + 3, defanged: true })
        }
        _ => None,
    }
}

/// Reads the dotted tail of a mapped address (`::ffff:192.0.2.1`).
fn dotted_tail(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for octet in 0..4 {
        if octet > 0 {
            (bytes.get(at) == Some(&b'.')).then_some(())?;
            at += 1;
        }
        let first = at;
        while at < first + 3 && bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (at > first).then_some(())?;
    }
    Some(at)
}
