/// How the background fetch stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetching {
    /// How many feeds the round has, while one runs.
    pub running: Option<usize>,
    /// How many of them answered.
    pub answered: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many new articles the round has brought.
    pub new: usize,
}
