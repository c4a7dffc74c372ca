use proptest::prelude::{any, proptest};

use super::{Extension, NUMBER, OPAQUE, Reading, Section, Traits};
use crate::{
    article::Document,
    text::{Part, fnv},
};

/// Reads a title, and returns what `take` makes of each of its words.
fn read<T>(title: &str, take: impl Fn(&str, &super::WordForm<'_>) -> T) -> Vec<T> {
    let document = Document::default();
    let reading = Reading::of(title, &document);
    let words = reading.words(&reading.sentences()[0]).iter();
    words.map(|word| take(&title[word.span().range()], reading.form(*word))).collect()
}

fn words(title: &str) -> Vec<String> {
    read(title, |word, _| word.to_owned())
}

fn stems(title: &str) -> Vec<u64> {
    read(title, |_, form| form.stem)
}

#[test]
fn letters_digits_and_what_joins_them_are_words() {
    assert_eq!(
        words("side-loading cmd.exe, C:\\x\\y C&C (don’t) café 42 1,000 “übel” ... & a.b."),
        ["side", "loading", "cmd.exe", "C", "x", "y", "C&C", "don’t", "café", "42", "1,000", "übel", "a.b"]
    );
}

#[test]
fn a_form_is_hashed_in_lower_case_without_genitive() {
    for (word, form) in [("LodaRAT", "lodarat"), ("malware's", "malware"), ("Don’t", "don't"), ("ÜBEL", "übel")] {
        assert_eq!(read(word, |_, form| form.hash), [fnv(form.as_bytes())], "{word}");
    }
}

#[test]
fn a_form_tells_what_it_is_made_of() {
    let has = |word: &str, one: Traits| read(word, |_, form| form.traits.has(one)) == [true];
    assert!(has("LodaRAT", Traits::MIXED) && has("iPhone", Traits::MIXED) && has("Node.JS", Traits::MIXED));
    assert!(!has("Loda", Traits::MIXED) && !has("loda", Traits::MIXED) && !has("DLL", Traits::MIXED));
    assert!(has("Loda", Traits::CAPITAL) && has("Übel", Traits::CAPITAL) && !has("loda", Traits::CAPITAL));
    assert!(has("apt29", Traits::DIGIT) && !has("apt", Traits::DIGIT) && !has("apt29", Traits::AMOUNT));
    assert!(has("29", Traits::AMOUNT) && has("1,000", Traits::AMOUNT) && has("3rd", Traits::AMOUNT));
    assert!(has("Isn’t", Traits::NEGATION) && has("without", Traits::NEGATION) && !has("with", Traits::NEGATION));
}

#[test]
fn the_words_of_an_address_are_told_from_others() {
    let text = "see https://site.example/flaw-is-critical) or hxxps[:]//evil[.]example/a now";
    let document = Document::default();
    let reading = Reading::of(text, &document);
    let outside = reading.words(&reading.sentences()[0]).iter().filter(|word| !word.is_in_address());
    assert_eq!(outside.map(|word| &text[word.span().range()]).collect::<Vec<_>>(), ["see", "or", "now"]);
    assert_eq!(stems("https://site.example beacons over https")[0], OPAQUE);
    assert_eq!(stems("beacons over https.")[2], fnv(b"http"));
}

#[test]
fn inflections_meet_in_one_stem() {
    for text in ["inject injects injected injecting", "copy copies copied copying", "drop drops dropped dropping"] {
        let stems = stems(text);
        assert!(stems.iter().all(|stem| *stem == stems[0]), "{text}");
    }
    assert_eq!(
        stems("malware's vulnerability rates RATE"),
        [fnv(b"malwar"), fnv(b"vulnerabiliti"), fnv(b"rate"), fnv(b"rate")]
    );
}

#[test]
fn numbers_and_unspeakable_words_have_no_stem_of_their_own() {
    assert_eq!(stems("1234 1,000"), [NUMBER, NUMBER]);
    for word in ["d41d8cd98f00b204e9800998ecf8427e", "deadbeefdeadbeef", "T1059.001", "t1059", &"a".repeat(41)] {
        assert_eq!(stems(word), [OPAQUE], "{word}");
    }
}

#[test]
fn a_file_name_shows_its_extension() {
    let found = read("run.EXE e.g. 10.0 a.config", |_, form| form.extension.hash());
    assert_eq!(found, [Some(fnv(b".exe")), None, None, None]);
    assert_eq!(Extension::default().hash(), None);
}

#[test]
fn a_sentence_knows_its_place() {
    let document =
        Document::from_plain("A loader. It beacons.\n\nRecommendations\nBlock it.\n\nRelated articles\nOther.");
    let reading = Reading::of("A title. Of two", &document);
    let sentences = reading.sentences().iter();
    let found: Vec<_> =
        sentences.map(|one| (reading.part(one.part)[one.span.range()].trim().to_owned(), one.section)).collect();
    let expected = [
        ("A title. Of two", Section::Body),
        ("A loader.", Section::Body),
        ("It beacons.", Section::Body),
        ("Recommendations", Section::Advice),
        ("Block it.", Section::Advice),
        ("Related articles", Section::Furniture),
        ("Other.", Section::Furniture),
    ];
    assert_eq!(found, expected.map(|(text, section)| (text.to_owned(), section)));
    assert_eq!(reading.sentence_at(Part::Text, 12).map(|one| one.span.start), Some(9));
    assert_eq!(reading.sentence_at(Part::Title, 3).map(|one| one.part), Some(Part::Title));
    assert!(reading.sentence_at(Part::Text, 22).is_none() && reading.sentence_at(Part::Field, 0).is_none());
}

#[test]
fn a_negation_reaches_over_a_few_words() {
    let document = Document::default();
    let reading = Reading::of("It did not yet send any mail", &document);
    let words = reading.words(&reading.sentences()[0]);
    assert!(reading.is_negated(words, 4, 2) && !reading.is_negated(words, 4, 1) && !reading.is_negated(words, 2, 9));
}

proptest! {
    #[test]
    fn words_stand_in_order_and_hold_every_letter(title in any::<String>()) {
        let document = Document::default();
        let reading = Reading::of(&title, &document);
        let mut end = 0;
        for word in reading.words(&reading.sentences()[0]) {
            let span = word.span();
            assert!(!title[end..span.start].contains(char::is_alphanumeric));
            assert!(title[span.range()].contains(char::is_alphanumeric));
            end = span.end;
        }
        assert!(!title[end..].contains(char::is_alphanumeric));
    }

    #[test]
    fn a_word_that_comes_again_is_read_alike(
        words in proptest::collection::vec("(https?://|Rates? |should |not |Injected |42 |T1059 |cmd\\.exe |[a-c]{1,2} )", 0..40)
    ) {
        let together = read(&words.concat(), |_, form| form.stem);
        let apart: Vec<u64> = words.iter().flat_map(|word| stems(word)).collect();
        assert_eq!(together, apart);
    }

    #[test]
    fn sentences_hold_all_that_is_read(text in any::<String>()) {
        let document = Document::from_plain(&text);
        let reading = Reading::of("", &document);
        let mut end = 0;
        for sentence in &reading.sentences()[1..] {
            assert!(sentence.span.start >= end && text.get(sentence.span.range()).is_some());
            end = sentence.span.end;
        }
        let held: usize = reading.sentences().iter().map(|one| text[one.span.range()].chars().filter(|c| c.is_alphanumeric()).count()).sum();
        let readable: usize = document.readable().map(|(_, text)| text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
        assert_eq!(held, readable);
    }
}
