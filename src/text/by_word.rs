/// Values by the numbers of words, packed: those of one word lie together, in the order in which they were given.
#[derive(Clone, Debug)]
pub struct ByWord<T> {
    values: Vec<T>,
    /// For each number the place in `values` where those of its word begin, and at last the end.
    places: Vec<u32>,
}

impl<T> Default for ByWord<T> {
    fn default() -> Self {
        Self { values: Vec::new(), places: Vec::new() }
    }
}

impl<T> ByWord<T> {
    /// Packs values, each with the number of its word.
    pub fn of(mut values: Vec<(u16, T)>) -> Self {
        values.sort_by_key(|(number, _)| *number);
        let end = values.last().map_or(0, |(number, _)| u32::from(*number) + 1);
        let place = |number| values.partition_point(|(word, _)| u32::from(*word) < number) as u32;
        let places = (0..=end).map(place).collect();
        Self { places, values: values.into_iter().map(|(_, value)| value).collect() }
    }

    /// Returns the values of a word.
    #[inline]
    pub fn get(&self, number: u16) -> &[T] {
        let number = usize::from(number);
        let Some([first, last]) = self.places.get(number..number + 2) else { return &[] };
        &self.values[*first as usize..*last as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::ByWord;

    #[test]
    fn the_values_of_a_word_keep_their_order() {
        let values = ByWord::of(vec![(u16::MAX, 'a'), (3, 'c'), (0, 'd'), (3, 'b')]);
        assert_eq!([0, 1, 3, 4, u16::MAX].map(|number| values.get(number).len()), [1, 0, 2, 0, 1]);
        assert_eq!(values.get(3), ['c', 'b']);
        assert!(ByWord::<char>::default().get(0).is_empty());
    }
}
