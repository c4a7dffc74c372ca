//! Values as the columns hold them.

use jiff::Timestamp;
use rusqlite::types::ToSqlOutput;

use super::{FeedState, State, Verdict};
use crate::{
    briefing::Severity,
    query::Value,
    text::{FNV_PRIME, fnv, fnv_on},
};

/// The length of a day in seconds.
pub(super) const DAY: i64 = 86_400;

/// The states, each at its number in `query::state_number`.
pub(super) const STATES: [State; 5] = [State::New, State::Read, State::Reviewed, State::Dismissed, State::Snoozed];

const VERDICTS: [Verdict; 3] = [Verdict::Relevant, Verdict::NotRelevant, Verdict::Escalated];

/// The severities, each at its number in `query::severity_number`.
pub(super) const SEVERITIES: [Severity; 4] = [Severity::Low, Severity::Med, Severity::High, Severity::Crit];

pub(super) fn state(number: i64) -> State {
    STATES.get(number as usize).copied().unwrap_or_default()
}

pub(super) fn state_number(state: State) -> i64 {
    STATES.iter().position(|known| *known == state).unwrap_or(0) as i64
}

pub(super) fn verdict(number: Option<i64>) -> Option<Verdict> {
    VERDICTS.get(number? as usize).copied()
}

pub(super) fn verdict_number(verdict: Verdict) -> i64 {
    VERDICTS.iter().position(|known| *known == verdict).unwrap_or(0) as i64
}

pub(super) fn severity(number: i64) -> Severity {
    SEVERITIES.get(number as usize).copied().unwrap_or_default()
}

pub(super) fn severity_index(severity: Severity) -> usize {
    crate::query::severity_number(severity) as usize
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

/// Makes a value fit for a line of such a column.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
    use super::{SEVERITIES, STATES, VERDICTS, digest};
    use crate::query::{severity_number, state_number, verdict_number};

    /// The name that serde gives a value.
    fn name<T: serde::Serialize>(value: T) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn the_store_and_the_query_language_number_alike() {
        for (number, state) in STATES.into_iter().enumerate() {
            assert_eq!(state_number(&name(state)), Some(number as i64));
        }
        for (number, verdict) in VERDICTS.into_iter().enumerate() {
            assert_eq!(verdict_number(&name(verdict)), Some(number as i64));
        }
        for (number, severity) in SEVERITIES.into_iter().enumerate() {
            assert_eq!(severity_number(severity), number as i64);
        }
    }

    #[test]
    fn a_digest_tells_its_parts_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab", b"c"]), digest(&[b"ab", b"c"]));
    }
}
