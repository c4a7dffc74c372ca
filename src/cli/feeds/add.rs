use anyhow::bail;
use url::Url;

use super::{free_name, known_as, named};
use crate::{
    cli::{
        Outcome,
        args::AddArgs,
        desk::Desk,
        output::{self, Output},
    },
    config::Settings,
    feed::{Discovery, Fetcher, FoundAs},
    source::{Source, SourceKind},
    text::{counted, masked_url},
};

/// Finds the feed of an address and adds it to the configuration; says what was found.
pub(super) async fn run(desk: &Desk, args: &AddArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut file = desk.config_to_change()?;
    let settings = file.settings()?;
    if is_known(&settings, &args.place) {
        return Ok(Outcome::Nothing);
    }
    if desk.offline && args.place.contains("://") {
        bail!("--offline asks no server: leave it out to add {}", args.place);
    }
    // A path is kept as it is meant here, whatever the folder that huntdeck is started in later.
    let place =
        std::fs::canonicalize(&args.place).map_or_else(|_| args.place.clone(), |path| path.display().to_string());
    let wanted = Source::new(args.name.clone().unwrap_or_else(|| place.clone()), place);
    let found = Fetcher::new(&desk.settings.fetch)?.discover(&wanted).await?;
    tell(&args.place, &found, output)?;
    if is_known(&settings, &found.url) {
        return Ok(Outcome::Nothing);
    }
    if let Some(name) = args.name.as_deref().filter(|name| named(&settings.feeds, name).is_some()) {
        bail!("there is a feed {name:?} already: give this one another --name");
    }
    let feed = Source {
        kind: Some(found.feed.kind).filter(|kind| *kind != SourceKind::Rss),
        full_text: args.full_text.then_some(true),
        tags: args.tag.clone(),
        ..Source::new(args.name.clone().unwrap_or_else(|| free_name(names(&found), &settings.feeds)), found.url)
    };
    file.add_feed(&feed);
    file.save()?;
    output.line(format_args!("{:?} is added to {}", feed.name, desk.config_file.display()))?;
    if !settings.extend_feeds && file.settings()?.extend_feeds {
        output.line("the shipped feeds stay (extend_feeds = true)")?;
    }
    output.line(format_args!("`huntdeck fetch {:?}` asks it now", feed.name))?;
    Ok(Outcome::Done)
}

/// Says so where a feed of that address is there already.
fn is_known(settings: &Settings, url: &str) -> bool {
    let known = known_as(&settings.feeds, url);
    if let Some(feed) = known {
        let off = if feed.enabled { "" } else { ", switched off: remove its `enabled = false`" };
        output::complain(&format!("{} is there already, as {:?}{off}", masked_url(url), feed.name));
    }
    known.is_some()
}

fn tell(asked: &str, found: &Discovery, output: &mut Output) -> anyhow::Result<()> {
    let how = match found.found_as {
        FoundAs::Itself if found.url == asked => "is",
        FoundAs::Itself => "leads to",
        FoundAs::Named => "is a page that names",
        FoundAs::Usual => "is a page that names no feed, but beside it there is",
    };
    let address = if found.url == asked { String::new() } else { format!(" {}", masked_url(&found.url)) };
    let (format, count) = (found.feed.format, found.feed.entries.len());
    output.line(format_args!(
        "{asked} {how}{address}: {format} {:?} with {}",
        found.feed.title,
        counted(count, "entry")
    ))?;
    if let Some(remark) = &found.feed.remark {
        output.line(format_args!("it was repaired: {remark}"))?;
    }
    for other in &found.others {
        output.line(format_args!("it names another feed too: {other}"))?;
    }
    Ok(())
}

/// Names a feed by its title, or its host.
fn names(found: &Discovery) -> [String; 2] {
    let title: String = found.feed.title.chars().take(60).collect();
    let host = Url::parse(&found.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| found.url.clone());
    let title = if title.trim().is_empty() { host.clone() } else { title.trim().to_owned() };
    [title.clone(), format!("{title} ({host})")]
}
