//! Lists of feeds (OPML), as feed readers write and read them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use super::{
    ParseError,
    decode::decode,
    xml::{Kind, Tokens, attribute, plain_line},
};

/// The greatest number of feeds that is taken from one list.
const MAX_FEEDS: usize = 10_000;
/// The greatest number of entries that are named because they are left out.
const MAX_LEFT_OUT: usize = 1_000;

/// A feed of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outline {
    /// Its name; unique in the list.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The page that it belongs to.
    pub site: Option<String>,
    /// The folders that it stands in, the outermost first, and its own categories.
    pub categories: Vec<String>,
}

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The feeds that can be taken.
    pub feeds: Vec<Outline>,
    /// The entries that cannot, each with the reason; the first ones if there are very many.
    pub left_out: Vec<LeftOut>,
}

/// An entry of a list that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name or address in one line.
    pub entry: String,
    /// Why it is not taken.
    pub why: &'static str,
}

impl List {
    fn leave_out(&mut self, entry: &str, why: &'static str) {
        if self.left_out.len() < MAX_LEFT_OUT {
            self.left_out.push(LeftOut { entry: plain_line(entry), why });
        }
    }
}

/// Reads a list. Feeds that stand in it twice come once; only addresses of the web are taken, for the list may be
/// anybody's.
///
/// # Errors
/// Fails if the text is not a list of feeds.
pub fn import(bytes: &[u8]) -> Result<List, ParseError> {
    let text = decode(bytes, None).text;
    let mut list = List::default();
    let mut names = Names::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut is_list = false;
    for token in Tokens::new(&text) {
        match token.kind {
            Kind::Start { name, .. } if name.eq_ignore_ascii_case("opml") => is_list = true,
            Kind::Start { name, attributes, empty } if name.eq_ignore_ascii_case("outline") => {
                let found = outline(attributes, &folders);
                if !empty {
                    let folder = if matches!(found, Ok(None)) { label(attributes) } else { None };
                    folders.push(folder);
                }
                match found {
                    Ok(Some(feed)) if !names.is_new(&feed.url) => {}
                    Ok(Some(feed)) if list.feeds.len() == MAX_FEEDS => list.leave_out(&feed.url, "there are too many"),
                    Ok(Some(mut feed)) => {
                        feed.name = names.unique(feed.name);
                        list.feeds.push(feed);
                    }
                    Ok(None) => {}
                    Err(why) => {
                        let entry = label(attributes).or_else(|| attribute(attributes, "xmlUrl").map(Cow::into_owned));
                        list.leave_out(&entry.unwrap_or_default(), why);
                    }
                }
            }
            Kind::End { name } if name.eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            _ => {}
        }
    }
    if is_list { Ok(list) } else { Err(ParseError::Unknown { found: "no list of feeds".into() }) }
}

/// Reads an entry. Returns `None` if it is a folder, and an error if it is a feed that cannot be taken.
fn outline(attributes: &str, folders: &[Option<String>]) -> Result<Option<Outline>, &'static str> {
    let says_feed = attribute(attributes, "type").is_some_and(|kind| matches!(&*kind, "rss" | "atom"));
    let url = match attribute(attributes, "xmlUrl") {
        Some(url) if !url.trim().is_empty() => url,
        _ if says_feed => return Err("it has no address"),
        _ => return Ok(None),
    };
    let url = url.trim();
    let url = url.strip_prefix("feed:").map_or_else(
        || url.to_owned(),
        |rest| {
            if rest.starts_with("//") { format!("https:{rest}") } else { rest.to_owned() }
        },
    );
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        return Err("its address is not one of the web");
    }
    let own = attribute(attributes, "category").unwrap_or_default();
    let own = own.split([',', '/']).map(plain_line).filter(|category| !category.is_empty());
    let mut categories: Vec<String> = folders.iter().flatten().cloned().collect();
    for category in own {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    let site = attribute(attributes, "htmlUrl").map(|site| site.trim().to_owned()).filter(|site| !site.is_empty());
    Ok(Some(Outline { name: label(attributes).unwrap_or_else(|| url.clone()), url, site, categories }))
}

/// Returns what an outline is called.
fn label(attributes: &str) -> Option<String> {
    let named = |name: &str| attribute(attributes, name).map(|text| plain_line(&text)).filter(|text| !text.is_empty());
    named("title").or_else(|| named("text"))
}

/// What has been given out already.
#[derive(Default)]
struct Names {
    urls: BTreeSet<String>,
    names: BTreeMap<String, usize>,
}

impl Names {
    fn is_new(&mut self, url: &str) -> bool {
        self.urls.insert(url.to_owned())
    }

    fn unique(&mut self, name: String) -> String {
        let count = self.names.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => name,
            count => self.unique(format!("{name} {count}")),
        }
    }
}

/// Writes a list; feeds with categories stand in a folder of the first one.
pub fn export(title: &str, feeds: &[Outline]) -> String {
    let mut folders: BTreeMap<&str, Vec<&Outline>> = BTreeMap::new();
    for feed in feeds {
        folders.entry(feed.categories.first().map_or("", String::as_str)).or_default().push(feed);
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n");
    let _ = write!(out, "    <title>{}</title>\n  </head>\n  <body>\n", escaped(title));
    for (folder, feeds) in folders {
        if !folder.is_empty() {
            let _ = writeln!(out, "    <outline text=\"{0}\" title=\"{0}\">", escaped(folder));
        }
        for feed in feeds {
            write_feed(&mut out, feed);
        }
        if !folder.is_empty() {
            out.push_str("    </outline>\n");
        }
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_feed(out: &mut String, feed: &Outline) {
    let (name, url) = (escaped(&feed.name), escaped(&feed.url));
    let _ = write!(out, "      <outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{url}\"");
    if let Some(site) = &feed.site {
        let _ = write!(out, " htmlUrl=\"{}\"", escaped(site));
    }
    if !feed.categories.is_empty() {
        let _ = write!(out, " category=\"{}\"", escaped(&feed.categories.join(",")));
    }
    out.push_str("/>\n");
}

/// Escapes text for an attribute; characters that XML has no place for are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Outline, export, import};

    const LIST: &str = "<?xml version='1.0'?><opml version='1.0'><body>\
        <outline text='Vendors &amp; labs'><outline text='A' xmlUrl='https://a.example/rss' htmlUrl='https://a.example/'/>\
        <outline text='Deep'><outline title='B' type='rss' xmlurl='feed://b.example/atom' category='/x,y'></outline></outline>\
        </outline><outline text='A' xmlUrl='https://c.example/rss'/><outline text='A2' xmlUrl='https://a.example/rss'/>\
        <outline text='local' xmlUrl='/etc/passwd'/><outline text='nameless' type='rss'/></body></opml>";

    #[test]
    fn folders_are_categories_and_names_are_unique() {
        let list = import(LIST.as_bytes()).unwrap();
        let left_out: Vec<_> = list.left_out.iter().map(|left| (left.entry.as_str(), left.why)).collect();
        assert_eq!(
            left_out,
            [("local", "its address is not one of the web"), ("nameless", "it has no address")],
            "what is left out is named"
        );
        let read: Vec<_> =
            list.feeds.iter().map(|feed| (feed.name.as_str(), feed.url.as_str(), feed.categories.join("|"))).collect();
        assert_eq!(
            read,
            [
                ("A", "https://a.example/rss", "Vendors & labs".to_owned()),
                ("B", "https://b.example/atom", "Vendors & labs|Deep|x|y".to_owned()),
                ("A 2", "https://c.example/rss", String::new()),
            ]
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let feeds = vec![
            Outline { name: "a \"b\" <c> & d".into(), url: "https://a.example/?x=1&y=2".into(), ..Outline::default() },
            Outline {
                name: "B".into(),
                url: "https://b.example/".into(),
                site: Some("https://b.example/blog".into()),
                categories: vec!["One".into(), "Two".into()],
            },
        ];
        assert_eq!(import(export("Feeds", &feeds).as_bytes()).unwrap().feeds, feeds);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(import(b"<rss/>").is_err());
    }

    proptest! {
        #[test]
        fn any_name_survives_the_way_out_and_in(name in any::<String>()) {
            let feeds = [Outline { name, url: "https://a.example/".into(), ..Outline::default() }];
            assert_eq!(import(export("t", &feeds).as_bytes()).unwrap().feeds.len(), 1);
        }
    }
}
