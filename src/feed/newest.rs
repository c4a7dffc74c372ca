use jiff::Timestamp;

/// Keeps the newest of any number of items, in the order in which they came.
///
/// Items without a date count as older than all others, and of equals the first is kept: feeds begin with the newest.
#[derive(Debug)]
pub(super) struct Newest<T> {
    kept: Vec<(Option<Timestamp>, usize, T)>,
    limit: usize,
    seen: usize,
}

impl<T> Newest<T> {
    /// Keeps at most `limit` items.
    pub(super) const fn new(limit: usize) -> Self {
        Self { kept: Vec::new(), limit, seen: 0 }
    }

    pub(super) fn push(&mut self, at: Option<Timestamp>, item: T) {
        if self.kept.len() >= self.limit.saturating_mul(2) {
            self.shrink();
        }
        self.kept.push((at, self.seen, item));
        self.seen += 1;
    }

    /// Returns how many items came.
    pub(super) const fn seen(&self) -> usize {
        self.seen
    }

    /// Returns the newest items.
    pub(super) fn finish(mut self) -> Vec<T> {
        self.shrink();
        self.kept.sort_unstable_by_key(|(_, place, _)| *place);
        self.kept.into_iter().map(|(_, _, item)| item).collect()
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.limit {
            self.kept.select_nth_unstable_by(self.limit, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            self.kept.truncate(self.limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::Newest;

    #[test]
    fn the_newest_are_kept_in_their_order() {
        let mut newest = Newest::new(3);
        for second in [5, 1, 9, 2, 8, 3, 7, 4, 9] {
            newest.push(Timestamp::from_second(second).ok(), second);
        }
        newest.push(None, 0);
        assert_eq!(newest.seen(), 10);
        assert_eq!(newest.finish(), [9, 8, 9]);
        let mut undated = Newest::new(2);
        (0..100).for_each(|place| undated.push(None, place));
        assert_eq!(undated.finish(), [0, 1], "without dates the first are the newest");
    }
}
