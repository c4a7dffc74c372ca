//! Signals added up to a score, and the ceilings over it.

use std::borrow::Cow;

use super::{
    FoundBeside, Judgement, Severity, Signal, advisory,
    asset::{Bands, Count, Counted},
    findings::SignalFinding,
    rules::{Other, SignalRule, SignalRules},
    zone::Zone,
};
use crate::{
    article::{Advisory, Article},
    indicator::{Kind, Tier},
    text::{Evidence, Part},
};

/// The signals of one article.
#[derive(Debug, Default)]
pub(super) struct Sum {
    signals: Vec<Signal>,
    tags: Vec<String>,
    /// The lowest ceiling.
    ceiling: Option<(Severity, Signal)>,
}

impl Sum {
    /// Adds a signal; one without points is not told of.
    pub(super) fn add(&mut self, signal: Signal) {
        if signal.points != 0 {
            self.signals.push(signal);
        }
    }

    /// Adds every signal of the asset that the article gives, in the order of the asset.
    pub(super) fn add_all(&mut self, found: &FoundBeside<'_>, findings: &[Option<SignalFinding>], rules: &SignalRules) {
        // What each signal of the asset was made of, once it is known to hold.
        let mut held: Vec<Option<Cow<'_, Evidence>>> = Vec::with_capacity(rules.signals.len());
        for (rule, finding) in rules.signals.iter().zip(findings) {
            let made = made(rule, finding.as_ref(), found, &held);
            if let Some((points, evidence)) = &made {
                self.hold(rule, *points, evidence);
            }
            held.push(made.map(|(_, evidence)| evidence));
        }
    }

    /// Adds what the fields of an advisory say, and the counts.
    pub(super) fn add_advisory(
        &mut self,
        article: &Article,
        advisory: &Advisory,
        found: &FoundBeside<'_>,
        findings: &[Option<SignalFinding>],
        rules: &SignalRules,
    ) {
        for rule in rules.signals.iter().filter(|rule| rule.count.is_some()) {
            if let Some((points, evidence)) = made(rule, None, found, &[]) {
                self.add(Signal { name: rule.name.clone(), points, evidence: evidence.into_owned() });
            }
        }
        let evidence = |name: &str| {
            let number = rules.signals.iter().position(|rule| rule.name == name)?;
            findings[number].as_ref().map(|finding| finding.evidence.clone())
        };
        let points = &rules.advisory;
        let (wide, niche) = (evidence(&points.wide_signal), evidence(&points.niche_signal));
        for signal in advisory::signals(article, advisory, points, wide, niche) {
            self.add(signal);
        }
        self.tags.extend(advisory::tags(advisory).map(str::to_owned));
        if advisory.withdrawn {
            let signal = Signal { name: "withdrawn".into(), points: 0, evidence: Evidence::in_field("withdrawn") };
            self.ceiling = Some((Severity::Low, signal));
        }
    }

    fn hold(&mut self, rule: &SignalRule, points: i32, evidence: &Evidence) {
        for tag in &rule.tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
            }
        }
        let signal = || Signal { name: rule.name.clone(), points, evidence: evidence.clone() };
        if let Some(severity) = rule.at_most
            && self.ceiling.as_ref().is_none_or(|(lowest, _)| severity < *lowest)
        {
            self.ceiling = Some((severity, signal()));
        }
        if points != 0 {
            self.add(signal());
        }
    }

    /// Returns the judgement; what is above the ceiling is taken off in the ceiling's name.
    ///
    /// Nothing is taken off what the user watches.
    pub(super) fn judgement(mut self, bands: Bands, watched: Vec<Signal>) -> Judgement {
        let score = |signals: &[Signal]| signals.iter().map(|signal| signal.points).sum::<i32>();
        if let Some((severity, mut signal)) = self.ceiling.take() {
            let over = score(&self.signals) - bands.top(severity);
            if over > 0 {
                signal.points = -over;
                self.signals.push(signal);
            }
        }
        self.signals.extend(watched);
        let score = score(&self.signals);
        Judgement { severity: bands.severity(score), score, signals: self.signals, tags: self.tags }
    }
}

/// Returns the points of a signal and what made it, when the article gives it.
fn made<'a>(
    rule: &SignalRule,
    finding: Option<&'a SignalFinding>,
    found: &FoundBeside<'_>,
    held: &[Option<Cow<'a, Evidence>>],
) -> Option<(i32, Cow<'a, Evidence>)> {
    // Most signals are not found, and nothing else has to be asked of those.
    if rule.has_phrases() && finding.is_none() && rule.count.is_none() {
        return None;
    }
    let evidence = |other: &Other| held.get(other.number).and_then(Option::as_ref);
    let holds = |other: &Other| evidence(other).is_some_and(|words| !other.in_title || words.part == Part::Title);
    if !rule.all.iter().all(|group| group.iter().any(holds)) || rule.without.iter().any(holds) {
        return None;
    }
    if let Some(count) = rule.count {
        return counted(count, found).map(|(points, evidence)| (points, Cow::Owned(evidence)));
    }
    if rule.has_phrases() {
        return finding.map(|finding| (rule.points(finding.zone), Cow::Borrowed(&finding.evidence)));
    }
    // Made of others: the first of them stands for all; a ceiling made of what is missing has no words.
    let first = rule.all.first().and_then(|group| group.iter().find(|other| holds(other)));
    Some((
        rule.points(Zone::Lead),
        first.and_then(evidence).cloned().unwrap_or_else(|| Cow::Owned(Evidence::in_field(""))),
    ))
}

fn counted(count: Count, found: &FoundBeside<'_>) -> Option<(i32, Evidence)> {
    let indicators = || found.indicators.iter().filter(|hit| hit.tier == Tier::Indicator);
    let number = match count.of {
        Counted::Hunts => found.hunts.len(),
        Counted::Techniques => found.techniques.len(),
        Counted::Indicators => indicators().count(),
        Counted::Observables => indicators().filter(|hit| hit.kind != Kind::Cve).count(),
    };
    let points = i32::try_from(number).unwrap_or(i32::MAX).saturating_mul(count.each).min(count.most);
    (number >= count.least.max(1)).then(|| (points, Evidence::in_field(number.to_string())))
}
