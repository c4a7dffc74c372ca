use super::State;
use crate::briefing::Severity;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By severity, worst first, then by date, newest first.
    #[default]
    Severity,
    /// By date, newest first.
    Date,
    /// By score, highest first, then by date.
    Score,
}

/// How many articles a list has, by severity and by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub total: u64,
    by_severity: [u64; Severity::ALL.len()],
    by_state: [u64; State::ALL.len()],
}

impl Tally {
    /// Counts `articles` more of a severity and a state.
    pub fn add(&mut self, severity: Severity, state: State, articles: u64) {
        self.total += articles;
        self.by_severity[severity as usize] += articles;
        self.by_state[state as usize] += articles;
    }

    /// Returns how many have a severity.
    pub const fn severity(&self, severity: Severity) -> u64 {
        self.by_severity[severity as usize]
    }

    /// Returns how many have each severity, worst first.
    pub fn severities(&self) -> [u64; Severity::ALL.len()] {
        Severity::ALL.map(|severity| self.severity(severity))
    }

    /// Returns how many have a state.
    pub const fn state(&self, state: State) -> u64 {
        self.by_state[state as usize]
    }
}

/// How many articles were published on one day, by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayTally {
    /// The beginning of the day, at midnight UTC.
    pub start: jiff::Timestamp,
    by_severity: [u64; Severity::ALL.len()],
}

impl DayTally {
    /// Starts to count at a day.
    pub const fn new(start: jiff::Timestamp) -> Self {
        Self { start, by_severity: [0; Severity::ALL.len()] }
    }

    /// Counts an article.
    pub const fn add(&mut self, severity: Severity) {
        self.by_severity[severity as usize] += 1;
    }

    /// Returns how many have a severity.
    pub const fn severity(&self, severity: Severity) -> u64 {
        self.by_severity[severity as usize]
    }

    /// Returns how many have each severity, worst first.
    pub fn severities(&self) -> [u64; Severity::ALL.len()] {
        Severity::ALL.map(|severity| self.severity(severity))
    }

    /// Returns how many there are.
    pub fn total(&self) -> u64 {
        self.by_severity.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::{briefing::Severity, triage::State};

    #[test]
    fn a_tally_counts_by_severity_and_by_state() {
        let mut tally = Tally::default();
        tally.add(Severity::Crit, State::New, 2);
        tally.add(Severity::Low, State::New, 3);
        assert_eq!((tally.total, tally.severity(Severity::Crit), tally.state(State::New)), (5, 2, 5));
        assert_eq!((tally.severity(Severity::High), tally.state(State::Snoozed)), (0, 0));
    }
}
