use anyhow::bail;

use super::named;
use crate::{
    cli::{
        Outcome,
        desk::Desk,
        fetch,
        output::{self, Output},
    },
    intake::Selection,
    source::{FeedState, Health},
};

/// Asks failing feeds now, as if they had not failed before.
pub(super) async fn run(desk: &Desk, wanted: &[String], output: &mut Output) -> anyhow::Result<Outcome> {
    let feeds = &desk.settings.feeds;
    if let Some(name) = wanted.iter().find(|name| named(feeds, name).is_none()) {
        bail!("there is no feed {name:?} in {}: `huntdeck feeds` lists them", desk.config_file.display());
    }
    let store = desk.store()?;
    let known = store.feeds().await?;
    let fails = |name: &str| known.iter().any(|health| health.name == name && health.state == FeedState::Failing);
    let names: Vec<String> = if wanted.is_empty() {
        feeds.iter().filter(|feed| feed.enabled && fails(&feed.name)).map(|feed| feed.name.clone()).collect()
    } else {
        wanted.iter().filter_map(|name| named(feeds, name)).map(|feed| feed.name.clone()).collect()
    };
    if names.is_empty() {
        output::complain("no feed fails, so none was asked");
        return Ok(Outcome::Nothing);
    }
    if desk.offline {
        bail!("--offline asks no server: leave it out to ask them");
    }
    for health in known.into_iter().filter(|health| names.contains(&health.name)) {
        store.feed_done(Health { failures: 0, due: None, ..health }).await?;
    }
    fetch::ask(desk, store, Selection::Named(names), false, output).await
}
