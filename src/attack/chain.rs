//! The kill chain: phases from the phrases of an article and from its techniques.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use serde::Deserialize;

use super::{
    Catalogue, Detector, Phase, PhaseHit, TechniqueHit, TechniqueId,
    rules::{Entry, Ledger, PhraseRules, Standing},
};
use crate::text::{Evidence, Part, Span};

/// At most this many pieces of evidence are kept for a phase.
const EVIDENCE: usize = 6;

/// What `assets/kill_chain.toml` says.
#[derive(Debug)]
struct Chain {
    least: f32,
    tactics: HashMap<String, Phase>,
    techniques: HashMap<TechniqueId, Phase>,
    rules: PhraseRules<Phase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least: f32,
    tactics: HashMap<String, Phase>,
    techniques: HashMap<TechniqueId, Phase>,
    rule: Vec<Entry<Phase>>,
}

impl Chain {
    /// Returns the chain compiled into the program.
    fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Chain> = LazyLock::new(|| {
            Chain::parse(include_str!("../../assets/kill_chain.toml")).expect("a test loads the asset")
        });
        &SHIPPED
    }

    fn parse(toml: &str) -> Result<Self, String> {
        let File { least, tactics, techniques, rule } = toml::from_str(toml).map_err(|error| error.to_string())?;
        Ok(Self { least, tactics, techniques, rules: PhraseRules::of(&rule)? })
    }

    /// Returns the phase that a technique shows.
    fn phase_of(&self, id: TechniqueId) -> Option<Phase> {
        let named = self.techniques.get(&id).or_else(|| self.techniques.get(&id.parent()));
        named.copied().or_else(|| {
            let tactics = &Catalogue::shipped().get(id)?.tactics;
            tactics.iter().find_map(|tactic| self.tactics.get(*tactic)).copied()
        })
    }
}

/// Finds the phases of an article in the order of the chain.
pub(super) fn phases(detector: &Detector<'_>, techniques: &[TechniqueHit]) -> Vec<PhaseHit> {
    let (chain, reading) = (Chain::shipped(), detector.reading);
    let mut found: BTreeMap<Phase, Vec<Evidence>> = BTreeMap::new();
    for hit in techniques.iter().filter(|hit| hit.score >= chain.least) {
        if let (Some(phase), Some(evidence)) = (chain.phase_of(hit.id), hit.evidence.first()) {
            add(&mut found, phase, evidence.part, evidence.span, || evidence.clone());
        }
    }
    let mut ledger = Ledger::new(&chain.rules, reading);
    for weighed in detector.sentences.iter().filter(|_| detector.is_security) {
        chain.rules.fire(reading, reading.words(weighed.sentence), &mut ledger, |firing| {
            if firing.standing == Standing::Fires && firing.score * weighed.weight >= chain.least {
                let (part, span) = (weighed.sentence.part, firing.span);
                add(&mut found, firing.id, part, span, || reading.evidence(part, span));
            }
        });
    }
    found.into_iter().map(|(phase, evidence)| PhaseHit { phase, evidence }).collect()
}

/// Adds evidence for a phase, unless there is enough of it or it is known by its place.
fn add(
    found: &mut BTreeMap<Phase, Vec<Evidence>>,
    phase: Phase,
    part: Part,
    span: Span,
    evidence: impl FnOnce() -> Evidence,
) {
    let pieces = found.entry(phase).or_default();
    if pieces.len() < EVIDENCE && !pieces.iter().any(|known| known.part == part && known.span == span) {
        pieces.push(evidence());
    }
}

#[cfg(test)]
mod tests {
    use super::{Chain, Phase};
    use crate::attack::Catalogue;

    #[test]
    fn every_active_technique_leads_to_a_phase() {
        for technique in Catalogue::shipped().active() {
            assert!(Chain::shipped().phase_of(technique.id).is_some(), "{} leads nowhere", technique.id);
        }
    }

    #[test]
    fn the_named_techniques_are_active() {
        for id in Chain::shipped().techniques.keys() {
            assert!(Catalogue::shipped().get(*id).is_some_and(|technique| technique.active), "{id} is not active");
        }
    }

    #[test]
    fn a_subtechnique_follows_its_parent() {
        let phase = |id: &str| Chain::shipped().phase_of(id.parse().unwrap());
        assert_eq!(phase("T1053.005"), Some(Phase::Install));
        assert_eq!(phase("T1566.001"), Some(Phase::Delivery));
        assert_eq!(phase("T1071.001"), Some(Phase::C2));
        assert_eq!(phase("T1486"), Some(Phase::Actions));
    }
}
