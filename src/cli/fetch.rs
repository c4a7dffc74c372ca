use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Outcome,
    args::FetchArgs,
    desk::Desk,
    output::{self, Output},
};
use crate::{
    feed::Fetcher,
    intake::{FeedOutcome, Progress, Round, Summary, Which},
};

/// Asks the feeds and says what came of each.
pub(super) async fn run(desk: &Desk, args: &FetchArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    if desk.offline {
        anyhow::bail!("--offline asks no server: leave it out to fetch");
    }
    let unknown = args.feeds.iter().find(|name| desk.settings.feeds.iter().all(|feed| &feed.name != *name));
    if let Some(name) = unknown {
        anyhow::bail!("there is no feed {name:?} in {}: `huntdeck feeds` lists them", desk.config_file.display());
    }
    let store = desk.store()?;
    let (sender, mut receiver) = mpsc::channel(256);
    let cancel = CancellationToken::new();
    let round = Round::new(
        store.clone(),
        Arc::new(Fetcher::new(&desk.settings.fetch)?),
        Arc::new(desk.press()),
        Arc::new(desk.settings.clone()),
        sender,
        cancel.clone(),
    );
    let which = match (args.due, args.feeds.is_empty()) {
        (true, _) => Which::Due,
        (false, true) => Which::All,
        (false, false) => Which::Named(args.feeds.clone()),
    };
    let stop = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            cancel.cancel();
        }
    });
    let working = tokio::spawn(async move { round.run(&which).await });
    while let Some(progress) = receiver.recv().await {
        report(&progress, args.quiet, output)?;
    }
    let summary = working.await??;
    stop.abort();
    say(&summary, output)?;
    Ok(if summary.cancelled || (summary.failed > 0 && summary.failed == summary.feeds) {
        Outcome::Faulty
    } else {
        Outcome::Done
    })
}

fn report(progress: &Progress, quiet: bool, output: &mut Output) -> anyhow::Result<()> {
    let Progress::Asked { feed, outcome, new, changed, .. } = progress else { return Ok(()) };
    match outcome {
        FeedOutcome::Failed(why) => output::complain(&format!("{feed}: {why}")),
        _ if quiet => {}
        FeedOutcome::Unchanged => output.line(format_args!("{feed}: unchanged"))?,
        FeedOutcome::Busy => output.line(format_args!("{feed}: another huntdeck is asking it"))?,
        FeedOutcome::Read { entries, remark } => {
            let remark = remark.as_deref().map(|remark| format!(" ({remark})")).unwrap_or_default();
            let changed = if changed.is_empty() { String::new() } else { format!(", {} changed", changed.len()) };
            output.line(format_args!("{feed}: {entries} entries, {} new{changed}{remark}", new.len()))?;
        }
    }
    output.flush()?;
    Ok(())
}

fn say(summary: &Summary, output: &mut Output) -> anyhow::Result<()> {
    let stopped = if summary.cancelled { "stopped: " } else { "" };
    output.line(format_args!(
        "{stopped}{} feeds, {} unchanged, {} failed; {} new articles, {} changed",
        summary.feeds, summary.unchanged, summary.failed, summary.new, summary.changed
    ))?;
    Ok(())
}
