//! The n-grams that the model knows, and what they weigh for each class.

use std::array;

use super::{GROUP, u16_at, u32_at};

const SLOT: usize = 12;
const POSTING: usize = 3;
/// An n-gram with so many postings has a row.
const MANY: usize = 64;

/// The table of the asset, with what makes a look at it quick.
#[derive(Debug)]
pub(super) struct Table {
    slots: &'static [[u8; SLOT]],
    postings: &'static [[u8; POSTING]],
    sieve: Sieve,
    rows: Rows,
}

/// An n-gram that the model knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gram {
    postings: &'static [[u8; POSTING]],
    /// Where its row begins, if it has one.
    row: Option<usize>,
}

impl Table {
    /// Reads the slots and the postings of the asset.
    pub(super) fn of(asset: &'static [u8], slots: usize, classes: usize) -> Self {
        let (slots, postings) = asset.split_at(slots * SLOT);
        let (slots, postings) = (slots.as_chunks().0, postings.as_chunks().0);
        let sieve = Sieve::of(slots.iter().filter(|slot| count_of(slot) > 0).map(tag_of));
        Self { slots, postings, sieve, rows: Rows::of(slots, postings, classes) }
    }

    /// Gives the number of sums that n-grams are added to: the number of classes, rounded up.
    pub(super) const fn width(&self) -> usize {
        self.rows.width
    }

    /// Finds an n-gram.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<Gram> {
        if self.sieve.may_hold((key >> 32) as u32) { self.look_up(key) } else { None }
    }

    fn look_up(&self, key: u64) -> Option<Gram> {
        let tag = (key >> 32) as u32;
        let mut at = key as usize;
        // The table is never full, so that an empty slot ends every search.
        loop {
            let slot = &self.slots[at & (self.slots.len() - 1)];
            let count = count_of(slot);
            if count == 0 {
                return None;
            }
            if tag_of(slot) == tag {
                let first = first_of(slot);
                return Some(Gram {
                    postings: &self.postings[first..first + count],
                    row: self.rows.place(first, count),
                });
            }
            at += 1;
        }
    }

    /// Adds what n-grams weigh to the sum of every class.
    ///
    /// The rows come first: a wide load soon after narrow stores to the same place would have to wait for them.
    pub(super) fn add<'a>(&self, grams: impl Iterator<Item = &'a Gram> + Clone, sums: &mut [i16]) {
        for row in grams.clone().filter_map(|gram| gram.row) {
            let weights = self.rows.weights[row..row + self.rows.width].as_chunks::<GROUP>().0;
            for (sums, weights) in sums.as_chunks_mut::<GROUP>().0.iter_mut().zip(weights) {
                // Read whole before it is written, so that it adds up in wide registers.
                *sums = array::from_fn(|at| sums[at] + weights[at]);
            }
        }
        // Two loops, not one over all postings laid flat, which would look for the next n-gram at each.
        for gram in grams.filter(|gram| gram.row.is_none()) {
            for posting in gram.postings {
                sums[class_of(*posting)] += i16::from(weight_of(*posting));
            }
        }
    }
}

impl Gram {
    /// Gives the weight of the n-gram for a class, in eighths; its postings are sorted by class.
    pub(super) fn weight(self, class: usize) -> Option<i8> {
        let place = self.postings.binary_search_by_key(&class, |posting| class_of(*posting)).ok()?;
        Some(weight_of(self.postings[place]))
    }
}

/// Some bits of every tag: most n-grams that the table does not hold are passed over without a look at it.
#[derive(Debug)]
struct Sieve(Vec<u64>);

impl Sieve {
    /// So many bits of a tag are looked at.
    const BITS: u32 = 18;

    fn of(tags: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![0; 1 << (Self::BITS - 6)];
        for (word, bit) in tags.map(Self::place) {
            words[word] |= bit;
        }
        Self(words)
    }

    fn may_hold(&self, tag: u32) -> bool {
        let (word, bit) = Self::place(tag);
        self.0[word] & bit != 0
    }

    const fn place(tag: u32) -> (usize, u64) {
        let bits = tag & ((1 << Self::BITS) - 1);
        ((bits / 64) as usize, 1 << (bits % 64))
    }
}

/// The n-grams with [`MANY`] postings, each as a row of weights for all classes: these add up many at a time.
#[derive(Debug)]
struct Rows {
    weights: Vec<i16>,
    width: usize,
    /// Where each row begins, by the place of its first posting in steps of [`MANY`], of which no two share one.
    places: Vec<u32>,
}

impl Rows {
    fn of(slots: &[[u8; SLOT]], postings: &[[u8; POSTING]], classes: usize) -> Self {
        let width = classes.next_multiple_of(GROUP);
        let mut rows = Self { weights: Vec::new(), width, places: vec![0; postings.len() / MANY + 1] };
        for slot in slots.iter().filter(|slot| count_of(slot) >= MANY) {
            let (first, begin) = (first_of(slot), rows.weights.len());
            rows.places[first / MANY] = begin as u32;
            rows.weights.resize(begin + width, 0);
            for posting in &postings[first..first + count_of(slot)] {
                rows.weights[begin + class_of(*posting)] = weight_of(*posting).into();
            }
        }
        rows
    }

    fn place(&self, first: usize, count: usize) -> Option<usize> {
        (count >= MANY).then(|| self.places[first / MANY] as usize)
    }
}

const fn tag_of(slot: &[u8; SLOT]) -> u32 {
    u32_at(slot, 0)
}

const fn first_of(slot: &[u8; SLOT]) -> usize {
    u32_at(slot, 4) as usize
}

const fn count_of(slot: &[u8; SLOT]) -> usize {
    u32_at(slot, 8) as usize
}

const fn class_of(posting: [u8; POSTING]) -> usize {
    u16_at(&posting, 0) as usize
}

const fn weight_of(posting: [u8; POSTING]) -> i8 {
    posting[2].cast_signed()
}

#[cfg(test)]
mod tests {
    use super::{POSTING, SLOT, class_of, count_of, first_of, weight_of};
    use crate::attack::model::{ASSET, CLASS, HEAD, Model, u32_at};

    #[test]
    fn the_asset_is_whole() {
        assert_eq!(&ASSET[..4], b"HDM1");
        let number = |at: usize| u32_at(ASSET, at) as usize;
        assert!(number(8).is_power_of_two());
        assert_eq!(ASSET.len(), HEAD + number(4) * CLASS + number(8) * SLOT + number(12) * POSTING);
        let table = &Model::shipped().table;
        let empty = table.slots.iter().filter(|slot| count_of(slot) == 0).count();
        assert!(empty * 4 > number(8), "a search in a full table would not end");
        for slot in table.slots {
            assert!(first_of(slot) + count_of(slot) <= number(12));
        }
        for posting in table.postings {
            assert!(class_of(*posting) < number(4));
        }
    }

    #[test]
    fn a_row_weighs_what_its_postings_weigh() {
        let table = &Model::shipped().table;
        let mut rows = 0;
        for slot in table.slots {
            let (first, count) = (first_of(slot), count_of(slot));
            let Some(row) = table.rows.place(first, count) else { continue };
            rows += 1;
            let weights = &table.rows.weights[row..row + table.rows.width];
            let postings = &table.postings[first..first + count];
            assert!(postings.iter().all(|posting| weights[class_of(*posting)] == i16::from(weight_of(*posting))));
            let nonzero = |weights: &[i16]| weights.iter().filter(|weight| **weight != 0).count();
            let all: Vec<_> = postings.iter().map(|posting| weight_of(*posting).into()).collect();
            assert_eq!(nonzero(weights), nonzero(&all));
        }
        assert_eq!(rows * table.rows.width, table.rows.weights.len());
        assert!(rows > 100);
    }
}
