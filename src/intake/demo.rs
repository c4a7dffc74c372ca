use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

use super::prepare::{article_of, briefed};
use crate::{
    article::Identity,
    briefing::Briefer,
    feed,
    source::Source,
    store::{Saved, Store, StoreError},
};

/// The built-in demo feeds: invented articles on example names and documentation addresses.
const FEEDS: [&str; 4] = [
    include_str!("../../assets/demo/research.xml"),
    include_str!("../../assets/demo/advisories.xml"),
    include_str!("../../assets/demo/news.xml"),
    include_str!("../../assets/demo/cloud.xml"),
];

/// Fills a new store with the demo set, along the same road as any other feed; its dates are counted back from `now`.
///
/// # Errors
/// Fails if the store does.
pub async fn load_demo(store: &Store, briefer: &Briefer, now: Timestamp) -> Result<Saved, StoreError> {
    let mut filings = Vec::new();
    for text in FEEDS {
        let parsed = feed::parse(date(text, now).as_bytes(), None, None).expect("a test parses every demo feed");
        let source = demo_feed(&parsed.title);
        let identities = Identity::of_poll(&parsed.entries);
        let entries = parsed.entries.into_iter().zip(identities);
        let articles = entries.filter_map(|(entry, identity)| article_of(entry, identity, &source, now));
        filings.extend(articles.filter_map(|article| briefed(briefer, article, &source, true)));
    }
    store.save(filings, now).await
}

fn demo_feed(name: &str) -> Source {
    Source { tags: vec!["demo".to_owned()], ..Source::new(name, "") }
}

/// Replaces each `{{HOURS}}` by the time that many hours before `now`.
fn date(text: &str, now: Timestamp) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (hours, after) = after.split_once("}}").expect("a test reads every demo date");
        let hours = hours.parse().expect("a test reads every demo date");
        let then = now.saturating_sub(SignedDuration::from_hours(hours)).expect("a signed duration can be subtracted");
        out.push_str(before);
        out.push_str(
            &rfc2822::to_string(&then.to_zoned_datetime(jiff::tz::TimeZone::UTC)).expect("our own time has a date"),
        );
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{FEEDS, date, feed};

    #[test]
    fn every_demo_article_has_a_title_a_link_and_a_date_of_the_last_days() {
        let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let mut count = 0;
        for text in FEEDS {
            let parsed = feed::parse(date(text, now).as_bytes(), None, None).unwrap();
            assert!(!parsed.repaired, "{}", parsed.title);
            for entry in parsed.entries {
                let published = entry.published.unwrap_or_else(|| panic!("{} has no date", entry.title));
                assert!(
                    published < now && published > now - jiff::SignedDuration::from_hours(24 * 14),
                    "{}",
                    entry.title
                );
                assert!(!entry.title.is_empty());
                let link = entry.link.unwrap_or_default();
                assert!(link.starts_with("https://") && link.contains(".example/"), "{link}");
                count += 1;
            }
        }
        assert!((15..=25).contains(&count), "{count} articles");
    }
}
