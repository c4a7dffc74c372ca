//! What TOML cannot tell: settings that are well formed and still cannot work, each with its line and what to do.

mod names;

use std::collections::HashMap;

use toml_edit::{Document, Item};
use url::Url;

use super::Settings;
use crate::source::Source;

/// A setting that cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line of the file, counted from 1; none when it cannot be told.
    pub(super) line: Option<usize>,
    /// What is wrong and what to do, in one sentence.
    pub(super) what: String,
}

/// Finds the first setting that cannot work. The feeds are those that the file itself names, or the shipped ones.
///
/// `own_themes` are the names of the user's own themes.
pub(super) fn find(text: &str, settings: &Settings, own_themes: &[String]) -> Option<Fault> {
    let own = &settings.feeds;
    if let Some(fault) = names::find(text, settings, own_themes) {
        return Some(fault);
    }
    if let Some((key, what)) = fetch(settings) {
        return Some(Fault { line: line(text, |document| document.get("fetch")?.get(key)), what });
    }
    for (at, feed) in own.iter().enumerate() {
        if let Some((key, what)) = feed_fault(feed) {
            let what = format!("the feed {:?} {what}", feed.name);
            return Some(Fault { line: feed_line(text, at, key), what });
        }
    }
    same(text, own)
}

fn fetch(settings: &Settings) -> Option<(&'static str, String)> {
    let fetch = &settings.fetch;
    let short = |key, name: &str| (key, format!("{name} = 0 would never let a request through: write such as \"20s\""));
    if fetch.parallel == 0 {
        return Some(("parallel", "parallel = 0 would never ask a feed: write a number from 1 on".into()));
    }
    for (key, time) in [
        ("connect_timeout", fetch.connect_timeout),
        ("read_timeout", fetch.read_timeout),
        ("total_timeout", fetch.total_timeout),
    ] {
        if time.is_zero() {
            return Some(short(key, key));
        }
    }
    if fetch.max_feed_mb == 0 {
        return Some(("max_feed_mb", "max_feed_mb = 0 would refuse every feed: write a number from 1 on".into()));
    }
    if !sendable(&fetch.user_agent) {
        return Some((
            "user_agent",
            "user_agent cannot be sent: write it in letters, digits and signs of ASCII".into(),
        ));
    }
    proxy(&fetch.proxy).map(|what| ("proxy", format!("the proxy {what}")))
}

fn feed_fault(feed: &Source) -> Option<(&'static str, String)> {
    if feed.name.trim().is_empty() {
        return Some(("name", "has no name: write one, it is shown as the source".into()));
    }
    if let Some(what) = address(&feed.url) {
        return Some(("url", what));
    }
    if feed.user_agent.as_deref().is_some_and(|agent| !sendable(agent)) {
        let what = "has a user_agent that cannot be sent: write it in letters, digits and signs of ASCII";
        return Some(("user_agent", what.into()));
    }
    for (name, value) in &feed.headers {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            return Some(("headers", format!("has a header {name:?}, which no server takes: write such as X-Api-Key")));
        }
        if value.contains(['\n', '\r', '\0']) {
            return Some(("headers", format!("has a header {name} of more than one line: write it in one")));
        }
        for (open, close) in [("${", '}'), ("$(", ')')] {
            if value.split(open).skip(1).any(|rest| !rest.contains(close)) {
                let what = format!("has a header {name} in which a `{open}` is never closed: add the `{close}`");
                return Some(("headers", what));
            }
        }
    }
    if let Some(proxy) = feed.proxy.as_deref().and_then(proxy) {
        return Some(("proxy", format!("has a proxy that {proxy}")));
    }
    None
}

/// Says what is wrong with an address; paths are looked at when they are read.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    if url.is_empty() {
        return Some("has no url: write the address of the feed or the path of a folder".into());
    }
    let (scheme, _) = url.split_once("://")?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "file" => Url::parse(url)
            .err()
            .map(|error| format!("has the url {url:?}, which is no address ({error}): write https://host/path")),
        _ => Some(format!("has the url {url:?}, which is not fetched: write http://, https:// or a path")),
    }
}

fn proxy(proxy: &str) -> Option<String> {
    if proxy.is_empty() {
        return None;
    }
    let advice = "write such as http://proxy.example:3128 or socks5h://127.0.0.1:1080";
    let whole = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
    match Url::parse(&whole) {
        Ok(url) if !url.has_host() => Some(format!("names no host: {advice}")),
        Ok(url) if matches!(url.scheme(), "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h") => None,
        Ok(url) => Some(format!("is of the kind {}, which is not known: {advice}", url.scheme())),
        Err(_) => Some(format!("is no address: {advice}")),
    }
}

fn sendable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Finds two feeds of one name.
fn same(text: &str, own: &[Source]) -> Option<Fault> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, feed) in own.iter().enumerate() {
        if let Some(first) = seen.insert(feed.name.to_lowercase(), at) {
            let before = feed_line(text, first, "name").map(|line| format!(" (line {line})")).unwrap_or_default();
            let what = format!("there are two feeds {:?}{before}: give one of them another name", feed.name);
            return Some(Fault { line: feed_line(text, at, "name"), what });
        }
    }
    None
}

fn feed_line(text: &str, at: usize, key: &str) -> Option<usize> {
    let place = |key: &str| {
        line(text, |document| match document.get("feeds")? {
            Item::ArrayOfTables(tables) => tables.get(at)?.get(key),
            feeds => feeds.get(at)?.get(key),
        })
    };
    place(key).or_else(|| place("name"))
}

fn line(text: &str, find: impl Fn(&Document<String>) -> Option<&Item>) -> Option<usize> {
    let document = Document::parse(text.to_owned()).ok()?;
    let start = find(&document)?.span()?.start;
    Some(text[..start].matches('\n').count() + 1)
}
