//! Briefings byte for byte: each `tests/golden/NAME.txt` becomes `tests/golden/NAME.md`.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{self, Workbench},
    hunt::{Catalogue, Parameters},
    indicator::Lists,
};
use jiff::Timestamp;

fn markdown(name: &str, title: &str, source: &str, url: &str, published: &str) -> String {
    let text = fs::read_to_string(format!("tests/golden/{name}.txt")).unwrap();
    let published: Timestamp = published.parse().unwrap();
    let entry = Entry {
        title: title.into(),
        link: Some(url.into()),
        published: Some(published),
        content: Content::Plain(text),
        ..Entry::default()
    };
    let article = Article::from_entry(entry, source, published);
    let bench =
        Workbench { hunts: Catalogue::shipped(), lists: &Lists::default(), watch_list: &[], technique_threshold: 0.3 };
    let briefing = briefing::brief(&article, &bench);
    briefing::markdown(&article, &briefing, Catalogue::shipped(), &Parameters::default())
}

#[test]
fn the_article_that_defines_the_form_comes_out_byte_for_byte() {
    let made = markdown(
        "developer-first",
        "Developer-first supply chain security",
        "Snyk",
        "https://snyk.io/blog/developer-first-supply-chain-security/",
        "2023-09-19T00:00:00Z",
    );
    assert_eq!(made, fs::read_to_string("tests/golden/developer-first.md").unwrap());
}
