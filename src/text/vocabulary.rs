/// Words by the numbers that a room gives them, looked up by their hashes.
///
/// Every word of every article is looked up, and most are not there: a small sieve tells that of nearly all of these.
/// A slot holds the first 48 bits of a hash and below them the number, so that a look-up of the others mostly touches
/// one line of the cache and compares once.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// A power of two, at most a quarter of them taken; 0 for an empty one.
    slots: Vec<u64>,
    /// [`SIEVE`] bits for each slot.
    sieve: Vec<u64>,
    count: u16,
}

/// So many bits of a slot are the number.
const NUMBER: u32 = u16::BITS;
/// So many bits of the sieve for each slot.
const SIEVE: usize = 2;

impl Default for Vocabulary {
    fn default() -> Self {
        Self::with_slots(1 << 6)
    }
}

impl Vocabulary {
    /// The number of every word that was not learnt.
    pub const UNKNOWN: u16 = 0;

    fn with_slots(count: usize) -> Self {
        Self { slots: vec![0; count], sieve: vec![0; count * SIEVE / 64], count: 0 }
    }

    /// Returns the number of a word, the next one for a new word; none when there is no number left.
    pub fn learn(&mut self, hash: u64) -> Option<u16> {
        let known = self.number_of(hash);
        if known != Self::UNKNOWN {
            return Some(known);
        }
        let count = self.count.checked_add(1)?;
        if usize::from(count) * 4 > self.slots.len() {
            let mut wider = Self::with_slots(self.slots.len() * 2);
            self.slots.iter().filter(|slot| **slot != 0).for_each(|slot| wider.put(*slot));
            *self = wider;
        }
        self.count = count;
        self.put(hash >> NUMBER << NUMBER | u64::from(count));
        Some(count)
    }

    fn put(&mut self, slot: u64) {
        let (mixed, mask) = (mix(slot), self.slots.len() - 1);
        let (word, bit) = self.place(mixed);
        self.sieve[word] |= bit;
        let mut at = (mixed >> NUMBER) as usize;
        while self.slots[at & mask] != 0 {
            at += 1;
        }
        self.slots[at & mask] = slot;
    }

    /// Returns the number of a word, or [`Self::UNKNOWN`].
    #[inline]
    pub fn number_of(&self, hash: u64) -> u16 {
        let mixed = mix(hash);
        let (word, bit) = self.place(mixed);
        if self.sieve[word] & bit == 0 {
            return Self::UNKNOWN;
        }
        let mut at = (mixed >> NUMBER) as usize;
        loop {
            let slot = self.slots[at & (self.slots.len() - 1)];
            if slot == 0 || (slot ^ hash) >> NUMBER == 0 {
                return slot as u16;
            }
            at += 1;
        }
    }

    /// Returns the word of the sieve and the bit in it: by other bits than those that tell the slot.
    #[inline]
    fn place(&self, mixed: u64) -> (usize, u64) {
        let place = (mixed >> 40) as usize;
        ((place / 64) & (self.sieve.len() - 1), 1 << (place % 64))
    }
}

/// Mixes the bits of a hash that slots keep: hashes of short words have few that differ.
#[inline]
const fn mix(hash: u64) -> u64 {
    (hash >> NUMBER).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::{super::fnv, Vocabulary};

    #[test]
    fn words_keep_their_numbers() {
        let mut words = Vocabulary::default();
        let hash = |word: u32| fnv(word.to_string().as_bytes());
        for word in 0..3_000 {
            assert_eq!(words.number_of(hash(word)), Vocabulary::UNKNOWN);
            assert_eq!(words.learn(hash(word)), Some(word as u16 + 1));
        }
        for word in 0..3_000 {
            assert_eq!(words.number_of(hash(word)), word as u16 + 1);
            assert_eq!(words.learn(hash(word)), Some(word as u16 + 1));
        }
    }

    #[test]
    fn there_are_as_many_numbers_as_sixteen_bits_tell() {
        let mut words = Vocabulary::default();
        let learnt = (0..70_000_u32).filter(|word| words.learn(fnv(&word.to_le_bytes())).is_some()).count();
        assert_eq!(learnt, usize::from(u16::MAX));
    }
}
