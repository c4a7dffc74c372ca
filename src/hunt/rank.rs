//! The order of the hunts that fit an article: what an analyst would run first stands first.

use super::{Confidence, Proposal};
use crate::text::{Evidence, Part};

/// As many indicator hunts stand before the first behaviour hunts, and as many of these before the other indicator
/// hunts: the first page shows both.
const HUNTS_PER_BLOCK: usize = 4;

/// What a phrase is worth that stands in the hunt's own list, beside a technique's score of up to 1.
const PHRASE_POINTS: f32 = 0.5;
/// What each further phrase or technique adds, up to [`MAX_FURTHER`] of them.
const FURTHER_POINTS: f32 = 0.1;
const MAX_FURTHER: usize = 3;
/// What a phrase in the title adds: it is the topic.
const TITLE_POINTS: f32 = 0.3;

/// What it is worth that the article is about the hunt's platform and does not just name it.
const PLATFORM_POINTS: f32 = 0.4;

/// A hunt that fits, and how strongly.
pub(super) struct Candidate {
    pub proposal: Proposal,
    pub strength: f32,
}

/// Rates an indicator hunt: many values weigh more than few, and values that are rarely anything else more than names.
pub(super) fn indicators(values: usize, confidence: Confidence) -> f32 {
    // More than a few dozen say no more than a few dozen.
    values.min(48) as f32 * (1.0 + weight(confidence) * 5.0)
}

/// Rates a behaviour hunt by its own phrases in the article, the scores of the techniques it is for, how much of the
/// article is about its platforms (`share`, 0 to 1), and how likely a hit is the real thing.
pub(super) fn behaviour(
    phrases: &[Evidence],
    scores: impl Iterator<Item = f32>,
    share: f32,
    confidence: Confidence,
) -> f32 {
    let (mut best, mut techniques) = (0.0_f32, 0);
    for score in scores {
        best = best.max(score);
        techniques += 1;
    }
    let told = if phrases.is_empty() { 0.0 } else { PHRASE_POINTS };
    let further = phrases.len().saturating_sub(1) + usize::saturating_sub(techniques, 1);
    let title = if phrases.iter().any(|phrase| phrase.part == Part::Title) { TITLE_POINTS } else { 0.0 };
    best + told
        + title
        + FURTHER_POINTS * further.min(MAX_FURTHER) as f32
        + PLATFORM_POINTS * share
        + weight(confidence)
}

const fn weight(confidence: Confidence) -> f32 {
    match confidence {
        Confidence::High => 0.4,
        Confidence::Medium => 0.2,
        Confidence::Low => 0.0,
    }
}

/// Puts the hunts in order: the strongest indicator hunts, the strongest behaviour hunts, then the others of each.
pub(super) fn order(mut indicators: Vec<Candidate>, mut behaviours: Vec<Candidate>) -> Vec<Proposal> {
    // Sorting keeps the catalogue's order between equals.
    for list in [&mut indicators, &mut behaviours] {
        list.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    }
    spread(&mut indicators);
    let others = [&mut indicators, &mut behaviours].map(|list| list.split_off(HUNTS_PER_BLOCK.min(list.len())));
    let first = [indicators, behaviours].into_iter().flatten();
    first.chain(others.into_iter().flatten()).map(|candidate| candidate.proposal).collect()
}

/// Puts those back that ask for the values of one before them: file names written and file names run are one lead.
fn spread(indicators: &mut Vec<Candidate>) {
    let mut again = Vec::new();
    let mut at = 0;
    while at < indicators.len() {
        let (before, here) = indicators.split_at(at);
        let values = &here[0].proposal.values;
        if !values.is_empty() && before.iter().any(|one| one.proposal.values == *values) {
            again.push(indicators.remove(at));
        } else {
            at += 1;
        }
    }
    indicators.append(&mut again);
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Confidence, Proposal, behaviour, indicators, order};
    use crate::{
        hunt::{HuntId, Value},
        indicator::Kind,
        text::{Evidence, Span},
    };

    fn candidates(prefix: &str, strengths: &[f32]) -> Vec<Candidate> {
        let of = |(at, strength): (usize, &f32)| Candidate {
            proposal: Proposal { id: HuntId(format!("{prefix}{at}")), because: Vec::new(), values: Vec::new() },
            strength: *strength,
        };
        strengths.iter().enumerate().map(of).collect()
    }

    fn ordered(indicators: &[f32], behaviours: &[f32]) -> String {
        let proposals = order(candidates("i", indicators), candidates("b", behaviours));
        proposals.into_iter().map(|proposal| proposal.id.0).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_page_shows_both_sorts() {
        assert_eq!(ordered(&[1.0; 6], &[1.0; 6]), "i0 i1 i2 i3 b0 b1 b2 b3 i4 i5 b4 b5");
        assert_eq!(ordered(&[1.0], &[1.0, 3.0, 2.0]), "i0 b1 b2 b0");
        assert_eq!(ordered(&[], &[]), "");
    }

    #[test]
    fn a_second_hunt_for_the_same_values_makes_room() {
        let mut all = candidates("i", &[3.0, 3.0, 1.0]);
        for (at, name) in ["a.exe", "a.exe", "evil.example"].into_iter().enumerate() {
            all[at].proposal.values = vec![Value { kind: Kind::FileName, value: name.to_owned() }];
        }
        let ids: Vec<_> = order(all, Vec::new()).into_iter().map(|proposal| proposal.id.0).collect();
        assert_eq!(ids, ["i0", "i2", "i1"]);
    }

    #[test]
    fn stronger_evidence_stands_first() {
        let text = "web shell";
        let phrase = Evidence::in_text(text, Span::new(0, 9));
        let title = Evidence::in_title(text, Span::new(0, 9));
        let rate =
            |phrases: &[Evidence], scores: &[f32]| behaviour(phrases, scores.iter().copied(), 1.0, Confidence::Medium);
        let rising = [
            rate(&[], &[0.4]),
            rate(&[], &[0.6]),
            rate(std::slice::from_ref(&phrase), &[0.4]),
            rate(&[], &[1.0]),
            rate(&[title], &[0.4]),
            rate(&[phrase], &[1.0]),
        ];
        assert!(rising.is_sorted(), "{rising:?}");
        assert!(behaviour(&[], [0.6].into_iter(), 1.0, Confidence::High) > rate(&[], &[0.7]));
        assert!(behaviour(&[], [0.6].into_iter(), 0.1, Confidence::Medium) < rate(&[], &[0.4]));
    }

    #[test]
    fn many_hashes_stand_before_one_address() {
        assert!(indicators(20, Confidence::Medium) > indicators(3, Confidence::High));
        assert!(indicators(3, Confidence::High) > indicators(3, Confidence::Medium));
    }
}
