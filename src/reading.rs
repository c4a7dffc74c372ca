//! An article read once, for every detector: its words, its sentences and the sections that these stand in.
//!
//! Pure. Detectors above ask one [`Reading`] and keep no way of their own to part a text:
//!
//! ```text
//! word → form (stem, negation) ↘
//! heading → section → sentence → Reading → Phrases
//! ```
//!
//! What is to be told of a sentence beside its words (clauses, who speaks, what is asserted) belongs to [`Sentence`].

mod form;
mod heading;
mod negation;
mod phrase;
mod section;
mod sentence;
mod stem;
mod word;

pub use form::{Extension, Traits, WordForm};
pub use heading::Heading;
pub use phrase::{AnyPhrase, PhraseNumbers, Phrases, Sketch, Spelling};
pub use section::Section;
pub use sentence::{Sentence, sentence_around};
pub use stem::{NUMBER, OPAQUE};
pub use word::{Word, word_parts};

use crate::{
    article::{Article, Block, Document},
    text::{Evidence, Part, Span},
};
use section::SectionReader;
use word::{Words, Written};

/// An article that was read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    title: &'a str,
    document: &'a Document,
    forms: Vec<WordForm<'a>>,
    /// The words of every sentence, in order.
    words: Vec<Word>,
    /// The title first, then the sentences of the text in order.
    sentences: Vec<Sentence>,
}

impl<'a> Reading<'a> {
    /// Reads a title and the blocks of a document that are no furniture.
    pub fn of(title: &'a str, document: &'a Document) -> Self {
        let text = &document.text;
        let words = Vec::with_capacity((title.len() + text.len()) / 6);
        let mut reading =
            Self { title, document, forms: Vec::with_capacity(256), words, sentences: Vec::with_capacity(64) };
        let mut recent = Recent::default();
        reading.read(Part::Title, Span::new(0, title.len()), None, Section::Body, &mut recent);
        let mut sections = SectionReader::default();
        for (block, _) in document.readable() {
            for line in sentence::lines(text, block) {
                let section = sections.enter(&text[line.range()], block.kind);
                for span in sentence::sentences(text, line) {
                    reading.read(Part::Text, span, Some(block), section, &mut recent);
                }
            }
        }
        reading
    }

    /// Returns the title.
    pub const fn title(&self) -> &'a str {
        self.title
    }

    /// Returns the document.
    pub const fn document(&self) -> &'a Document {
        self.document
    }

    /// Returns what the spans of a part point into.
    pub fn part(&self, part: Part) -> &'a str {
        match part {
            Part::Title => self.title,
            Part::Text | Part::Field => &self.document.text,
        }
    }

    /// Returns every form that words of the article have. A form may stand twice.
    pub fn forms(&self) -> &[WordForm<'a>] {
        &self.forms
    }

    /// Returns the form of a word.
    pub fn form(&self, word: Word) -> &WordForm<'a> {
        &self.forms[word.form()]
    }

    /// Returns the sentences, the title first.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Returns the words of a sentence.
    pub fn words(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.0 as usize..sentence.words.1 as usize]
    }

    /// Returns the sentence that a byte of the title or of the text stands in.
    pub fn sentence_at(&self, part: Part, byte: usize) -> Option<&Sentence> {
        let (title, others) = self.sentences.split_first()?;
        let found = match part {
            Part::Title => Some(title),
            Part::Text => others.partition_point(|one| one.span.start <= byte).checked_sub(1).map(|at| &others[at]),
            Part::Field => None,
        };
        found.filter(|sentence| byte < sentence.span.end)
    }

    /// Makes evidence of what stands at a place.
    pub fn evidence(&self, part: Part, span: Span) -> Evidence {
        Evidence { span, phrase: self.part(part)[span.range()].to_owned(), part }
    }

    /// Reads a sentence.
    fn read(&mut self, part: Part, span: Span, block: Option<Block>, section: Section, recent: &mut Recent) {
        let (text, first) = (self.part(part), self.words.len() as u32);
        for written in Words::of(text, span) {
            let form = self.form_of(text, written, recent);
            self.words.push(Word::new(&written, form));
        }
        self.sentences.push(Sentence { part, span, block, section, words: (first, self.words.len() as u32) });
    }

    /// Returns the place of the form of a word, a new one for a form that was not read lately.
    fn form_of(&mut self, text: &'a str, written: Written, recent: &mut Recent) -> u32 {
        let new = self.forms.len() as u32;
        if written.traits.has(Traits::PLAIN) {
            let place = recent.place(&written);
            if self.forms.get(*place as usize).is_some_and(|form| form.is_plain(written.hash, written.traits)) {
                return *place;
            }
            *place = new;
        }
        self.forms.push(WordForm::of(text, written));
        new
    }
}

impl Article {
    /// Reads the article.
    pub fn reading(&self) -> Reading<'_> {
        Reading::of(&self.title, &self.document)
    }
}

/// Where the plain words were read last, so that a word that comes again shares its form. Each hash has one place.
struct Recent(Vec<u32>);

impl Recent {
    const PLACES: usize = 1 << 11;

    fn place(&mut self, word: &Written) -> &mut u32 {
        &mut self.0[(word.hash as usize ^ word.traits.spread()) % Self::PLACES]
    }
}

impl Default for Recent {
    fn default() -> Self {
        Self(vec![u32::MAX; Self::PLACES])
    }
}

#[cfg(test)]
mod tests;
