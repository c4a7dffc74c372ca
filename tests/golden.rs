//! Briefings byte for byte: each `tests/golden/NAME.txt` becomes `tests/golden/NAME.md`.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{self, Briefer},
    hunt::{Catalogue, Parameters},
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
    let briefing = Briefer::new(Catalogue::shipped()).brief(&article);
    briefing::markdown(&article, &briefing, Catalogue::shipped(), &Parameters::default())
}

/// Compares with the file, or writes it when `UPDATE_GOLDEN` is set: what changed then stands in the diff.
fn assert_golden(name: &str, made: &str) {
    let path = format!("tests/golden/{name}.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, made).unwrap();
    }
    assert_eq!(made, fs::read_to_string(&path).unwrap());
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

#[test]
fn a_report_has_its_indicators_phases_hunts_and_the_sum_of_its_signals() {
    let title = "Glass Heron brings a new loader to accounting firms";
    let url = "https://research.example/glass-heron";
    assert_golden("glass-heron", &markdown("glass-heron", title, "Example Research", url, "2026-10-21T09:30:00Z"));
}

#[test]
fn a_summary_of_one_sentence_is_judged_by_its_words() {
    let title = "Attackers exploit zero-day in Contoso VPN gateways";
    let url = "https://news.example/contoso-zero-day";
    assert_golden(
        "gateway-zero-day",
        &markdown("gateway-zero-day", title, "Example News", url, "2026-11-02T18:00:00Z"),
    );
}

#[test]
fn text_of_an_article_is_text_and_a_ceiling_is_part_of_the_sum() {
    let title = "Three arrested\n# over the [Brassfern](javascript:x) ransomware <img src=x>";
    let url = "https://news.example/three-arrested";
    assert_golden("ring-arrested", &markdown("ring-arrested", title, "Example News", url, "2026-11-03T08:00:00Z"));
}
