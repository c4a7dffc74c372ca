use std::{
    io::{self, Read},
    sync::Arc,
};

use anyhow::Context;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Outcome,
    args::FetchArgs,
    desk::Desk,
    output::{self, Output},
};
use crate::{
    feed::{self, Fetcher},
    intake::{FeedOutcome, FetchRun, Progress, Selection, Summary},
    source::Source,
    store::Store,
    text::counted,
};

/// The greatest document that is read from standard input, in bytes.
const LARGEST: u64 = 64 << 20;

/// Asks the feeds and says what came of each.
pub(super) async fn run(desk: &Desk, args: &FetchArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    if let Some(name) = &args.stdin {
        return standard_input(desk, name, output).await;
    }
    if desk.offline {
        anyhow::bail!("--offline asks no server: leave it out to fetch");
    }
    let unknown = args.feeds.iter().find(|name| desk.settings.feeds.iter().all(|feed| &feed.name != *name));
    if let Some(name) = unknown {
        anyhow::bail!("there is no feed {name:?} in {}: `huntdeck feeds` lists them", desk.config_file.display());
    }
    let selection = match (args.due, args.feeds.is_empty()) {
        (true, _) => Selection::Due,
        (false, true) => Selection::All,
        (false, false) => Selection::Named(args.feeds.clone()),
    };
    ask(desk, desk.store()?, selection, args.quiet, output).await
}

/// Asks feeds until all have answered or the user breaks it off.
pub(super) async fn ask(
    desk: &Desk,
    store: Store,
    selection: Selection,
    quiet: bool,
    output: &mut Output,
) -> anyhow::Result<Outcome> {
    let (sender, mut receiver) = mpsc::channel(256);
    let cancel = CancellationToken::new();
    let fetch_run = FetchRun::new(
        store,
        Arc::new(Fetcher::new(&desk.settings.fetch)?),
        Arc::new(desk.briefer()),
        Arc::new(desk.settings.clone()),
        sender,
        cancel.clone(),
    );
    let stop = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            cancel.cancel();
        }
    });
    let working = tokio::spawn(async move { fetch_run.run(&selection).await });
    while let Some(progress) = receiver.recv().await {
        report(&progress, quiet, output)?;
    }
    let summary = working.await??;
    stop.abort();
    if !quiet || summary.cancelled {
        say(&summary, output)?;
    }
    Ok(match summary.failed {
        _ if summary.cancelled => Outcome::Faulty,
        0 => Outcome::Done,
        failed if failed == summary.feeds => Outcome::Faulty,
        _ => Outcome::SomeFail,
    })
}

/// Files what standard input has; a feed of that name lends its settings.
async fn standard_input(desk: &Desk, name: &str, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST).read_to_end(&mut bytes).context("cannot read standard input")?;
    let parsed = feed::parse_any(&bytes, name);
    let named = desk.settings.feeds.iter().find(|feed| feed.name.eq_ignore_ascii_case(name)).cloned();
    let named = named.unwrap_or_else(|| Source::new(name, "-"));
    let (sender, _) = mpsc::channel(1);
    let fetcher = Arc::new(Fetcher::new(&desk.settings.fetch)?);
    let (briefer, settings) = (Arc::new(desk.briefer()), Arc::new(desk.settings.clone()));
    let fetch_run = FetchRun::new(desk.store()?, fetcher, briefer, settings, sender, CancellationToken::new());
    let (count, remark) = (parsed.entries.len(), parsed.remark);
    let saved = fetch_run.take(&named, parsed.entries).await?;
    let remark = remark.map(|remark| format!(" ({remark})")).unwrap_or_default();
    let (new, changed) = (saved.new.len(), saved.changed.len());
    output.line(format_args!("{}: {}, {new} new, {changed} changed{remark}", named.name, counted(count, "entry")))?;
    Ok(if count == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn report(progress: &Progress, quiet: bool, output: &mut Output) -> anyhow::Result<()> {
    let Progress::Asked { feed, outcome, new, changed, .. } = progress else { return Ok(()) };
    let line = format!("{feed}: {}", outcome.words(new.len(), changed.len()));
    match outcome {
        FeedOutcome::Failed(_) => output::complain(&line),
        _ if quiet => {}
        _ => output.line(format_args!("{line}"))?,
    }
    output.flush()?;
    Ok(())
}

fn say(summary: &Summary, output: &mut Output) -> anyhow::Result<()> {
    let stopped = if summary.cancelled { "stopped: " } else { "" };
    output.line(format_args!(
        "{stopped}{}, {} unchanged, {} failed; {}, {} changed",
        counted(summary.feeds, "feed"),
        summary.unchanged,
        summary.failed,
        counted(summary.new, "new article"),
        summary.changed
    ))?;
    Ok(())
}
