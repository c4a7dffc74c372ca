//! What every sentence says, put together into one verdict for each technique.

use std::collections::BTreeMap;

use super::{Reading, TechniqueHit, TechniqueId};
use crate::text::{Evidence, Part, Span};

/// At most this many pieces of evidence are kept for a technique.
const EVIDENCE: usize = 8;
/// Each further sentence counts for this much of what the one before it counted for.
const FADE: f32 = 0.5;
/// No inference is as sure as a printed id.
const SUREST: f32 = 0.98;

/// The evidence for every technique of one article.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    found: BTreeMap<TechniqueId, Vec<Piece>>,
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
        self.found.entry(id).or_default().push(piece);
    }

    /// Gives the techniques, best first; a parent is left out where a sub-technique of at least `keep` stands.
    pub(super) fn hits(self, reading: &Reading<'_>, keep: f32) -> Vec<TechniqueHit> {
        let mut hits: Vec<TechniqueHit> =
            self.found.into_iter().filter_map(|(id, pieces)| hit(id, pieces, reading)).collect();
        let subs: Vec<TechniqueId> =
            hits.iter().filter(|hit| hit.id.is_sub() && hit.score >= keep).map(|hit| hit.id.parent()).collect();
        hits.retain(|hit| hit.id.is_sub() || !subs.contains(&hit.id));
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        hits
    }
}

fn hit(id: TechniqueId, mut pieces: Vec<Piece>, reading: &Reading<'_>) -> Option<TechniqueHit> {
    pieces.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.span.start.cmp(&b.span.start)));
    let score = together(&pieces);
    let mut evidence: Vec<Evidence> = Vec::new();
    for Piece { part, span, .. } in &pieces {
        let is_known = |known: &Evidence| known.span == *span && known.part == *part;
        if evidence.len() < EVIDENCE && !evidence.iter().any(is_known) {
            evidence.push(reading.evidence(*part, *span));
        }
    }
    (score > 0.0).then_some(TechniqueHit { id, score, evidence })
}

/// Adds up what the best pieces of different sentences say; each counts less than the one before.
fn together(pieces: &[Piece]) -> f32 {
    let Some(best) = pieces.first() else { return 0.0 };
    if best.score >= 1.0 {
        return 1.0;
    }
    let mut seen = vec![best.sentence];
    let mut score = best.score;
    let mut share = FADE;
    for piece in &pieces[1..] {
        if seen.len() == 5 {
            break;
        }
        if !piece.topic && !seen.contains(&piece.sentence) {
            seen.push(piece.sentence);
            score += (1.0 - score) * piece.score * share;
            share *= FADE;
        }
    }
    score.min(SUREST)
}
