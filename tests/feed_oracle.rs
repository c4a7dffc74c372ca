//! Sound feeds are read as feed-rs, an independent reader, reads them.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use feed_rs::model;
use huntdeck::{
    article::{Content, Entry},
    feed::parse,
};
use jiff::Timestamp;
use proptest::prelude::{Strategy, prop, prop_assert_eq, proptest};

/// An item in no format yet.
#[derive(Clone, Debug)]
struct Item {
    title: String,
    path: String,
    body: String,
    cdata: bool,
    second: i64,
}

fn item() -> impl Strategy<Value = Item> {
    let words = "[A-Za-zäé日&<>\"' .:]{0,20}";
    (words, "[a-z0-9/?=&-]{1,20}", words, prop::bool::ANY, 0_i64..4_000_000_000)
        .prop_map(|(title, path, body, cdata, second)| Item { title: format!("t{title}t"), path, body, cdata, second })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn body(item: &Item) -> String {
    let html = format!("<p>{}</p>", escaped(&item.body));
    if item.cdata { format!("<![CDATA[{html}]]>") } else { escaped(&html) }
}

fn rss(items: &[Item]) -> String {
    let items = items.iter().map(|item| {
        let at = Timestamp::from_second(item.second).unwrap().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
        format!(
            "<item><title>{}</title><link>https://news.example/{}</link><guid>g{}</guid><pubDate>{at}</pubDate>\
             <content:encoded>{}</content:encoded></item>",
            escaped(&item.title),
            escaped(&item.path),
            item.second,
            body(item),
        )
    });
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>T</title>{}</channel></rss>",
        items.collect::<String>()
    )
}

fn atom(items: &[Item]) -> String {
    let items = items.iter().map(|item| {
        format!(
            "<entry><title>{}</title><link href=\"https://news.example/{}\"/><id>g{}</id><published>{}</published>\
             <content type=\"html\">{}</content></entry>",
            escaped(&item.title),
            escaped(&item.path),
            item.second,
            Timestamp::from_second(item.second).unwrap(),
            body(item),
        )
    });
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>{}</feed>", items.collect::<String>())
}

/// What is compared: id, link, date and body.
type Reading = (Option<String>, Option<String>, Option<i64>, String);

fn ours(entry: &Entry) -> Reading {
    let (Content::Html(body) | Content::Plain(body)) = &entry.content;
    (entry.guid.clone(), entry.link.clone(), entry.published.map(Timestamp::as_second), body.clone())
}

fn theirs(entry: &model::Entry) -> Reading {
    let body = entry.content.as_ref().and_then(|content| content.body.clone()).unwrap_or_default();
    let link = entry.links.first().map(|link| link.href.clone());
    (Some(entry.id.clone()), link, entry.published.map(|at| at.timestamp()), body)
}

proptest! {
    #[test]
    fn rss_and_atom_are_read_alike(items in prop::collection::vec(item(), 0..6)) {
        for text in [rss(&items), atom(&items)] {
            let our = parse(text.as_bytes(), None, None).unwrap();
            let their = feed_rs::parser::parse(text.as_bytes()).unwrap();
            prop_assert_eq!(our.repaired, false, "{:?}", our.remark);
            let (our, their): (Vec<_>, Vec<_>) =
                (our.entries.iter().map(ours).collect(), their.entries.iter().map(theirs).collect());
            prop_assert_eq!(our, their);
        }
    }
}
