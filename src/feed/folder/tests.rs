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
    let files = list(folder.path()).unwrap();
    let feed = read(folder.path(), &files);
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["A & B", "Heading & more", "First line <x>", "one", "two"]);
    assert_eq!(feed.entries[0].published.map(|at| at.to_string()).as_deref(), Some("2025-07-23T00:00:00Z"));
    assert!(feed.entries[1].published.is_some(), "the time of the file stands in");
    assert_eq!(feed.entries[1].content, Content::Plain("# Heading & more\n\ntext".into()));
    assert_eq!(feed.remark.as_deref(), Some("1 of 5 files could not be read"));
}

proptest! {
    #[test]
    fn any_file_is_read_without_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        mail in "(Subject: |=[?]utf-8[?][QB][?]|[?]=|=[0-9A-F]{2}|\r\n|\n|Content-Type: |multipart/mixed; |boundary=|x|\"|--x|é|---\ntitle: ){0,40}",
    ) {
        for bytes in [bytes.as_slice(), mail.as_bytes()] {
            let _ = (document::html(bytes), document::text(bytes), email::read(bytes));
        }
    }
}
