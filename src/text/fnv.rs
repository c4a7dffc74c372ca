use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// What FNV-1a of 64 bits multiplies with.
pub const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Hashes bytes with 64-bit FNV-1a. What comes out is kept in databases and in the model, so it never changes.
pub const fn fnv(bytes: &[u8]) -> u64 {
    fnv_on(0xcbf2_9ce4_8422_2325, bytes)
}

/// Carries a hash on over more bytes.
pub const fn fnv_on(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(FNV_PRIME);
        at += 1;
    }
    hash
}

/// A map from the hashes of words, which are good keys as they are.
pub type WordMap<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Hashes a number to itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv_on(self.0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map for short keys that come from assets: quick to look up, and no input from outside adds to it.
pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// Hashes bytes with 64-bit FNV-1a, which is the quickest for words; without a secret, so not for keys from outside.
#[derive(Clone, Copy, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(fnv(b""))
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv_on(self.0, bytes);
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
    use super::{FnvMap, fnv, fnv_on};

    #[test]
    fn hashes_are_those_of_the_authors() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(fnv_on(fnv(b"foo"), b"bar"), fnv(b"foobar"));
    }

    #[test]
    fn a_map_finds_words_by_their_bytes() {
        let map: FnvMap<Box<[u8]>, u8> = [(b"worm"[..].into(), 1), (b"worms"[..].into(), 2)].into_iter().collect();
        assert_eq!(map.get(&b"worms"[..]), Some(&2));
        assert_eq!(map.get(&b"wor"[..]), None);
    }
}
