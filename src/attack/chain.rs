//! The kill chain: phases from the phrases of an article and from its techniques.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use serde::Deserialize;

use super::{
    Catalogue, Phase, PhaseHit, TechniqueHit, TechniqueId,
    reading::Reading,
    rules::{Entry, Rules},
};
use crate::{
    article::Document,
    text::{Evidence, Part},
};

/// At most this many pieces of evidence are kept for a phase.
const EVIDENCE: usize = 6;

/// What `assets/kill_chain.toml` says.
#[derive(Debug)]
struct Chain {
    least: f32,
    tactics: HashMap<String, Phase>,
    techniques: HashMap<TechniqueId, Phase>,
    rules: Rules<Phase>,
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
    fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Chain> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let file: File =
                toml::from_str(include_str!("../../assets/kill_chain.toml")).expect("a test loads the asset");
            let File { least, tactics, techniques, rule } = file;
            Self { least, tactics, techniques, rules: Rules::of(&rule) }
        })
    }

    /// Gives the phase that a technique shows.
    fn phase_of(&self, id: TechniqueId) -> Option<Phase> {
        let named = self.techniques.get(&id).or_else(|| self.techniques.get(&id.parent()));
        named.copied().or_else(|| {
            let tactics = &Catalogue::shipped().get(id)?.tactics;
            tactics.iter().find_map(|tactic| self.tactics.get(*tactic)).copied()
        })
    }
}

/// Finds the phases of an article in the order of the chain.
pub(super) fn phases(title: &str, document: &Document, techniques: &[TechniqueHit]) -> Vec<PhaseHit> {
    let chain = Chain::shipped();
    let mut found: BTreeMap<Phase, Vec<Evidence>> = BTreeMap::new();
    for hit in techniques.iter().filter(|hit| hit.score >= chain.least) {
        if let (Some(phase), Some(evidence)) = (chain.phase_of(hit.id), hit.evidence.first()) {
            add(&mut found, phase, evidence.clone());
        }
    }
    let reading = Reading::of(title, document);
    for sentence in reading.sentences.iter().filter(|_| reading.is_security) {
        chain.rules.fire(reading.words(sentence), |firing| {
            if firing.score * sentence.weight >= chain.least {
                let evidence = match sentence.part {
                    Part::Title => Evidence::in_title(title, firing.span),
                    Part::Text | Part::Field => Evidence::in_text(&document.text, firing.span),
                };
                add(&mut found, firing.id, evidence);
            }
        });
    }
    found.into_iter().map(|(phase, evidence)| PhaseHit { phase, evidence }).collect()
}

fn add(found: &mut BTreeMap<Phase, Vec<Evidence>>, phase: Phase, evidence: Evidence) {
    let pieces = found.entry(phase).or_default();
    if pieces.len() < EVIDENCE && !pieces.contains(&evidence) {
        pieces.push(evidence);
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
