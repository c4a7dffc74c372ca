use serde::{Deserialize, Serialize};

/// What kind of place an indicator stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Under a heading that announces indicators.
    IndicatorSection,
    /// In a table.
    Table,
    /// In code or preformatted text.
    Code,
    /// In the address of a link.
    Link,
    /// In running text.
    #[default]
    Prose,
}

impl Place {
    /// Returns the name used in JSON and in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IndicatorSection => "indicator_section",
            Self::Table => "table",
            Self::Code => "code",
            Self::Link => "link",
            Self::Prose => "prose",
        }
    }
}

/// How much an indicator is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// High fidelity: defanged, in an indicator section or table, or the sentence says what it does.
    Indicator,
    /// Plain, in prose, nothing known for or against.
    Candidate,
    /// Benign or context: a publisher, a vendor, a resolver, a reserved range.
    Reference,
    /// Not what it looks like: a version number, a file name, a git commit.
    Rejected,
}

impl Tier {
    /// Returns the name used in JSON, in lists and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Candidate => "candidate",
            Self::Reference => "reference",
            Self::Rejected => "rejected",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Tier};

    #[test]
    fn names_are_those_of_json() {
        use Place::{Code, IndicatorSection, Link, Prose, Table};
        for place in [IndicatorSection, Table, Code, Link, Prose] {
            assert_eq!(serde_json::to_value(place).unwrap(), place.name());
        }
        for tier in [Tier::Indicator, Tier::Candidate, Tier::Reference, Tier::Rejected] {
            assert_eq!(serde_json::to_value(tier).unwrap(), tier.name());
        }
    }
}
