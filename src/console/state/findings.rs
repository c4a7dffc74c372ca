use super::{super::pane::Pane, Open};
use crate::{indicator::Tier, text::Evidence};

/// A line of a pane that lists findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The head of a tier, with how many indicators it has.
    Tier(Tier, usize),
    /// An indicator, by its place in the briefing.
    Indicator(usize),
    /// A technique.
    Technique(usize),
    /// The head of the kill chain.
    KillChain,
    /// A phase.
    Phase(usize),
    /// A signal of the severity.
    Signal(usize),
    /// A hunt.
    Hunt(usize),
    /// Hunts that are not listed, by how many they are.
    MoreHunts(usize),
}

const TIERS: [Tier; 4] = [Tier::Indicator, Tier::Candidate, Tier::Reference, Tier::Rejected];

/// Lists the lines of a pane.
pub fn findings(open: &Open, pane: Pane) -> Vec<Finding> {
    let briefing = &open.item.briefing;
    match pane {
        Pane::Indicators => indicators(open),
        Pane::Techniques => {
            let mut lines: Vec<_> = (0..briefing.techniques.len()).map(Finding::Technique).collect();
            if !briefing.kill_chain.is_empty() {
                lines.push(Finding::KillChain);
                lines.extend((0..briefing.kill_chain.len()).map(Finding::Phase));
            }
            lines
        }
        Pane::Hunts => {
            let count = open.cards.as_ref().map_or(briefing.hunts.len(), Vec::len);
            let shown = count.min(open.hunts_shown);
            let mut lines: Vec<_> = (0..shown).map(Finding::Hunt).collect();
            lines.extend((count > shown).then_some(Finding::MoreHunts(count - shown)));
            lines
        }
        Pane::Reasons => (0..briefing.signals.len()).map(Finding::Signal).collect(),
        Pane::List | Pane::Article => Vec::new(),
    }
}

fn indicators(open: &Open) -> Vec<Finding> {
    let all = &open.item.briefing.indicators;
    let mut lines = Vec::new();
    for tier in TIERS {
        let of_tier = || all.iter().enumerate().filter(move |(_, indicator)| indicator.tier == tier);
        let count = of_tier().count();
        if count > 0 || (tier == Tier::Indicator && !all.is_empty()) {
            lines.push(Finding::Tier(tier, count));
        }
        if open.unfolded.contains(&tier) {
            lines.extend(of_tier().map(|(index, _)| Finding::Indicator(index)));
        }
    }
    lines
}

/// Returns the words that made a finding, and where they stand.
pub fn evidence_of(open: &Open, finding: Finding) -> Vec<Evidence> {
    let briefing = &open.item.briefing;
    match finding {
        Finding::Tier(..) | Finding::KillChain | Finding::MoreHunts(_) => Vec::new(),
        Finding::Indicator(index) => briefing.indicators.get(index).map_or_else(Vec::new, |indicator| {
            let text = &open.item.article.document.text;
            let phrase = text.get(indicator.span.range()).unwrap_or(&indicator.written).to_owned();
            vec![Evidence { span: indicator.span, phrase, part: crate::text::Part::Text }]
        }),
        Finding::Technique(index) => briefing.techniques.get(index).map_or_else(Vec::new, |hit| hit.evidence.clone()),
        Finding::Phase(index) => briefing.kill_chain.get(index).map_or_else(Vec::new, |hit| hit.evidence.clone()),
        Finding::Signal(index) => briefing.signals.get(index).map_or_else(Vec::new, |hit| vec![hit.evidence.clone()]),
        Finding::Hunt(index) => open.proposal(index).map_or_else(Vec::new, |hunt| hunt.because.clone()),
    }
}
