use crate::triage::DayTally;
/// How many articles of the list each day has, and how many each source has on each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// The days, oldest first.
    pub days: Vec<DayTally>,
    /// The sources, those with the most articles first, each with as many days.
    pub sources: Vec<(String, Vec<u64>)>,
}
