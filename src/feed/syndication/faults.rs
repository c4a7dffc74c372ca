/// What was wrong with a feed.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) bare_ampersand: bool,
    pub(super) unclosed: bool,
    pub(super) cut: bool,
}

impl Faults {
    /// Says whether the feed was broken, and what became of it.
    pub(super) fn told(&self, kept: usize, items: usize) -> (bool, Option<String>) {
        let mut words = Vec::new();
        if kept < items {
            words.push(format!("{kept} of {items} items"));
        }
        if self.bare_ampersand {
            words.push("a bare & was repaired".to_owned());
        }
        if self.cut {
            words.push("its end is missing".to_owned());
        }
        if self.unclosed {
            words.push("a tag without its end was repaired".to_owned());
        }
        let repaired = self.bare_ampersand || self.cut || self.unclosed;
        (repaired, (!words.is_empty()).then(|| words.join("; ")))
    }
}
