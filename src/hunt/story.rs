//! Whether an article tells an attack, or only mentions one: no hunt is proposed on a bare mention.

use std::collections::BTreeMap;

use crate::{
    article::Document,
    attack::{Catalogue, TechniqueHit},
    indicator::{Indicator, Kind, Place, Tier},
    text::{Evidence, Part},
};

/// A technique read with this much certainty is shown; single sentences are read best at 0.3.
const SURE: f32 = 0.4;
/// An id that is printed in the text has this score.
const PRINTED: f32 = 0.99;
/// Who tells an attack shows a technique in every so many bytes; who sells or comments takes many more.
const BYTES_A_TECHNIQUE: usize = 3_000;
/// A shorter text is a summary: it has no room to show more than one.
const SUMMARY: usize = 2_400;
/// The tactics of what an attack came to. A notice of a breach says that much, and nothing of how it was done.
const OUTCOMES: [&str; 3] = ["collection", "exfiltration", "impact"];
/// Of these, the tactics that products and people share with attackers: they take screenshots and copy data too.
const SHARED: [&str; 2] = ["collection", "exfiltration"];

/// Gives the words by which a title shows that its article is about something beside an attack.
pub(super) fn asides() -> Vec<String> {
    let words: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../assets/asides.toml")).expect("a test reads the shipped asides.toml");
    words.into_values().flatten().collect()
}

/// How much of an attack an article tells.
#[expect(clippy::struct_excessive_bools, reason = "four answers to four questions, in any combination")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Story {
    /// It gives something that can be looked for as it stands.
    concrete: bool,
    /// It is short, or shows many techniques for its length.
    dense: bool,
    /// It shows a technique that only attackers use.
    hostile: bool,
    /// Its title is about something else.
    aside: bool,
}

impl Story {
    pub(super) fn of(document: &Document, indicators: &[Indicator], techniques: &[TechniqueHit], aside: bool) -> Self {
        let concrete = indicators.iter().any(is_concrete);
        let length: usize = document.readable().map(|(block, _)| block.span.len()).sum();
        let sure = || techniques.iter().filter(|hit| hit.score >= SURE);
        let shown = sure().filter(|hit| !is_all(hit, &OUTCOMES)).count();
        let hostile = sure().any(|hit| !is_all(hit, &SHARED));
        Self { concrete, dense: length <= SUMMARY || shown * BYTES_A_TECHNIQUE >= length, hostile, aside }
    }

    /// Tells whether a technique that was read is shown by this article, so that its hunts fit.
    pub(super) fn shows(self, hit: &TechniqueHit) -> bool {
        is_printed(hit) || hit.score >= SURE && (self.concrete || self.dense && self.hostile && !self.aside)
    }

    /// Tells whether the commands in this article are an attacker's, not those of a how-to.
    pub(super) fn commands(self, shown: &[&TechniqueHit]) -> bool {
        self.concrete || !self.aside && !shown.is_empty()
    }

    /// Tells whether a hunt's own phrase is more than a mention here: in the title it is the topic itself.
    pub(super) fn tells(self, phrase: &Evidence) -> bool {
        self.concrete || !self.aside && (self.dense || phrase.part == Part::Title)
    }
}

/// Tells whether an indicator is one beyond doubt: a plain address in prose may be a link that the author recommends.
pub(super) fn is_concrete(indicator: &Indicator) -> bool {
    let announced = indicator.defanged || indicator.place == Place::IndicatorSection;
    indicator.tier == Tier::Indicator
        && match indicator.kind {
            Kind::AttackId | Kind::Asn | Kind::Mac | Kind::Email | Kind::UserAgent | Kind::CommandLine => false,
            Kind::Domain | Kind::Url | Kind::Onion | Kind::FileName => announced,
            Kind::Ipv4 | Kind::Ipv6 | Kind::Cidr => announced || matches!(indicator.place, Place::Table | Place::Code),
            _ => true,
        }
}

/// Tells whether a technique's id is printed in the text.
pub(super) fn is_printed(hit: &TechniqueHit) -> bool {
    hit.score >= PRINTED
}

/// Tells whether a technique that was read with certainty is one of how an attack was done, not of what it came to.
pub(super) fn is_means(hit: &TechniqueHit) -> bool {
    hit.score >= SURE && !is_all(hit, &OUTCOMES)
}

/// Tells whether a technique has no tactic but these.
fn is_all(hit: &TechniqueHit, tactics: &[&str]) -> bool {
    let technique = Catalogue::shipped().get(hit.id);
    technique.is_some_and(|technique| technique.tactics.iter().all(|tactic| tactics.contains(tactic)))
}

#[cfg(test)]
mod tests {
    use super::{Document, Story, TechniqueHit};
    use crate::{
        indicator::{Indicator, Kind, Place, Tier},
        text::{Evidence, Span},
    };

    fn hit(score: f32) -> TechniqueHit {
        TechniqueHit { id: "T1059.001".parse().unwrap(), score, evidence: Vec::new() }
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
        let phrase = Evidence::in_field("ransom note");
        assert!(!story(200, &[], true).tells(&phrase));
        assert!(story(200, &[domain()], true).tells(&phrase));
    }

    #[test]
    fn a_phrase_is_a_mention_in_a_long_text_but_the_topic_in_a_title() {
        let title = "Supply chain attack";
        let long = story(9_000, &[], false);
        assert!(!long.tells(&Evidence::in_text(title, Span::new(0, 12))));
        assert!(long.tells(&Evidence::in_title(title, Span::new(0, 12))));
    }

    #[test]
    fn what_an_attack_came_to_tells_nothing_of_how() {
        let outcome = TechniqueHit { id: "T1486".parse().unwrap(), ..hit(0.9) };
        let document = Document::from_plain(&"x".repeat(3_000));
        let told = Story::of(&document, &[], &[outcome.clone(), outcome.clone()], false);
        assert!(!told.shows(&outcome));
        assert!(Story::of(&document, &[], &[outcome.clone(), hit(0.9), hit(0.9)], false).shows(&outcome));
    }

    #[test]
    fn a_screenshot_alone_is_no_attack() {
        let screenshot = TechniqueHit { id: "T1113".parse().unwrap(), ..hit(0.9) };
        let document = Document::from_plain("A browser keeps a feature from taking screenshots.");
        let told = Story::of(&document, &[], std::slice::from_ref(&screenshot), false);
        assert!(!told.shows(&screenshot));
    }

    #[test]
    fn an_unsure_technique_is_not_shown() {
        assert!(!story(200, &[domain()], false).shows(&hit(0.35)));
    }

    #[test]
    fn the_words_are_read() {
        assert!(super::asides().iter().any(|word| word == "sentenced"));
    }
}
