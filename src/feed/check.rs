use serde::Serialize;

use super::ParsedFeed;

/// What `feeds check` says of a feed, in its JSON form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The file or address.
    pub path: String,
    /// The format, such as `rss` or `atom`.
    pub kind: &'static str,
    /// How many entries it has.
    pub entries: usize,
    /// Its title.
    pub title: String,
    /// Its first entry.
    pub first: Option<CheckedEntry>,
    /// Whether it had to be repaired.
    pub repaired: bool,
    /// What was repaired or left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// How many entries have no date that can be read.
    pub without_date: usize,
}

/// What `feeds check` says of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckedEntry {
    /// Its title.
    pub title: String,
    /// Its link; its id where that is an address and there is no link.
    pub link: Option<String>,
    /// When it was published, or changed where only that is said; RFC 3339 in UTC.
    pub published_iso: Option<String>,
}

impl Check {
    /// Sums a feed up.
    pub fn of(path: &str, feed: &ParsedFeed) -> Self {
        let first = feed.entries.first().map(|entry| CheckedEntry {
            title: entry.title.clone(),
            link: feed.first_address().map(str::to_owned),
            published_iso: entry.published.or(entry.updated).map(|at| at.to_string()),
        });
        let without_date = feed.entries.iter().filter(|entry| entry.published.or(entry.updated).is_none()).count();
        Self {
            path: path.to_owned(),
            kind: feed.format,
            entries: feed.entries.len(),
            title: feed.title.clone(),
            first,
            repaired: feed.repaired,
            remark: feed.remark.clone(),
            without_date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Check;

    #[test]
    fn an_entry_without_a_link_is_named_by_its_id() {
        let feed = crate::feed::parse(b"<feed><entry><id>urn:uuid:1</id><title>t</title></entry></feed>", None, None);
        let check = serde_json::to_value(Check::of("f.xml", &feed.unwrap())).unwrap();
        let wanted = serde_json::json!({"path": "f.xml", "kind": "atom", "entries": 1, "title": "", "repaired": false,
            "first": {"title": "t", "link": "urn:uuid:1", "published_iso": null}, "without_date": 1});
        assert_eq!(check, wanted);
    }
}
