use super::{ArticleLayout, LayoutOptions, LineContent, age};
use crate::{
    console::sample,
    text::{Part, width},
};

const OPTIONS: LayoutOptions = LayoutOptions { width: 30, now: sample::NOW, plain: false };

/// Returns the lines that the console makes itself.
fn made(layout: &ArticleLayout) -> Vec<String> {
    let text = |line: &super::Line| match &line.shows {
        LineContent::StyledText(pieces) => Some(pieces.iter().map(|(text, _)| text.as_str()).collect::<String>()),
        _ => None,
    };
    layout.lines.iter().filter_map(text).collect()
}

#[test]
fn every_byte_of_the_text_is_found_in_the_line_that_shows_it() {
    let item = sample::item(1);
    let layout = ArticleLayout::new(&item, &[], &OPTIONS);
    let at = item.article.document.text.find("evil[.]example").unwrap();
    let line = layout.line_of(Part::Text, at).unwrap();
    let LineContent::Text(span, _) = &layout.lines[line].shows else { panic!("a line of the body") };
    assert!(span.range().contains(&at));
    assert!(layout.line_of(Part::Title, 0).is_some());
    assert_eq!(layout.line_of(Part::Field, 0), None);
}

#[test]
fn ages_are_short() {
    let ago = |seconds: i64| age(sample::NOW, sample::NOW - jiff::SignedDuration::from_secs(seconds));
    assert_eq!(ago(5), "now");
    assert_eq!(ago(125), "2m");
    assert_eq!(ago(7_300), "2h");
    assert_eq!(ago(86_400 * 3), "3d");
    assert_eq!(ago(86_400 * 20), "2w");
    assert_eq!(ago(86_400 * 200), "28w");
    assert_eq!(ago(86_400 * 800), "2y");
    assert_eq!(ago(-86_400), "now", "a date that is still to come is said in the article");
    assert!((0..3_000).all(|days| ago(86_400 * days).len() <= 3));
}

#[test]
fn the_other_articles_of_a_story_are_named_newest_first_each_in_one_line() {
    let story: Vec<_> = (2..8).rev().map(|number| sample::item(number).row).collect();
    let lines = made(&ArticleLayout::new(&sample::item(1), &story, &LayoutOptions { width: 60, ..OPTIONS }));
    let at = lines.iter().position(|line| line == "The same story elsewhere").unwrap();
    assert_eq!(lines[at + 1], "▲ HIGH 14h Example Research npm package left-padder ships a…");
    assert_eq!(lines[at + 5], "  and 2 more");
    assert!(lines.iter().all(|line| width(line) <= 60));
    assert!(!made(&ArticleLayout::new(&sample::item(1), &[], &OPTIONS)).join(" ").contains("story"));
}

#[test]
fn in_plain_mode_there_are_words_alone() {
    let lines = made(&ArticleLayout::new(
        &sample::item(1),
        &[sample::item(2).row],
        &LayoutOptions { width: 70, plain: true, ..OPTIONS },
    ));
    let text = lines.join("\n");
    assert!(text.starts_with("CRIT, score 11, Field Notes, 7h ago"), "{text}");
    assert!(text.contains("Kill chain: exploit, c2") && text.contains(", new"), "{text}");
    assert!(text.chars().all(|c| c.is_ascii() || c == '…'), "{text}");
}
