use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A map for short keys that come from assets: quick to look up, and no input from outside adds to it.
pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// Hashes bytes with 64-bit FNV-1a, which is the quickest for words; without a secret, so not for keys from outside.
#[derive(Clone, Copy, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Takes in the length of a key, which adds nothing to bytes that are hashed to their end.
    fn write_usize(&mut self, length: usize) {
        self.0 ^= length as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::FnvMap;

    #[test]
    fn a_map_finds_words_by_their_bytes() {
        let map: FnvMap<Box<[u8]>, u8> = [(b"worm"[..].into(), 1), (b"worms"[..].into(), 2)].into_iter().collect();
        assert_eq!(map.get(&b"worms"[..]), Some(&2));
        assert_eq!(map.get(&b"wor"[..]), None);
    }
}
