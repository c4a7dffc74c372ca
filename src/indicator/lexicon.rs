//! Sets of short words that are asked often, laid out when the program is built.

/// The longest word that a lexicon can hold, in bytes.
const MAX_WORD_BYTES: usize = 15;

/// A set of words, asked without regard to case; `SLOTS` is a power of two above the number of words.
pub(super) struct Lexicon<const SLOTS: usize> {
    /// The words, each packed into one number; zero where there is none.
    slots: [u128; SLOTS],
}

impl<const SLOTS: usize> Lexicon<SLOTS> {
    /// Lays out a set of words in lower case.
    pub(super) const fn of(words: &[&str]) -> Self {
        assert!(SLOTS.is_power_of_two() && words.len() < SLOTS, "a lexicon needs an empty slot");
        let mut slots = [0; SLOTS];
        let mut at = 0;
        while at < words.len() {
            assert!(words[at].len() <= MAX_WORD_BYTES && !words[at].is_empty(), "a word is too long");
            let key = pack(words[at].as_bytes());
            let mut slot = first_slot::<SLOTS>(key);
            while slots[slot] != 0 {
                assert!(slots[slot] != key, "a word stands twice");
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = key;
            at += 1;
        }
        Self { slots }
    }

    /// Returns `true` if a word is in the set, whatever its case.
    pub(super) fn has(&self, word: &str) -> bool {
        if word.is_empty() || word.len() > MAX_WORD_BYTES {
            return false;
        }
        let key = pack(word.as_bytes());
        let mut slot = first_slot::<SLOTS>(key);
        while self.slots[slot] != 0 {
            if self.slots[slot] == key {
                return true;
            }
            slot = (slot + 1) % SLOTS;
        }
        false
    }
}

/// Packs a word in lower case, and its length, into one number.
const fn pack(word: &[u8]) -> u128 {
    let mut key = word.len() as u128;
    let mut at = 0;
    while at < word.len() {
        key = key << 8 | word[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

const fn first_slot<const SLOTS: usize>(key: u128) -> usize {
    let folded = key as u64 ^ (key >> 64) as u64;
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn a_lexicon_knows_its_words_in_any_case_and_no_others() {
        const WORDS: Lexicon<8> = Lexicon::of(&["exe", "dll", "properties", "e"]);
        assert!(["EXE", "dll", "Properties", "E"].iter().all(|word| WORDS.has(word)));
        assert!(["", "ex", "exee", "dl", "ee", "averyveryverylongword"].iter().all(|word| !WORDS.has(word)));
    }
}
