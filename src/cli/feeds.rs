mod add;
mod check;
mod list;
mod lists;
mod remove;
mod retry;

use super::{
    Outcome,
    args::{FeedsArgs, FeedsVerb},
    desk::Desk,
    output::Output,
};
use crate::source::Source;

/// Lists the feeds with how they fare, checks one, or changes which there are.
pub(super) async fn run(desk: &Desk, args: &FeedsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    match &args.verb {
        None => list::run(desk, &args.list, output).await,
        Some(FeedsVerb::List(args)) => list::run(desk, args, output).await,
        Some(FeedsVerb::Retry { feeds }) => retry::run(desk, feeds, output).await,
        Some(FeedsVerb::Check { place }) => check::run(desk, place, output).await,
        Some(FeedsVerb::Add(args)) => add::run(desk, args, output).await,
        Some(FeedsVerb::Remove { feeds }) => remove::run(desk, feeds, output).await,
        Some(FeedsVerb::Import { file, dry_run }) => lists::import(desk, file, *dry_run, output),
        Some(FeedsVerb::Export { file }) => lists::export(desk, file.as_deref(), output),
    }
}

/// Finds the feed of a name, in any case.
fn named<'a>(feeds: &'a [Source], name: &str) -> Option<&'a Source> {
    feeds.iter().find(|feed| feed.name.eq_ignore_ascii_case(name))
}

/// Returns the first of these names that no feed has, else the first of them with a number.
fn free_name<const N: usize>(names: [String; N], feeds: &[Source]) -> String {
    let plain = names[0].clone();
    let numbered = (2..).map(|number| format!("{plain} {number}"));
    let free = names.into_iter().chain(numbered).find(|name| named(feeds, name).is_none());
    free.expect("there are numbers enough")
}

/// Finds the feed of an address, however it is written: scheme, `www.` and a slash at the end make no other feed.
fn known_as<'a>(feeds: &'a [Source], url: &str) -> Option<&'a Source> {
    fn bare(url: &str) -> String {
        let url = url.trim().trim_end_matches('/');
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        format!("{}{path}", host.to_ascii_lowercase())
    }
    let wanted = bare(url);
    feeds.iter().find(|feed| bare(&feed.url) == wanted)
}

#[cfg(test)]
mod tests {
    use super::{free_name, known_as};
    use crate::source::Source;

    #[test]
    fn one_feed_has_one_address_however_it_is_written() {
        let feeds = [Source::new("a", "https://www.News.example/Feed/"), Source::new("b", "/srv/inbox")];
        let name = |url: &str| known_as(&feeds, url).map(|feed| feed.name.as_str());
        assert_eq!(name("http://news.example/Feed"), Some("a"));
        assert_eq!(name("https://news.example/feed"), None);
        assert_eq!(name("/srv/inbox/"), Some("b"));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let feeds = ["News", "news 2", "News (news.example)"].map(|name| Source::new(name, "/srv"));
        let free = |names: [&str; 2], taken: usize| free_name(names.map(str::to_owned), &feeds[..taken]);
        assert_eq!(free(["News", "News (news.example)"], 0), "News");
        assert_eq!(free(["NEWS", "News (news.example)"], 2), "News (news.example)");
        assert_eq!(free(["News", "News (news.example)"], 3), "News 3");
    }
}
