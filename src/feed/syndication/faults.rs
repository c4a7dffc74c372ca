/// What was wrong with a feed.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) bare_ampersand: bool,
    pub(super) unclosed: bool,
    pub(super) cut: bool,
}

impl Faults {
    /// Returns what was repaired, in words.
    pub(super) fn told(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.bare_ampersand, "a bare & was repaired"),
            (self.cut, "its end is missing"),
            (self.unclosed, "a tag without its end was repaired"),
        ]
        .into_iter()
        .filter_map(|(met, words)| met.then_some(words))
    }
}
