//! Harmless forms made live again: the grammar of defanging, and the filter that undoes it in running text.

pub(crate) mod anchor;
pub(crate) mod at;
pub(crate) mod colon;
pub(crate) mod dot;
pub(crate) mod label;
pub(crate) mod name;
pub(crate) mod path;
pub(crate) mod scheme;
pub(crate) mod shape;
#[cfg(test)]
mod tests;

/// Undoes the defanging of every address, name and URL in a text; everything else stays byte for byte.
///
/// One pass, linear in the text.
///
/// ```
/// assert_eq!(huntdeck::text::refang("GET hxxps://evil[.]example/a then"), "GET https://evil.example/a then");
/// ```
pub fn refang(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut buffer = String::new();
    let (mut at, mut floor, mut copied) = (0, 0, 0);
    while let Some(anchor) = anchor::next(bytes, at) {
        buffer.clear();
        let found = groups(text, anchor, floor, &mut buffer).or_else(|| {
            shape::around(text, anchor, floor, &mut buffer).map(|shape| (shape.start, shape.end, shape.defanged))
        });
        at = anchor + 1;
        if bytes[anchor].is_ascii_digit() {
            // A word is read from its first digit only.
            at += bytes[at..].iter().take_while(|byte| label::IN_LABEL[usize::from(**byte)]).count();
        }
        if let Some((start, end, defanged)) = found {
            if defanged {
                out.push_str(&text[copied..start]);
                out.push_str(&buffer);
                copied = end;
            }
            floor = end;
            at = at.max(end);
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Reads groups between colons around a digit or a colon, if any colon is defanged.
fn groups(text: &str, at: usize, floor: usize, out: &mut String) -> Option<(usize, usize, bool)> {
    let bytes = text.as_bytes();
    let start = match bytes[at] {
        b'[' | b'(' | b':' if colon::colon(bytes, at).is_some() => label::backward(text, at, floor),
        b'0'..=b'9' => label::backward(text, at, floor),
        _ => return None,
    };
    let groups = colon::read(text, start, out);
    if groups.defanged && groups.count >= 3 {
        return Some((start, groups.end, true));
    }
    out.clear();
    // A long run that is no address is read once, not again from each of its colons.
    (groups.end > start + 48).then_some((start, groups.end, false))
}
