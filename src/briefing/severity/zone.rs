use crate::{
    article::BlockKind,
    reading::{Reading, Sentence},
    text::Part,
};

/// The part of an article that a sentence stands in; the earlier it stands, the more it says of what the article is
/// about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    Title,
    Lead,
    Body,
}

impl Zone {
    /// Every zone, by its number.
    pub(super) const ALL: [Self; 3] = [Self::Title, Self::Lead, Self::Body];
}

/// Returns each sentence of an article with its zone, pictures left out and headings that repeat the title; the first
/// `lead` bytes of the others are the lead.
pub(super) fn sentences<'r>(reading: &'r Reading<'_>, lead: usize) -> impl Iterator<Item = (Zone, &'r Sentence)> {
    let mut seen = 0;
    reading.sentences().iter().filter(|sentence| !is_left_out(reading, sentence)).map(move |sentence| {
        let zone = match sentence.part {
            Part::Title => Zone::Title,
            _ if seen < lead => Zone::Lead,
            _ => Zone::Body,
        };
        seen += if zone == Zone::Title { 0 } else { sentence.span.len() };
        (zone, sentence)
    })
}

fn is_left_out(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    let Some(block) = sentence.block else { return false };
    let content = &reading.part(sentence.part)[block.span.range()];
    // A block of Markdown that is a picture, or a picture that links: advertising, mostly.
    let picture = content.starts_with("![") || content.starts_with("[![");
    let repeats = || content.trim_start_matches(['#', ' ']).trim() == reading.title().trim();
    picture || block.kind == BlockKind::Heading && repeats()
}
