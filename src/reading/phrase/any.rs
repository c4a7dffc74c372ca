use super::{AMOUNT, Phrase, PhraseSlot, Phrases, Sketch};

/// Phrases of a set of which one is to stand in a sentence.
#[derive(Clone, Debug)]
pub struct AnyPhrase {
    /// Those that are a single word, sorted, and their sketch.
    words: Vec<u16>,
    sketch: Sketch,
    /// The others, each with the sketch of the slot that stands for the fewest words.
    others: Vec<(Sketch, Phrase)>,
}

impl AnyPhrase {
    /// Reads phrases into a set.
    ///
    /// # Errors
    /// A sentence that says which text is no phrase, and why.
    pub fn parse<M: Copy>(texts: &[String], phrases: &mut Phrases<M>) -> Result<Self, String> {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for text in texts {
            let phrase = phrases.parse(text)?;
            let slots = &phrases.slots[phrase.first as usize..];
            if slots[1] == PhraseSlot::End && !phrase.begins {
                words.extend_from_slice(phrases.numbers_of(&slots[0]));
            } else {
                let sketches = slots.iter().filter_map(|slot| slot.sketch());
                others.push((sketches.min_by_key(|sketch| sketch.0.count_ones()).unwrap_or_default(), phrase));
            }
        }
        words.sort_unstable();
        Ok(Self { sketch: Sketch::of(&words), words, others })
    }

    /// Returns `true` if there is no phrase.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.others.is_empty()
    }

    /// Returns `true` if one of the phrases stands in a sentence with this sketch.
    pub fn stands<M: Copy>(&self, phrases: &Phrases<M>, sentence: &[u16], sketch: Sketch) -> bool {
        let may_be = |number: u16| self.sketch.meets(Sketch::of(&[number]));
        let has = |number: &u16| may_be(*number) && self.words.binary_search(&(number & !AMOUNT)).is_ok();
        self.sketch.meets(sketch) && sentence.iter().any(has)
            || self.others.iter().any(|(needed, phrase)| needed.meets(sketch) && phrases.stands(*phrase, sentence))
    }
}
