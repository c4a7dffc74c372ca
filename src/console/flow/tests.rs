use super::{Flow, Shows, age};
use crate::{console::sample, text::Part};

#[test]
fn every_byte_of_the_text_is_found_in_the_line_that_shows_it() {
    let item = sample::item(1);
    let flow = Flow::new(&item, 30, sample::NOW);
    let at = item.article.document.text.find("evil[.]example").unwrap();
    let line = flow.line_of(Part::Text, at).unwrap();
    let Shows::Text(span, _) = &flow.lines[line].shows else { panic!("a line of the body") };
    assert!(span.range().contains(&at));
    assert!(flow.line_of(Part::Title, 0).is_some());
    assert_eq!(flow.line_of(Part::Field, 0), None);
}

#[test]
fn ages_are_short() {
    let ago = |seconds: i64| age(sample::NOW, sample::NOW - jiff::SignedDuration::from_secs(seconds));
    assert_eq!(ago(5), "now");
    assert_eq!(ago(125), "2m");
    assert_eq!(ago(7_300), "2h");
    assert_eq!(ago(86_400 * 3), "3d");
    assert_eq!(ago(86_400 * 20), "2w");
    assert_eq!(ago(86_400 * 200), "6mo");
    assert_eq!(ago(86_400 * 800), "2y");
    assert_eq!(ago(-86_400), "soon");
}
