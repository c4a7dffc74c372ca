//! Values as the columns hold them.

use jiff::Timestamp;
use rusqlite::types::ToSqlOutput;

use super::sql::Value;
use crate::{
    attack::{Phase, TechniqueId},
    briefing::Severity,
    indicator::Kind,
    source::FeedState,
    text::{FNV_PRIME, fnv, fnv_on},
    triage::{State, Verdict},
};

/// The length of a day in seconds.
pub(super) const DAY: i64 = 86_400;

/// The states, each at its number. Written to disk: append, never reorder.
const STATES: [State; 5] = [State::New, State::Read, State::Reviewed, State::Dismissed, State::Snoozed];

/// The verdicts, each at its number. Written to disk: append, never reorder.
const VERDICTS: [Verdict; 3] = [Verdict::Relevant, Verdict::NotRelevant, Verdict::Escalated];

/// The severities, each at its number. Written to disk: append, never reorder.
const SEVERITIES: [Severity; 4] = [Severity::Low, Severity::Med, Severity::High, Severity::Crit];

/// The greatest number that a kind may have: the last bit that a signed number has to give.
pub(super) const MAX_KIND_NUMBER: i64 = 62;

pub(super) fn state(number: i64) -> State {
    STATES.get(number as usize).copied().unwrap_or_default()
}

pub(super) fn state_number(state: State) -> i64 {
    position(&STATES, &state).unwrap_or_default()
}

pub(super) fn verdict(number: Option<i64>) -> Option<Verdict> {
    VERDICTS.get(number? as usize).copied()
}

pub(super) fn verdict_number(verdict: Verdict) -> i64 {
    position(&VERDICTS, &verdict).unwrap_or_default()
}

pub(super) fn severity(number: i64) -> Severity {
    SEVERITIES.get(number as usize).copied().unwrap_or_default()
}

/// Returns the number of a severity; the worse the greater.
pub(super) fn severity_number(severity: Severity) -> i64 {
    position(&SEVERITIES, &severity).unwrap_or_default()
}

/// Returns the number of a kind of indicator, which is also that of its bit in a set of kinds.
pub(super) fn kind_number(kind: Kind) -> i64 {
    i64::from(kind.number())
}

/// Returns the number of a phase's bit in a set of phases.
pub(super) fn phase_bit(phase: Phase) -> i64 {
    position(&Phase::ALL, &phase).unwrap_or_default()
}

/// Returns a technique as a number: `T1059.001` is 1059001, `T1059` is 1059000, so that a parent is a range.
pub(super) fn technique_number(id: TechniqueId) -> i64 {
    let (technique, sub) = id.numbers();
    i64::from(technique) * 1_000 + i64::from(sub)
}

/// Returns the technique that a number stands for.
pub(super) fn technique(number: i64) -> Option<TechniqueId> {
    let technique = u16::try_from(number / 1_000).ok().filter(|technique| (1..10_000).contains(technique))?;
    Some(TechniqueId::new(technique, u16::try_from(number % 1_000).ok()?))
}

fn position<T: PartialEq>(list: &[T], item: &T) -> Option<i64> {
    list.iter().position(|known| known == item).map(|at| at as i64)
}

/// Returns a time; a number out of range, which nobody writes, becomes 1970.
pub(super) fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}

pub(super) fn feed_state(name: &str) -> FeedState {
    match name {
        "ok" => FeedState::Ok,
        "unchanged" => FeedState::Unchanged,
        "empty" => FeedState::Empty,
        "repaired" => FeedState::Repaired,
        "failing" => FeedState::Failing,
        _ => FeedState::Waiting,
    }
}

/// Splits a column that has a value a line.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A value of a query on its way to the engine.
pub(super) struct Bound<'a>(pub &'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0 {
            Value::Integer(number) => number.to_sql(),
            Value::Text(text) => text.to_sql(),
        }
    }
}

/// Returns a digest that stays the same from one version of the program to the next (FNV-1a).
pub(super) fn digest(parts: &[&[u8]]) -> i64 {
    let mut hash = fnv(b"");
    for part in parts {
        hash = fnv_on(hash, part);
        // Sets the parts off from one another, so that a letter moved from one to the next shows.
        hash = (hash ^ 0x1ff).wrapping_mul(FNV_PRIME);
    }
    hash as i64
}

#[cfg(test)]
mod tests {
    use super::{
        MAX_KIND_NUMBER, SEVERITIES, STATES, VERDICTS, digest, kind_number, severity_number, state_number, technique,
        technique_number, verdict_number,
    };
    use crate::{
        briefing::Severity,
        indicator::Kind,
        triage::{State, Verdict},
    };

    #[test]
    fn every_value_has_a_number_of_its_own() {
        assert_eq!(State::ALL.map(state_number).map(|number| STATES[number as usize]), State::ALL);
        assert_eq!(Verdict::ALL.map(verdict_number).map(|number| VERDICTS[number as usize]), Verdict::ALL);
        assert_eq!(Severity::ALL.map(severity_number).map(|number| SEVERITIES[number as usize]), Severity::ALL);
        assert!(
            Kind::ALL.into_iter().all(|kind| kind_number(kind) <= MAX_KIND_NUMBER),
            "a set of kinds has no bit left"
        );
    }

    #[test]
    fn techniques_are_numbered_by_parent() {
        for (id, number) in [("T1059", 1_059_000), ("T1059.001", 1_059_001), ("T9999.999", 9_999_999)] {
            let id = id.parse().unwrap();
            assert_eq!((technique_number(id), technique(number)), (number, Some(id)));
        }
        assert_eq!((technique(0), technique(-5), technique(10_000_000)), (None, None, None));
    }

    #[test]
    fn a_digest_tells_its_parts_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab", b"c"]), digest(&[b"ab", b"c"]));
    }
}
