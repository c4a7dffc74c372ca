//! What every sentence says, put together into one verdict for each technique.

use super::{TechniqueHit, TechniqueId};
use crate::{
    reading::Reading,
    text::{Evidence, Part, Span},
};

/// At most this many pieces of evidence are kept for a technique.
const EVIDENCE: usize = 8;
/// At most this many sentences count for a technique.
const SENTENCES: usize = 5;
/// Each further sentence counts for this much of what the one before it counted for.
const FADE: f32 = 0.5;
/// No inference is as sure as a printed id.
const SUREST: f32 = 0.98;

/// The evidence for every technique of one article.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    found: Vec<(TechniqueId, Piece)>,
}

/// One piece of evidence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// What it is worth by itself, 0.0 to 1.0.
    pub(super) score: f32,
    /// Whether it only names the topic; such pieces do not add up.
    pub(super) topic: bool,
    /// The number of its sentence.
    pub(super) sentence: usize,
    /// The part of the article that it stands in.
    pub(super) part: Part,
    /// Where it stands.
    pub(super) span: Span,
}

impl Verdict {
    /// Takes note that a sentence shows a technique.
    pub(super) fn add(&mut self, id: TechniqueId, piece: Piece) {
        self.found.push((id, piece));
    }

    /// Returns the techniques of at least `least`, best first; a parent is left out where a sub-technique of at least
    /// `keep` stands.
    ///
    /// Only these get their evidence: most techniques of an article are heard of and no more.
    pub(super) fn hits(mut self, reading: &Reading<'_>, keep: f32, least: f32) -> Vec<TechniqueHit> {
        let best = |a: &Piece, b: &Piece| b.score.total_cmp(&a.score).then(a.span.start.cmp(&b.span.start));
        self.found.sort_by(|(id, piece), (other, than)| id.cmp(other).then_with(|| best(piece, than)));
        let each = self.found.chunk_by(|(id, _), (next, _)| id == next);
        let scored = each.map(|pieces| (pieces[0].0, together(pieces.iter().map(|(_, piece)| piece)), pieces));
        let mut heard: Vec<_> = scored.filter(|(_, score, _)| *score > 0.0).collect();
        let subs: Vec<TechniqueId> =
            heard.iter().filter(|(id, score, _)| id.is_sub() && *score >= keep).map(|(id, ..)| id.parent()).collect();
        heard.retain(|(id, score, _)| *score >= least && (id.is_sub() || !subs.contains(id)));
        heard.sort_by(|(a, score, _), (b, other, _)| other.total_cmp(score).then(a.cmp(b)));
        let hit = |(id, score, pieces)| TechniqueHit { id, score, evidence: evidence(pieces, reading) };
        heard.into_iter().map(hit).collect()
    }
}

/// Makes the evidence of the pieces of one technique, best first.
fn evidence(pieces: &[(TechniqueId, Piece)], reading: &Reading<'_>) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for (_, Piece { part, span, .. }) in pieces {
        if evidence.len() == EVIDENCE {
            break;
        }
        if !evidence.iter().any(|known| known.span == *span && known.part == *part) {
            evidence.push(reading.evidence(*part, *span));
        }
    }
    evidence
}

/// Adds up what the best pieces of different sentences say; each counts less than the one before.
fn together<'a>(mut pieces: impl Iterator<Item = &'a Piece>) -> f32 {
    let Some(best) = pieces.next() else { return 0.0 };
    if best.score >= 1.0 {
        return 1.0;
    }
    let mut seen = [best.sentence; SENTENCES];
    let (mut count, mut score, mut share) = (1, best.score, FADE);
    for piece in pieces.filter(|piece| !piece.topic) {
        if count == SENTENCES {
            break;
        }
        if !seen[..count].contains(&piece.sentence) {
            seen[count] = piece.sentence;
            count += 1;
            score += (1.0 - score) * piece.score * share;
            share *= FADE;
        }
    }
    score.min(SUREST)
}
