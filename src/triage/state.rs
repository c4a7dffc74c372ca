use serde::{Deserialize, Serialize};

/// Where an article stands in triage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not opened yet.
    #[default]
    New,
    /// Opened, not judged.
    Read,
    /// Judged, with a verdict.
    Reviewed,
    /// Put away unjudged.
    Dismissed,
    /// Comes back at a time.
    Snoozed,
}

impl State {
    /// Every state, in the order of an article's way through triage.
    pub const ALL: [Self; 5] = [Self::New, Self::Read, Self::Reviewed, Self::Dismissed, Self::Snoozed];

    /// Every state in which an article still has to be judged.
    pub const OPEN: [Self; 2] = [Self::New, Self::Read];

    /// Returns the name used in queries, in JSON, on the command line and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Read => "read",
            Self::Reviewed => "reviewed",
            Self::Dismissed => "dismissed",
            Self::Snoozed => "snoozed",
        }
    }

    /// Finds a state by its name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name().eq_ignore_ascii_case(name))
    }

    /// Returns `true` if the article still has to be judged.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Read)
    }
}

/// What an analyst made of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It concerns us.
    Relevant,
    /// It does not.
    NotRelevant,
    /// It was handed on to act upon.
    Escalated,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Relevant, Self::NotRelevant, Self::Escalated];

    /// Returns the name used in queries, in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::NotRelevant => "not-relevant",
            Self::Escalated => "escalated",
        }
    }

    /// Returns the words that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotRelevant => "not relevant",
            other => other.name(),
        }
    }

    /// Finds a verdict by its name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name().eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{State, Verdict};

    #[test]
    fn a_name_is_that_of_the_json_form_and_is_found_again() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
            assert_eq!(State::from_name(&state.name().to_uppercase()), Some(state));
        }
        for verdict in Verdict::ALL {
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
            assert_eq!(Verdict::from_name(verdict.name()), Some(verdict));
        }
        assert_eq!(State::from_name("done"), None);
    }

    #[test]
    fn the_open_states_are_those_that_are_open() {
        let open: Vec<State> = State::ALL.into_iter().filter(|state| state.is_open()).collect();
        assert_eq!(open, State::OPEN);
    }
}
