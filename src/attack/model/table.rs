//! The n-grams that the model knows, and what they weigh for each class: read where they lie in the asset.

use std::array;

use super::{GROUP, u16_at, u32_at};

const SLOT: usize = 4;
/// Records are told by their places in steps of so many bytes.
const UNIT: usize = 2;
/// So many bits of a slot are the place of a record and one; the others are the last of the n-gram's tag.
const PLACE: u32 = 19;
/// A record begins with so many units: the tag, and how many postings follow, in fours.
const HEAD: usize = 3;
/// Postings come in fours, so that the loop over them turns seldom and mostly as often as was foreseen.
const FOUR: usize = 4;
/// An n-gram with so many postings has a row instead, whose number stands above this in its record.
const MANY: u16 = 64;
/// Some bits of every tag: most n-grams that the table does not hold are passed over without a look at it.
const SIEVE: usize = 1 << 16;

/// A posting has room for so many classes.
pub(super) const CLASSES: usize = 1 << 9;

/// The table of the asset.
#[derive(Debug)]
pub(super) struct Table {
    sieve: &'static [u8; SIEVE / 8],
    rows: &'static [u8],
    slots: &'static [[u8; SLOT]],
    records: &'static [[u8; UNIT]],
    width: usize,
}

/// An n-gram that the model knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    /// Where its postings begin.
    first: u32,
    /// How many fours they are; none where it has a row.
    fours: u16,
    /// The number of its row and one, or 0.
    row: u16,
}

impl Gram {
    fn of(first: u32, count: u16) -> Self {
        let row = (count + 1).saturating_sub(MANY);
        Self { first, fours: if row == 0 { count } else { 0 }, row }
    }
}

impl Table {
    /// Reads the part of the asset that tells of n-grams.
    pub(super) fn of(asset: &'static [u8], classes: usize, slots: usize, rows: usize) -> Self {
        let width = classes.next_multiple_of(GROUP);
        let (sieve, asset) = asset.split_first_chunk().expect("a test reads the asset");
        let (rows, asset) = asset.split_at(rows * width);
        let (slots, records) = asset.split_at(slots * SLOT);
        Self { sieve, rows, slots: slots.as_chunks().0, records: records.as_chunks().0, width }
    }

    /// Returns the number of sums that n-grams are added to: the number of classes, rounded up.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Finds an n-gram.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<Gram> {
        let tag = (key >> 32) as u32;
        let bit = tag as usize % SIEVE;
        if self.sieve[bit / 8] >> (bit % 8) & 1 == 0 { None } else { self.look_up(key as usize, tag) }
    }

    fn look_up(&self, mut at: usize, tag: u32) -> Option<Gram> {
        // The table is never full, so that an empty slot ends every search.
        loop {
            let slot = u32::from_le_bytes(self.slots[at & (self.slots.len() - 1)]);
            if slot == 0 {
                return None;
            }
            if slot >> PLACE == tag & (u32::MAX >> PLACE) {
                let place = (slot & ((1 << PLACE) - 1)) - 1;
                let record = &self.records[place as usize..][..HEAD].as_flattened();
                if u32_at(record, 0) == tag {
                    return Some(Gram::of(place + HEAD as u32, u16_at(record, 4)));
                }
            }
            at += 1;
        }
    }

    fn row(&self, gram: Gram) -> Option<&[u8]> {
        let row = usize::from(gram.row).checked_sub(1)?;
        Some(&self.rows[row * self.width..][..self.width])
    }

    /// Returns the postings of an n-gram; none for one that has a row.
    fn postings(&self, gram: Gram) -> &[[[u8; UNIT]; FOUR]] {
        &self.records[gram.first as usize..].as_chunks().0[..usize::from(gram.fours)]
    }

    /// Adds what n-grams weigh to the sum of every class.
    ///
    /// The rows come first: a wide load soon after narrow stores to the same place would have to wait for them.
    pub(super) fn add(&self, grams: impl Iterator<Item = Gram> + Clone, sums: &mut [i16; CLASSES]) {
        for row in grams.clone().filter_map(|gram| self.row(gram)) {
            for (sums, weights) in sums.as_chunks_mut::<GROUP>().0.iter_mut().zip(row.as_chunks::<GROUP>().0) {
                // Read whole before it is written, so that it adds up in wide registers.
                *sums = array::from_fn(|at| sums[at] + i16::from(weights[at].cast_signed()));
            }
        }
        for gram in grams {
            for four in self.postings(gram) {
                for (class, weight) in four.iter().copied().map(parts) {
                    sums[class] += weight;
                }
            }
        }
    }

    /// Returns the weight of an n-gram for a class, in eighths; none where it says nothing of it.
    pub(super) fn weight(&self, gram: Gram, class: usize) -> Option<i16> {
        let own = |(number, weight)| if number == class { weight } else { 0 };
        let told = || self.postings(gram).as_flattened().iter().copied().map(parts).map(own).sum();
        let weight = self.row(gram).map_or_else(told, |row| row[class].cast_signed().into());
        (weight != 0).then_some(weight)
    }
}

/// Returns the class of a posting and the weight, or the part of one that is too heavy for a single posting.
fn parts(posting: [u8; UNIT]) -> (usize, i16) {
    let posting = u16::from_le_bytes(posting);
    (usize::from(posting) % CLASSES, posting.cast_signed() >> CLASSES.ilog2())
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, FOUR, Gram, HEAD, MANY, PLACE, SIEVE, Table, parts, u16_at, u32_at};
    use crate::attack::model::{ASSET, Model};

    /// Every n-gram with its tag.
    fn grams(table: &Table) -> impl Iterator<Item = (u32, Gram)> {
        let slots = table.slots.iter().map(|slot| u32::from_le_bytes(*slot)).filter(|slot| *slot != 0);
        slots.map(|slot| {
            let first = (slot & ((1 << PLACE) - 1)) as usize - 1 + HEAD;
            let record = table.records[first - HEAD..first].as_flattened();
            let tag = u32_at(record, 0);
            assert_eq!(slot >> PLACE, tag & (u32::MAX >> PLACE));
            (tag, Gram::of(first as u32, u16_at(record, 4)))
        })
    }

    #[test]
    fn the_asset_is_whole() {
        let (table, classes) = (&Model::shipped().table, u32_at(&ASSET.0, 4) as usize);
        assert_eq!(&ASSET.0[..4], b"HDM2");
        assert!(table.slots.len().is_power_of_two() && classes <= CLASSES);
        let (mut number, mut rows, mut units) = (0, 0, 0);
        for (tag, gram) in grams(table) {
            let bit = tag as usize % SIEVE;
            assert!(table.sieve[bit / 8] >> (bit % 8) & 1 == 1);
            number += 1;
            units += HEAD;
            if let Some(row) = table.row(gram) {
                rows += 1;
                assert!(row.iter().filter(|weight| **weight != 0).count() >= MANY.into());
            } else {
                units += table.postings(gram).len() * FOUR;
                let postings = table.postings(gram).as_flattened();
                assert!(postings.iter().copied().map(parts).all(|(class, _)| class < classes));
                assert!(postings.iter().any(|posting| parts(*posting).1 != 0));
            }
        }
        assert!(number * 4 < table.slots.len() * 3, "a search in a full table would not end");
        assert_eq!((rows * table.width, units), (table.rows.len(), table.records.len()));
        assert!(rows > 100);
    }

    #[test]
    fn what_is_added_is_what_each_weighs() {
        let table = &Model::shipped().table;
        for (_, gram) in grams(table).step_by(50) {
            let mut sums = [0; CLASSES];
            table.add([gram].into_iter(), &mut sums);
            for (class, sum) in sums.into_iter().enumerate().take(table.width) {
                assert_eq!(table.weight(gram, class).unwrap_or_default(), sum);
            }
        }
    }
}
