//! The numbers under which the store keeps small sets. They are written to disk: append, never reorder.

use crate::{attack::TechniqueId, briefing::Severity, indicator::Kind};

/// The states of an article, each at its number.
pub(super) const STATES: [&str; 5] = ["new", "read", "reviewed", "dismissed", "snoozed"];

/// The verdicts, each at its number.
pub(super) const VERDICTS: [&str; 3] = ["relevant", "not-relevant", "escalated"];

fn position(list: &[&str], name: &str) -> Option<i64> {
    list.iter().position(|known| known.eq_ignore_ascii_case(name)).map(|at| at as i64)
}

/// Returns the number of a state, by its name.
pub fn state_number(name: &str) -> Option<i64> {
    position(&STATES, name)
}

/// Returns the number of a verdict, by its name.
pub fn verdict_number(name: &str) -> Option<i64> {
    position(&VERDICTS, name)
}

/// Returns the number of a severity; the worse the greater.
pub const fn severity_number(severity: Severity) -> i64 {
    match severity {
        Severity::Low => 0,
        Severity::Med => 1,
        Severity::High => 2,
        Severity::Crit => 3,
    }
}

/// Returns the number of a kind of indicator, which is also that of its bit in a set of kinds.
pub fn kind_number(kind: Kind) -> i64 {
    i64::from(kind.number())
}

/// Returns a technique as a number: `T1059.001` is 1059001, `T1059` is 1059000, so that a parent is a range.
pub fn technique_number(id: TechniqueId) -> i64 {
    let text = id.to_string();
    let (technique, sub) = text[1..].split_once('.').unwrap_or((&text[1..], "0"));
    technique.parse::<i64>().unwrap_or(0) * 1000 + sub.parse::<i64>().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::technique_number;

    #[test]
    fn techniques_are_numbered_by_parent() {
        assert_eq!(technique_number("T1059".parse().unwrap()), 1_059_000);
        assert_eq!(technique_number("T1059.001".parse().unwrap()), 1_059_001);
    }
}
