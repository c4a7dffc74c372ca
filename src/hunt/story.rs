//! Whether an article tells an attack, or only mentions one: no hunt is proposed on a bare mention.

use std::collections::BTreeMap;

use super::act;
use crate::{
    attack::{Catalogue, TechniqueHit},
    indicator::{Indicator, Tier},
    reading::Reading,
    text::{Evidence, Part},
};

/// A technique read with this much certainty is shown.
const SURE: f32 = 0.4;
/// One read with this much, at which single sentences are read best, is shown where its sentence tells of an act.
const WEAK: f32 = 0.3;
/// An id that is printed in the text has this score.
const PRINTED: f32 = 0.99;
/// Who tells an attack shows a technique in every so many bytes; who sells or comments takes many more.
const BYTES_A_TECHNIQUE: usize = 3_000;
/// A shorter text is a summary: it has no room to show more than one.
const SUMMARY: usize = 2_400;
/// The tactics of what an attack came to. A notice of a breach says that much, and nothing of how it was done.
const OUTCOMES: [&str; 3] = ["collection", "exfiltration", "impact"];

/// Returns the words by which a title shows that its article is about something beside an attack.
pub(super) fn asides() -> Vec<String> {
    let words: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../assets/asides.toml")).expect("a test reads the shipped asides.toml");
    words.into_values().flatten().collect()
}

/// How much of an attack an article tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story<'a> {
    reading: &'a Reading<'a>,
    /// It gives something that can be looked for as it stands.
    concrete: bool,
    /// It is short, or shows many techniques for its length.
    dense: bool,
    /// Its title is about something else.
    aside: bool,
}

impl<'a> Story<'a> {
    pub(super) fn of(
        reading: &'a Reading<'a>,
        indicators: &[Indicator],
        techniques: &[TechniqueHit],
        aside: bool,
    ) -> Self {
        let concrete = indicators.iter().any(is_concrete);
        let length: usize = reading.document().readable().map(|(block, _)| block.span.len()).sum();
        let shown = techniques.iter().filter(|hit| is_sure(hit) && !is_outcome(hit)).count();
        let dense = length <= SUMMARY || shown * BYTES_A_TECHNIQUE >= length;
        Self { reading, concrete, dense, aside }
    }

    /// Returns `true` if a technique that was read is shown by this article, so that its hunts fit.
    pub(super) fn shows(self, hit: &TechniqueHit) -> bool {
        let is_act = || act::any_told(self.reading, &hit.evidence);
        let attack = self.concrete || self.dense && !self.aside;
        is_printed(hit) || attack && (is_sure(hit) || hit.score >= WEAK && is_act())
    }

    /// Returns `true` if the commands in this article are an attacker's, not those of a how-to.
    pub(super) fn commands(self, shown: &[&TechniqueHit]) -> bool {
        self.concrete || !self.aside && !shown.is_empty()
    }

    /// Returns `true` if a hunt's own phrase is more than a mention here: in the title it is the topic itself.
    pub(super) fn tells(self, phrase: &Evidence) -> bool {
        self.concrete || !self.aside && (self.dense || phrase.part == Part::Title)
    }
}

/// Returns `true` if an indicator is one beyond doubt: a plain address in prose may be a link that the author
/// recommends.
pub(super) fn is_concrete(indicator: &Indicator) -> bool {
    indicator.tier == Tier::Indicator && indicator.is_concrete()
}

/// Returns `true` if a technique's id is printed in the text.
pub(super) fn is_printed(hit: &TechniqueHit) -> bool {
    hit.score >= PRINTED
}

/// Returns `true` if a technique was read with certainty.
pub(super) fn is_sure(hit: &TechniqueHit) -> bool {
    hit.score >= SURE
}

/// Returns `true` if a technique is only one of what an attack came to.
fn is_outcome(hit: &TechniqueHit) -> bool {
    let technique = Catalogue::shipped().get(hit.id);
    technique.is_some_and(|technique| technique.tactics.iter().all(|tactic| OUTCOMES.contains(tactic)))
}

#[cfg(test)]
mod tests {
    use super::{Reading, Story, TechniqueHit};
    use crate::{
        article::Document,
        indicator::{Indicator, Kind, Place, Tier},
        text::{Evidence, Span},
    };

    fn hit(score: f32) -> TechniqueHit {
        TechniqueHit { id: "T1059.001".parse().unwrap(), score, evidence: Vec::new() }
    }

    fn shows(length: usize, indicators: &[Indicator], aside: bool, hit: &TechniqueHit) -> bool {
        let document = Document::from_plain(&"x".repeat(length));
        Story::of(&Reading::of("", &document), indicators, std::slice::from_ref(hit), aside).shows(hit)
    }

    fn tells(length: usize, indicators: &[Indicator], aside: bool, phrase: &Evidence) -> bool {
        let document = Document::from_plain(&"x".repeat(length));
        Story::of(&Reading::of("", &document), indicators, &[hit(0.8)], aside).tells(phrase)
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
        assert!(shows(200, &[], false, &hit(0.8)));
        assert!(!shows(9_000, &[], false, &hit(0.8)));
        assert!(shows(9_000, &[domain()], false, &hit(0.8)));
        assert!(shows(9_000, &[], false, &hit(1.0)), "a printed id");
    }

    #[test]
    fn an_article_about_the_aftermath_tells_no_attack() {
        assert!(!shows(200, &[], true, &hit(0.8)));
        let phrase = Evidence::in_field("ransom note");
        assert!(!tells(200, &[], true, &phrase));
        assert!(tells(200, &[domain()], true, &phrase));
    }

    #[test]
    fn a_phrase_is_a_mention_in_a_long_text_but_the_topic_in_a_title() {
        let title = "Supply chain attack";
        assert!(!tells(9_000, &[], false, &Evidence::in_text(title, Span::new(0, 12))));
        assert!(tells(9_000, &[], false, &Evidence::in_title(title, Span::new(0, 12))));
    }

    #[test]
    fn what_an_attack_came_to_tells_nothing_of_how() {
        let outcome = TechniqueHit { id: "T1486".parse().unwrap(), ..hit(0.9) };
        let document = Document::from_plain(&"x".repeat(3_000));
        let reading = Reading::of("", &document);
        let told = Story::of(&reading, &[], &[outcome.clone(), outcome.clone()], false);
        assert!(!told.shows(&outcome));
        assert!(Story::of(&reading, &[], &[outcome.clone(), hit(0.9), hit(0.9)], false).shows(&outcome));
    }

    #[test]
    fn an_unsure_technique_is_shown_where_an_act_is_told() {
        for (text, shown) in [("Attackers ran PowerShell.", true), ("PowerShell turns twenty.", false)] {
            let at = text.find("PowerShell").unwrap();
            let evidence = vec![Evidence::in_text(text, Span::new(at, at + 10))];
            let hit = TechniqueHit { evidence, ..hit(0.35) };
            let document = Document::from_plain(text);
            let reading = Reading::of("", &document);
            assert_eq!(Story::of(&reading, &[domain()], &[], false).shows(&hit), shown, "{text}");
        }
    }

    #[test]
    fn the_words_are_read() {
        assert!(super::asides().iter().any(|word| word == "sentenced"));
    }
}
