//! ATT&CK ids that an article prints, such as `T1059.001` or `techniques/T1059/001`.

use super::catalogue::{Catalogue, TechniqueId};
use crate::text::Span;

/// Finds the printed ids of a range of a text that lead to an active technique.
pub(super) fn ids(text: &str, within: Span) -> impl Iterator<Item = (TechniqueId, Span)> {
    let bytes = &text.as_bytes()[..within.end];
    memchr::memchr_iter(b'T', &bytes[within.start..]).filter_map(move |at| {
        let start = within.start + at;
        if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'_') {
            return None;
        }
        let end = end_of_id(bytes, start)?;
        let id: TechniqueId = text[start..end].replace('/', ".").parse().ok()?;
        let technique = Catalogue::shipped().current(id)?;
        Some((technique.id, Span::new(start, end)))
    })
}

fn end_of_id(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let technique = start + 1;
    if digits(technique) != 4 {
        return None;
    }
    let end = technique + 4;
    let sub = matches!(bytes.get(end), Some(b'.' | b'/')) && digits(end + 1) == 3;
    let end = if sub { end + 4 } else { end };
    let goes_on = bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    (!goes_on).then_some(end)
}
