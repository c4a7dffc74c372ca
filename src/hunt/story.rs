//! Whether an article tells an attack, or only mentions one: no hunt is proposed on a bare mention.

use std::collections::BTreeMap;

use crate::{
    article::Document,
    attack::TechniqueHit,
    indicator::{Indicator, Kind, Tier},
};

/// A technique read with this much certainty is shown.
const SURE: f32 = 0.6;
/// An id that is printed in the text has this score.
const PRINTED: f32 = 0.99;
/// Who tells an attack shows a technique in every so many bytes; who sells or comments takes many more.
const BYTES_A_TECHNIQUE: usize = 2_000;

/// Gives the words by which a title shows that its article is about something beside an attack.
pub(super) fn asides() -> Vec<String> {
    let words: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../assets/asides.toml")).expect("a test reads the shipped asides.toml");
    words.into_values().flatten().collect()
}

/// How much of an attack an article tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    /// It gives something that can be looked for as it stands.
    concrete: bool,
    /// It shows many techniques for its length.
    dense: bool,
    /// Its title is about something else.
    aside: bool,
}

impl Story {
    pub(super) fn of(document: &Document, indicators: &[Indicator], techniques: &[TechniqueHit], aside: bool) -> Self {
        let huntable = |kind| !matches!(kind, Kind::AttackId | Kind::Asn | Kind::Mac);
        let concrete = indicators.iter().any(|one| one.tier == Tier::Indicator && huntable(one.kind));
        let length: usize = document.readable().map(|(block, _)| block.span.len()).sum();
        let shown = techniques.iter().filter(|hit| hit.score >= SURE).count();
        Self { concrete, dense: shown * BYTES_A_TECHNIQUE >= length, aside }
    }

    /// Tells whether a technique that was read is shown by this article, so that its hunts fit.
    pub(super) fn shows(self, hit: &TechniqueHit) -> bool {
        hit.score >= PRINTED || hit.score >= SURE && (self.concrete || self.dense && !self.aside)
    }

    /// Tells whether a specific phrase in this article is more than an aside.
    pub(super) fn tells(self) -> bool {
        self.concrete || !self.aside
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Story, TechniqueHit};
    use crate::{
        indicator::{Indicator, Kind, Place, Tier},
        text::Span,
    };

    fn hit(score: f32) -> TechniqueHit {
        TechniqueHit { id: "T1486".parse().unwrap(), score, evidence: Vec::new() }
    }

    fn story(length: usize, indicators: &[Indicator], aside: bool) -> Story {
        Story::of(&Document::from_plain(&"x".repeat(length)), indicators, &[hit(0.8)], aside)
    }

    fn domain() -> Indicator {
        Indicator {
            kind: Kind::Domain,
            value: "evil.example".into(),
            written: "evil[.]example".into(),
            span: Span::default(),
            defanged: true,
            place: Place::Prose,
            tier: Tier::Indicator,
            reason: None,
        }
    }

    #[test]
    fn a_bare_mention_in_a_long_text_shows_nothing() {
        assert!(story(200, &[], false).shows(&hit(0.8)));
        assert!(!story(9_000, &[], false).shows(&hit(0.8)));
        assert!(story(9_000, &[domain()], false).shows(&hit(0.8)));
        assert!(story(9_000, &[], false).shows(&hit(1.0)), "a printed id");
    }

    #[test]
    fn an_article_about_the_aftermath_tells_no_attack() {
        assert!(!story(200, &[], true).shows(&hit(0.8)));
        assert!(!story(200, &[], true).tells());
        assert!(story(200, &[domain()], true).tells());
    }

    #[test]
    fn an_unsure_technique_is_not_shown() {
        assert!(!story(200, &[domain()], false).shows(&hit(0.5)));
    }

    #[test]
    fn the_words_are_read() {
        assert!(super::asides().iter().any(|word| word == "sentenced"));
    }
}
