//! Both readers find the same entries in every feed that feed-rs is trusted with.

use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};

use super::{coverage, parser::FeedParser, standard_feed};
use crate::feed::ParsedFeed;

const DOCUMENT: Option<&str> = Some("https://feeds.example/all.xml");

/// Reads a feed with both readers. Returns `None` if feed-rs is not trusted with it.
fn both(text: &str) -> Option<(ParsedFeed, ParsedFeed)> {
    let standard = standard_feed(text, DOCUMENT)?;
    Some((standard, FeedParser::new(text, DOCUMENT).run().unwrap()))
}

fn same(text: &str) {
    let (standard, own) = both(text).unwrap_or_else(|| panic!("feed-rs does not read it: {text}"));
    assert_eq!(standard, own, "{text}");
}

#[test]
fn the_demo_feeds_are_read_alike() {
    same(include_str!("../../../assets/demo/advisories.xml"));
    same(include_str!("../../../assets/demo/cloud.xml"));
    same(include_str!("../../../assets/demo/news.xml"));
    same(include_str!("../../../assets/demo/research.xml"));
}

#[test]
fn what_feed_rs_would_read_in_part_is_not_left_to_it() {
    let rss = |inner: &str| format!("<rss version='2.0'><channel><title>T</title>{inner}</channel></rss>");
    let item = |inner: &str| rss(&format!("<item><link>https://a.example/</link>{inner}</item>"));
    assert_eq!(coverage::readable_items(&item("<title>a</title>")), Some(1));
    for unread in [
        item("<description>a <b>b</b></description>"),
        item("<dc:subject>a</dc:subject>"),
        item("<pubdate>2026-01-01</pubdate>"),
        item("<content:encoded>undeclared</content:encoded>"),
        item("<author>\u{bb}ann@a.example</author>"),
        item("<title>a &#150; b</title>"),
        item("<title>a&nbsp;b</title>"),
        item("<pubDate>2026-01-01</pubDate><pubDate>2026-01-02</pubDate>"),
        rss("<item xml:base='/x/'><link>a</link></item>"),
        rss("<item/>"),
        rss(&"<item><link>x</link></item>".repeat(2_001)),
        rss(&"<category>c</category>".repeat(200_000)),
        rss(&format!("<item {}><link>x</link></item>", "a='' ".repeat(10_000))),
        "<feed><entry><summary>untyped &lt;p></summary></entry></feed>".into(),
        "<rdf:RDF><item rdf:about='x'><link>y</link></item></rdf:RDF>".into(),
    ] {
        assert_eq!(coverage::readable_items(&unread), None, "{unread:.200}");
    }
}

#[test]
fn items_behind_the_end_of_the_channel_are_read() {
    let text = "<rss version='2.0'><channel><title>T</title></channel><item><title>a</title>\
        <link>https://a.example/</link></item></rss>";
    assert_eq!(super::read(text, None).unwrap().entries.len(), 1);
}

fn words() -> impl Strategy<Value = String> {
    "[A-Za-zäé日&<>\"' .:\n-]{0,24}"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An element with characters, escaped or in a CDATA section.
fn element(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::sample::select(names), words(), prop::bool::ANY).prop_map(|(name, text, cdata)| {
        let end = name.split(' ').next().unwrap_or(name);
        let text = if cdata { format!("<![CDATA[{text}]]>") } else { escaped(&text) };
        format!("<{name}>{text}</{end}>")
    })
}

fn dated(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::sample::select(names), 0_i64..4_000_000_000).prop_map(|(name, second)| {
        let at = jiff::Timestamp::from_second(second).unwrap();
        format!("<{name}>{at}</{name}>")
    })
}

fn rss_item() -> impl Strategy<Value = String> {
    let field = prop_oneof![
        element(&[
            "title",
            "description",
            "content:encoded",
            "guid",
            "guid isPermaLink='false'",
            "category",
            "comments"
        ]),
        element(&["author", "dc:creator", "dc:rights", "media:credit", "itunes:author", "slash:comments", "source"]),
        dated(&["pubDate", "dc:date", "updated"]),
        Just("<author>ed@a.example (Ed Itor)</author>".to_owned()),
        Just("<enclosure url='https://a.example/x' length='1' type='a/b'/>".to_owned()),
    ];
    ("[a-z0-9/?=&-]{1,20}", prop::bool::ANY, prop::collection::vec(field, 0..7)).prop_map(|(path, absolute, fields)| {
        let site = if absolute { "https://news.example/" } else { "/" };
        format!("<item><link> {site}{} </link>{}</item>", escaped(&path), fields.concat())
    })
}

fn atom_entry() -> impl Strategy<Value = String> {
    let field = prop_oneof![
        element(&["title", "title type='html'", "title type='text'", "id", "rights", "subtitle"]),
        element(&["content type='html'", "content type='text'", "summary type='html'", "summary type='text'"]),
        dated(&["published", "updated"]),
        element(&["name", "name", "email", "uri"]).prop_map(|inside| format!("<author>{inside}</author>")),
        Just("<link rel='self' href='/self'/><link rel='enclosure' href='/e'/>".to_owned()),
        Just("<category term='t' label='A &amp; B'/><category term='c'/>".to_owned()),
    ];
    ("[a-z0-9/?=&-]{1,20}", prop::collection::vec(field, 0..7)).prop_map(|(path, fields)| {
        format!("<entry><link href='https://news.example/{}'/>{}</entry>", escaped(&path), fields.concat())
    })
}

proptest! {
    #[test]
    fn generated_rss_is_read_alike(items in prop::collection::vec(rss_item(), 0..5)) {
        let text = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
             xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\">\
             <channel><title>T &amp; U</title><link>https://site.example/</link><ttl>5</ttl>{}</channel></rss>",
            items.concat()
        );
        if let Some((standard, own)) = both(&text) {
            assert_eq!(standard, own, "{text}");
        }
    }

    #[test]
    fn generated_atom_is_read_alike(entries in prop::collection::vec(atom_entry(), 0..5)) {
        let text = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://base.example/x/\"><title>T</title>\
             <link href='a'/>{}</feed>",
            entries.concat()
        );
        if let Some((standard, own)) = both(&text) {
            assert_eq!(standard, own, "{text}");
        }
    }
}
