//! How deep an article goes into an attack, for those who decide whether its hunts are worth an analyst's time.

use super::{Catalogue, Proposal, act, story};
use crate::{
    attack::TechniqueHit,
    indicator::{Indicator, Kind},
    reading::{Reading, word_parts},
    text::Part,
};

/// As many techniques told are more than talk.
const SEVERAL: usize = 3;

/// How deep an article goes into an attack.
#[derive(Clone, Copy, Debug)]
pub struct Depth<'a> {
    reading: &'a Reading<'a>,
    concrete: bool,
}

impl<'a> Depth<'a> {
    /// Reads how deep an article goes.
    pub fn of(reading: &'a Reading<'a>, indicators: &[Indicator], techniques: &[TechniqueHit]) -> Self {
        // The number of a vulnerability is no trace of an attack.
        let trace = |one: &Indicator| one.kind != Kind::Cve && story::is_concrete(one);
        let concrete = techniques.iter().any(story::is_printed) || indicators.iter().any(trace);
        Self { reading, concrete }
    }

    /// Returns `true` if the article gives something that can be looked for as it stands: an indicator, a printed
    /// technique.
    pub const fn is_concrete(&self) -> bool {
        self.concrete
    }

    /// Returns `true` if several techniques stand in sentences that tell what an attacker did.
    pub fn tells_several(&self, techniques: &[TechniqueHit]) -> bool {
        let told = |hit: &&TechniqueHit| story::is_sure(hit) && act::any_told(self.reading, &hit.evidence);
        techniques.iter().filter(told).take(SEVERAL).count() == SEVERAL
    }

    /// Returns `true` if what speaks for a hunt stands in a sentence that tells what an attacker did.
    pub fn tells(&self, hunt: &Proposal) -> bool {
        act::any_told(self.reading, &hunt.because)
    }
}

impl Catalogue {
    /// Returns `true` if a title names what a proposed hunt is for, by one of the hunt's own phrases.
    pub fn is_topic(&self, proposal: &Proposal) -> bool {
        let Some(hunt) = self.get(&proposal.id) else { return false };
        let own = |phrase: &str| hunt.triggers.phrases.iter().any(|own| words(own).eq(words(phrase)));
        proposal.because.iter().any(|evidence| evidence.part == Part::Title && own(&evidence.phrase))
    }
}

/// Returns the hashes of the words of a phrase; what parts them does not matter.
fn words(phrase: &str) -> impl Iterator<Item = u64> {
    word_parts(phrase).map(|(_, hash)| hash)
}
