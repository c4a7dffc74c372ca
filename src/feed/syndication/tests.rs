use proptest::prelude::{any, prop, proptest};

use super::parser::FeedParser;
use crate::{
    article::{Content, Entry},
    feed::{ParseError, ParsedFeed},
};

/// Reads with the lenient reader, whatever feed-rs would read.
fn read(text: &str, document: Option<&str>) -> Result<ParsedFeed, ParseError> {
    FeedParser::new(text, document).run()
}

fn feed(text: &str) -> ParsedFeed {
    read(text, Some("https://feeds.example/rss/all.xml")).unwrap()
}

fn rss(items: &str) -> ParsedFeed {
    feed(&format!(
        "<rss version=\"2.0\"><channel><title>T</title><link>https://news.example/</link>{items}</channel></rss>"
    ))
}

fn item(inner: &str) -> Entry {
    rss(&format!("<item>{inner}</item>")).entries.remove(0)
}

fn atom(inner: &str) -> Entry {
    let text = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title><entry>{inner}</entry></feed>");
    feed(&text).entries.remove(0)
}

fn html(text: &str) -> Content {
    Content::Html(text.into())
}

fn plain(text: &str) -> Content {
    Content::Plain(text.into())
}

#[test]
fn an_item_of_rss_is_read() {
    let entry = item(
        "<title>Größe &amp;amp; &lt;b&gt;mehr&lt;/b&gt;</title><link> https://news.example/1 </link>\
         <guid isPermaLink=\"false\">g-1</guid><pubDate>Thu, 24 Jul 2025 17:34:13 -0400</pubDate>\
         <author>ed@news.example (Ed Itor)</author><category>a</category><category>b</category><category>a</category>\
         <description>short</description><content:encoded><![CDATA[<p>long &amp; rich</p>]]></content:encoded>",
    );
    assert_eq!(entry.title, "Größe & mehr");
    assert_eq!(entry.link.as_deref(), Some("https://news.example/1"));
    assert_eq!(entry.guid.as_deref(), Some("g-1"));
    assert_eq!(entry.author.as_deref(), Some("Ed Itor"));
    assert_eq!(entry.categories, ["a", "b"]);
    assert_eq!(entry.published.map(|at| at.to_string()).as_deref(), Some("2025-07-24T21:34:13Z"));
    assert_eq!(entry.content, html("<p>long &amp; rich</p>"));
}

#[test]
fn an_entry_of_atom_is_read() {
    let entry = atom(
        "<title type=\"html\">A &lt;i&gt;b&lt;/i&gt;</title><id>urn:1</id><link rel=\"self\" href=\"/x\"/>\
         <link rel=\"enclosure\" href=\"/y\"/><link href=\"/post/1\"/><updated>2025-07-24T10:00:00Z</updated>\
         <author><name>Ann</name><email>ann@news.example</email></author><category term=\"c\" label=\"Cat\"/>\
         <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>x &amp; y</p></div></content>\
         <source><title>Other</title><id>urn:other</id></source>",
    );
    assert_eq!((entry.title.as_str(), entry.guid.as_deref()), ("A b", Some("urn:1")));
    assert_eq!(entry.link.as_deref(), Some("https://feeds.example/post/1"));
    assert_eq!((entry.author.as_deref(), entry.categories.as_slice()), (Some("Ann"), &["Cat".to_owned()][..]));
    assert!(entry.published.is_none() && entry.updated.is_some());
    assert_eq!(entry.content, html("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>x &amp; y</p></div>"));
}

#[test]
fn rdf_and_channel_definitions_are_read() {
    let rdf = feed(
        "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <channel rdf:about=\"x\"><title>R</title><items><rdf:Seq><rdf:li rdf:resource=\"a\"/></rdf:Seq></items></channel>\
         <item rdf:about=\"https://r.example/1\"><title>one</title><dc:date>2025-07-24</dc:date></item></rdf:RDF>",
    );
    assert_eq!((rdf.format, rdf.title.as_str(), rdf.repaired), ("rdf", "R", false));
    assert_eq!(rdf.entries[0].link.as_deref(), Some("https://r.example/1"), "the address it is about");
    let cdf = feed(
        "<CHANNEL HREF=\"https://c.example/\"><TITLE>C</TITLE><ITEM HREF=\"/1\"><TITLE>one</TITLE></ITEM></CHANNEL>",
    );
    assert_eq!((cdf.format, cdf.title.as_str()), ("cdf", "C"));
    assert_eq!(cdf.entries[0].link.as_deref(), Some("https://c.example/1"));
}

#[test]
fn the_richest_body_is_taken_and_plain_text_stays_plain() {
    assert_eq!(item("<description>line 1\nline 2</description>").content, plain("line 1\nline 2"));
    assert_eq!(item("<description>a &lt;b&gt;b&lt;/b&gt;</description>").content, html("a <b>b</b>"));
    assert_eq!(item("<description>5 &lt; 6 and R&amp;D</description>").content, plain("5 < 6 and R&D"));
    let blank = "<content:encoded> </content:encoded><description>the summary</description>";
    assert_eq!(item(blank).content, plain("the summary"));
    assert_eq!(atom("<content type=\"text\">a &lt;b&gt;</content>").content, plain("a <b>"));
    assert_eq!(atom("<content type=\"image/png\">iVBORw0K</content><summary>s</summary>").content, plain("s"));
}

#[test]
fn an_atom_title_that_says_it_is_text_is_literal() {
    assert_eq!(atom("<title type=\"text\">AT&amp;amp;T</title>").title, "AT&amp;T");
    assert_eq!(atom("<title>AT&amp;amp;T</title>").title, "AT&amp;T", "it says so when it says nothing");
    assert_eq!(atom("<title type=\"html\">AT&amp;amp;T</title>").title, "AT&T");
    assert_eq!(item("<title>AT&amp;amp;T</title>").title, "AT&T", "in RSS all titles may be HTML");
}

#[test]
fn what_belongs_to_something_else_in_the_item_is_not_taken() {
    let entry = item(
        "<media:title>picture</media:title><title>article</title><media:content url=\"x\"/><itunes:title>pod</itunes:title>\
         <image><title>logo</title><link>https://logo.example/</link></image><link>https://news.example/1</link>",
    );
    assert_eq!((entry.title.as_str(), entry.link.as_deref()), ("article", Some("https://news.example/1")));
    let feed = rss("<image><title>logo</title><link>https://logo.example/</link></image>");
    assert_eq!((feed.title.as_str(), feed.link.as_deref()), ("T", Some("https://news.example/")));
}

#[test]
fn links_are_resolved_against_the_nearest_base() {
    assert_eq!(item("<link>/a?b=1&amp;c=2</link>").link.as_deref(), Some("https://news.example/a?b=1&c=2"));
    let based = "<rss><channel xml:base=\"https://base.example/x/\"><item><link>a</link></item></channel></rss>";
    assert_eq!(feed(based).entries[0].link.as_deref(), Some("https://base.example/x/a"));
    let bare = "<rss><channel><item><link>a</link></item></channel></rss>";
    assert_eq!(feed(bare).entries[0].link.as_deref(), Some("https://feeds.example/rss/a"));
    assert_eq!(read(bare, None).unwrap().entries[0].link.as_deref(), Some("a"), "what cannot be resolved stays");
    assert_eq!(item("<guid>https://news.example/g</guid>").link.as_deref(), Some("https://news.example/g"));
    assert_eq!(item("<guid isPermaLink=\"false\">https://news.example/g</guid>").link, None);
}

#[test]
fn a_bare_ampersand_costs_nothing() {
    let feed = rss("<item><title>AT&T & more</title><link>https://news.example/?a=1&b=2</link></item>");
    assert_eq!(feed.entries[0].title, "AT&T & more");
    assert_eq!(feed.entries[0].link.as_deref(), Some("https://news.example/?a=1&b=2"));
    assert_eq!((feed.repaired, feed.remark.as_deref()), (true, Some("a bare & was repaired")));
}

#[test]
fn html_that_nobody_escaped_is_kept_whole() {
    let feed = rss(
        "<item><title>one</title><description>a<br>b <p>c &nbsp; d</description></item><item><title>two</title></item>",
    );
    assert_eq!(feed.entries[0].content, html("a<br>b <p>c &nbsp; d"));
    assert_eq!((feed.entries.len(), feed.repaired), (2, true));
}

#[test]
fn a_feed_that_was_cut_keeps_what_came() {
    let whole =
        "<rss><channel><title>T</title><item><title>one</title></item><item><title>two</title><description>begun and";
    let feed = feed(whole);
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["one", "two"]);
    assert_eq!(feed.entries[1].content, plain("begun and"));
    assert!(feed.repaired && feed.remark.as_deref().is_some_and(|remark| remark.contains("its end is missing")));
}

#[test]
fn a_lost_end_tag_does_not_swallow_the_next_field_or_item() {
    let feed = rss("<item><title>one<link>https://news.example/1</link><description>d</description></item>\
         <item><title>two</title><link>https://news.example/2</link>\
         <item><title>three</title></item>");
    let read: Vec<_> = feed.entries.iter().map(|entry| (entry.title.as_str(), entry.link.as_deref())).collect();
    assert_eq!(
        read,
        [("one", Some("https://news.example/1")), ("two", Some("https://news.example/2")), ("three", None)]
    );
    assert_eq!(feed.entries[0].content, plain("d"));
}

#[test]
fn an_empty_item_is_left_out_and_counted() {
    let feed = rss("<item/><item><title>one</title></item>");
    assert_eq!((feed.entries.len(), feed.remark.as_deref()), (1, Some("1 of 2 items")));
}

#[test]
fn a_declared_entity_is_never_expanded() {
    let text = "<!DOCTYPE rss [<!ENTITY a \"&b;&b;\"><!ENTITY b 'x'>]><rss><channel><item><title>&a;</title></item></channel></rss>";
    assert_eq!(feed(text).entries[0].title, "&a;");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in any::<String>()) {
        let _ = read(&text, None);
    }

    #[test]
    fn pieces_of_feeds_in_any_order_are_read_without_panic(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<rss>", "<channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>", "</link>",
                "<link href='x'/>", "<description>", "</description>", "<content type='xhtml'>", "</content>", "<br>", "<p>",
                "</p>", "&", "&amp;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "é", "text", "<", ">", "\"",
                "<a b='", "xmlns:x=\"purl.org/rss/\"", "<x:item>", "</channel>", "</rss>",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        if let Ok(feed) = read(&text, None) {
            assert!(feed.entries.len() <= pieces.len());
        }
    }

    #[test]
    fn a_feed_that_is_cut_anywhere_loses_at_most_its_last_item(cut in 0_usize..1_000) {
        let items: Vec<_> =
            (0..20).map(|n| format!("<item><title>t{n}</title><link>https://n.example/{n}</link></item>")).collect();
        let items = items.concat();
        let whole = format!("<rss><channel>{items}</channel></rss>");
        let part = &whole[..cut.min(whole.len())];
        let complete = part.matches("</item>").count();
        let read = read(part, None).map(|feed| feed.entries.len()).unwrap_or_default();
        assert!(read == complete || read == complete + 1, "{read} of {complete}");
    }
}
