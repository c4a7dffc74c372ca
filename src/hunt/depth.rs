//! How deep an article goes into an attack, for those who decide whether its hunts are worth an analyst's time.

use super::{Catalogue, Proposal, act, story, trigger};
use crate::{
    article::Document,
    attack::TechniqueHit,
    indicator::{Indicator, Kind},
    text::{Evidence, Part},
};

/// As many techniques told make an attack.
const SEVERAL: usize = 2;
/// As many pieces of evidence of one technique are read for an act.
const READ: usize = 4;

/// How deep an article goes into an attack.
#[derive(Clone, Copy, Debug)]
pub struct Depth<'a> {
    title: &'a str,
    text: &'a str,
    concrete: bool,
    told: bool,
}

impl<'a> Depth<'a> {
    /// Reads how deep an article goes.
    pub fn of(title: &'a str, document: &'a Document, indicators: &[Indicator], techniques: &[TechniqueHit]) -> Self {
        // The number of a vulnerability is no trace of an attack.
        let trace = |one: &Indicator| one.kind != Kind::Cve && story::is_concrete(one);
        let concrete = techniques.iter().any(story::is_printed) || indicators.iter().any(trace);
        let mut depth = Self { title, text: &document.text, concrete, told: concrete };
        let told = |hit: &&TechniqueHit| story::is_means(hit) && depth.is_act(&hit.evidence);
        depth.told = concrete || techniques.iter().filter(told).take(SEVERAL).count() == SEVERAL;
        depth
    }

    /// Tells whether the article gives something that can be looked for as it stands: an indicator, a printed technique.
    pub const fn is_concrete(&self) -> bool {
        self.concrete
    }

    /// Tells whether the article says of several techniques that an attacker used them.
    pub const fn tells_attack(&self) -> bool {
        self.told
    }

    /// Tells whether what speaks for a hunt stands in a sentence that tells what an attacker did.
    pub fn tells(&self, hunt: &Proposal) -> bool {
        self.is_act(&hunt.because)
    }

    fn is_act(&self, evidence: &[Evidence]) -> bool {
        evidence.iter().take(READ).any(|one| match one.part {
            Part::Title => act::is_told(self.title, one.span),
            Part::Text => act::is_told(self.text, one.span),
            Part::Field => false,
        })
    }
}

impl Catalogue {
    /// Tells whether a title names what a proposed hunt is for, by one of the hunt's own phrases.
    pub fn is_topic(&self, proposal: &Proposal) -> bool {
        let Some(hunt) = self.get(&proposal.id) else { return false };
        let own = |words: &str| hunt.triggers.phrases.iter().any(|own| trigger::fold(own) == trigger::fold(words));
        proposal.because.iter().any(|evidence| evidence.part == Part::Title && own(&evidence.phrase))
    }
}
