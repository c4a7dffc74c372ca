use crate::{
    article::{Content, Entry},
    feed::{
        date,
        decode::decode,
        xml::{Kind, Tokens, attribute, plain_line},
    },
};

/// How much of a page is searched for its title and date.
const MAX_HEAD_BYTES: usize = 256 * 1024;

/// Makes an entry of an HTML page; its title, address and date are what its head says.
pub(super) fn html(bytes: &[u8]) -> Entry {
    let html = decode(bytes, Some("text/html")).text.into_owned();
    let head = &html[..html.floor_char_boundary(MAX_HEAD_BYTES)];
    let mut entry = Entry::default();
    let mut heading = None;
    for token in Tokens::new(head) {
        let Kind::Start { name, attributes, .. } = token.kind else { continue };
        let value_of = |attribute_name: &str| attribute(attributes, attribute_name).map(std::borrow::Cow::into_owned);
        match name.to_ascii_lowercase().as_str() {
            "title" if entry.title.is_empty() => entry.title = inside(head, token.span.end, &["</title", "</TITLE"]),
            "h1" if heading.is_none() => heading = Some(inside(head, token.span.end, &["</h1", "</H1"])),
            "link" if value_of("rel").as_deref() == Some("canonical") => entry.link = value_of("href"),
            "meta" => {
                let what = value_of("property").or_else(|| value_of("name")).unwrap_or_default();
                if matches!(what.as_str(), "article:published_time" | "date" | "dcterms.created" | "pubdate") {
                    entry.published = entry.published.or_else(|| date::read(&value_of("content")?));
                }
            }
            "time" => entry.published = entry.published.or_else(|| date::read(&value_of("datetime")?)),
            _ => {}
        }
    }
    if entry.title.is_empty() {
        entry.title = heading.unwrap_or_default();
    }
    entry.content = Content::Html(html);
    entry
}

fn inside(html: &str, from: usize, ends: &[&str]) -> String {
    let rest = &html[from..html.floor_char_boundary(from + 8 * 1024)];
    let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    plain_line(&rest[..end])
}

/// Makes an entry of plain text or Markdown; its title is its first heading, or its first line.
pub(super) fn text(bytes: &[u8]) -> Entry {
    let text = decode(bytes, None).text.into_owned();
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "---").take(200);
    let heading = lines().find_map(|line| line.strip_prefix("# "));
    let first = || lines().find(|line| !line.starts_with("<!--"));
    let matter = |wanted: &str| {
        let line = lines().take(30).find_map(|line| line.split_once(':').filter(|(name, _)| *name == wanted))?;
        Some(line.1.trim().trim_matches(['"', '\'']))
    };
    let front = text.starts_with("---");
    let title = if front { matter("title").or(heading) } else { heading };
    Entry {
        title: title.or_else(first).map(shortened).unwrap_or_default(),
        published: if front { matter("date").and_then(date::read) } else { None },
        link: if front { matter("url").or_else(|| matter("link")).map(str::to_owned) } else { None },
        content: Content::Plain(text),
        ..Entry::default()
    }
}

/// Makes a title of a line of text.
fn shortened(line: &str) -> String {
    let line = line.trim_start_matches('#').trim();
    let cut = line.char_indices().nth(200).map_or(line.len(), |(at, _)| at);
    // The text is no HTML: its `&` and `<` stand for themselves.
    plain_line(&line[..cut].replace('&', "&amp;").replace('<', "&lt;"))
}
