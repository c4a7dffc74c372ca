use proptest::{
    collection::vec,
    prelude::{prop_assert_eq, proptest},
};

use super::{AnyPhrase, Phrases, Sketch, Spelling};
use crate::{article::Document, reading::Reading};

/// Returns where the phrases stand in a title: which of them, the first word and the one behind the last.
fn found(spelling: Spelling, phrases: &[&str], title: &str) -> Vec<(usize, usize, usize)> {
    let document = Document::default();
    let reading = Reading::of(title, &document);
    let mut set = Phrases::new(spelling);
    phrases.iter().enumerate().for_each(|(number, phrase)| set.add(phrase, number).unwrap());
    let mut found = Vec::new();
    let mut numbers = set.numbers(&reading);
    let sentence = numbers.of(reading.words(&reading.sentences()[0]));
    set.find(sentence, |_, _| true, |number, at, end| found.push((number, at, end)));
    found
}

fn stands(phrase: &str, title: &str) -> bool {
    !found(Spelling::Form, &[phrase], title).is_empty()
}

#[test]
fn a_phrase_is_written_as_the_assets_write_it() {
    for (phrase, yes, no) in [
        ("zero day", "A Zero-day.", "zero the day"),
        ("used|abused in", "abused in 2026", "uses in 2026"),
        ("exploit+ * flaw", "exploiting a very old flaw", "exploiting a very old but big flaw"),
        ("deny+ it", "they denied it", "they den it"),
        ("install+ # time+", "installed 1,000 times", "installed many times"),
        ("apt# returns", "APT29 returns", "APT returns"),
        ("~rat", "LodaRAT", "lodarat"),
        ("^patch", "Patch now", "The patch"),
    ] {
        assert!(stands(phrase, yes), "`{phrase}` in `{yes}`");
        assert!(!stands(phrase, no), "`{phrase}` in `{no}`");
    }
}

#[test]
fn a_phrase_of_stems_has_every_inflection() {
    let all = found(Spelling::Stem, &["injects code", "pre-auth|preauth flaw"], "Injected code by pre-auth flaws");
    assert_eq!(all, [(0, 0, 2), (1, 3, 6)]);
}

#[test]
fn what_is_no_phrase_is_refused() {
    let mut phrases = Phrases::<()>::new(Spelling::Form);
    for text in ["", "*", "# times", "uses *", "Capital", "two-words"] {
        assert!(phrases.parse(text).is_err(), "{text}");
    }
}

/// Where a phrase may end that begins at a word, by the definition alone.
fn ends(parts: &[Option<Vec<String>>], words: &[String], at: usize) -> Vec<usize> {
    let Some((part, rest)) = parts.split_first() else { return vec![at] };
    match part {
        None => (at..=at + 3).flat_map(|next| ends(rest, words, next)).collect(),
        Some(choice) if words.get(at).is_some_and(|word| choice.contains(word)) => ends(rest, words, at + 1),
        Some(_) => Vec::new(),
    }
}

proptest! {
    #[test]
    fn phrases_stand_where_their_definition_says(
        parts in vec((vec("[a-f]{1,2}", 1..4), proptest::bool::ANY), 1..5),
        words in vec("[a-f]{1,2}", 0..10)
    ) {
        let parts: Vec<Option<Vec<String>>> = parts.into_iter().enumerate().flat_map(|(at, (choice, gap))| {
            (gap && at > 0).then_some(None).into_iter().chain([Some(choice)])
        }).collect();
        let written = parts.iter().map(|part| part.as_ref().map_or("*".to_owned(), |choice| choice.join("|")));
        let text = written.collect::<Vec<_>>().join(" ");
        let expected: Vec<(usize, usize, usize)> = (0..words.len())
            .filter_map(|at| ends(&parts, &words, at).first().map(|end| (0, at, *end)))
            .collect();
        prop_assert_eq!(found(Spelling::Form, &[&text], &words.join(" ")), expected.clone());

        let document = Document::default();
        let title = words.join(" ");
        let reading = Reading::of(&title, &document);
        let mut set = Phrases::<()>::new(Spelling::Form);
        set.parse("zz").unwrap();
        let any = AnyPhrase::parse(&[text], &mut set).unwrap();
        let mut numbers = set.numbers(&reading);
        let sentence = numbers.of(reading.words(&reading.sentences()[0]));
        prop_assert_eq!(any.stands(&set, sentence, Sketch::of(sentence)), !expected.is_empty());
    }
}
