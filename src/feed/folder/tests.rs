use std::fs;

use proptest::prelude::{any, prop, proptest};

use super::{document, email, list, read};
use crate::article::Content;

#[test]
fn every_kind_of_file_becomes_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "a.html",
        "<html><head><title>A &amp; B</title><meta property='article:published_time' content='2025-07-23'>",
    );
    write("b.md", "# Heading & more\n\ntext");
    write("c.txt", "First line <x>\nsecond");
    write("d.xml", "<rss><channel><item><title>one</title></item><item><title>two</title></item></channel></rss>");
    write("e.xml", "no feed");
    write("f.bin", "not read");
    write(".hidden.txt", "not read");
    let feed = read(folder.path(), list(folder.path()).unwrap());
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["A & B", "Heading & more", "First line <x>", "one", "two"]);
    assert_eq!(feed.entries[0].published.map(|at| at.to_string()).as_deref(), Some("2025-07-23T00:00:00Z"));
    assert!(feed.entries[1].published.is_some(), "the time of the file stands in");
    assert_eq!(feed.entries[1].content, Content::Plain("# Heading & more\n\ntext".into()));
    assert_eq!(feed.remark.as_deref(), Some("1 of 5 files could not be read; 1 file skipped: 1 .bin"));
}

#[test]
fn what_is_not_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    for name in ["a.csv", "b.csv", "c.ioc", "LICENSE"] {
        write(name, "x");
    }
    write("d.json", r#"{"type": "bundle", "id": "bundle--1", "objects": []}"#);
    write("e.json", r#"{"Event": {"info": "x", "Attribute": []}}"#);
    write("f.json", r#"{"vulnerabilities": [{"cveID": "CVE-2026-0001"}]}"#);
    write("g.xml", "<opml><body/></opml>");
    write("h.txt", "read");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("i.txt")).unwrap();
    let feed = read(folder.path(), list(folder.path()).unwrap());
    assert_eq!(feed.entries.len(), 1);
    let remark = feed.remark.unwrap();
    for said in
        ["files skipped: ", "2 .csv", "1 .ioc", "1 STIX", "1 MISP", "1 without an ending", "1 catalogues", "OPML"]
    {
        assert!(remark.contains(said), "{said}: {remark}");
    }
    #[cfg(unix)]
    assert!(remark.starts_with("9 files skipped") && remark.contains("1 links"), "{remark}");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_swapped_for_a_link_after_the_listing_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "own words").unwrap();
    let listing = list(folder.path()).unwrap();
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", &file).unwrap();
    let feed = read(folder.path(), listing);
    assert_eq!((feed.entries.len(), feed.remark.as_deref()), (0, Some("1 of 1 files could not be read")));
}

#[test]
fn what_comes_without_a_name_is_told_by_its_form() {
    let read = |text: &str| {
        let feed = super::parse_any(text.as_bytes(), "Mail");
        (feed.format, feed.entries.into_iter().map(|entry| entry.title).collect::<Vec<_>>())
    };
    assert_eq!(read("<rss><channel><item><title>a</title></item></channel></rss>"), ("rss", vec!["a".to_owned()]));
    assert_eq!(read("From: x@y.example\nSubject: An advisory\n\nbody: text"), ("folder", vec!["An advisory".into()]));
    assert_eq!(read("<!doctype html><title>A page</title><p>x"), ("folder", vec!["A page".into()]));
    assert_eq!(read("# Notes\n\nfrom: somebody"), ("folder", vec!["Notes".into()]));
    assert_eq!(read("\n"), ("folder", vec![]));
}

proptest! {
    #[test]
    fn any_file_is_read_without_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        mail in "(Subject: |=[?]utf-8[?][QB][?]|[?]=|=[0-9A-F]{2}|\r\n|\n|Content-Type: |multipart/mixed; |boundary=|x|\"|--x|é|---\ntitle: ){0,40}",
    ) {
        for bytes in [bytes.as_slice(), mail.as_bytes()] {
            let _ = super::parse_any(bytes, "x");
            let _ = (document::html(bytes), document::text(bytes), email::read(bytes));
        }
    }
}
