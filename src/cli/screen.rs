use std::{env, io::IsTerminal, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    Outcome,
    args::Args,
    desk::{Desk, read_only_notice},
    log, output,
};
use crate::{
    briefing::Briefer,
    config::Paths,
    console::{self, Options},
    feed::Fetcher,
    intake::{self, FetchRun, Progress, Watch},
    store::Store,
};

/// How long the first frame is left alone before anything else begins.
const HEAD_START: Duration = Duration::from_millis(200);

/// How long the background work may take to stop.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the console.
pub(super) async fn run(desk: Desk, args: &Args) -> anyhow::Result<Outcome> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        bail!("the console needs a terminal; verbs such as `huntdeck list` print without one");
    }
    let paths = desk.paths.clone().context("there is no home directory: set HOME")?;
    let notice = log::to_file(&paths).err().map(|error| format!("{error:#}"));
    let store = if args.demo { Store::in_memory()? } else { desk.store()? };
    let briefer = Arc::new(desk.briefer());
    if args.demo || (store.is_new() && !args.no_demo) {
        intake::load_demo(&store, &briefer, Timestamp::now()).await?;
    }
    let notice = notice.or_else(|| read_only_notice(&store));
    let offline = desk.offline || store.is_read_only() || args.demo || !desk.settings.fetch.enabled;
    let watch = Watch::default();
    let options = options(&desk, &briefer, paths, notice, offline, &watch);
    let (sender, receiver) = mpsc::channel(256);
    let cancel = CancellationToken::new();
    let background = tokio::spawn(background(desk, store.clone(), offline, watch, sender, cancel.clone()));
    let ended = console::run(store.clone(), options, receiver).await;
    cancel.cancel();
    // A fetch that does not stop in time is left: what it had saved is saved, and its lease runs out.
    let _ = tokio::time::timeout(PATIENCE, background).await;
    if !store.is_read_only() {
        console::keep_visit(&store, Timestamp::now()).await?;
    }
    if let Some(parting) = ended.context("the terminal failed")? {
        output::complain(&parting);
    }
    Ok(Outcome::Done)
}

fn options(
    desk: &Desk,
    briefer: &Arc<Briefer>,
    paths: Paths,
    notice: Option<String>,
    offline: bool,
    watch: &Watch,
) -> Options {
    Options {
        settings: desk.settings.console.clone(),
        siem: desk.settings.siem.clone(),
        notify: desk.settings.notify.clone(),
        views: desk.settings.views.clone(),
        watch: desk.settings.watch.terms.clone(),
        offline,
        no_colour: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
        fetch: (!offline).then(|| watch.bell()),
        notice,
        parameters: desk.parameters(),
        hunts_shown: desk.settings.hunts.shown,
        ..Options::new(paths, Arc::clone(briefer))
    }
}

/// What goes on behind the console: feeds are asked, and snoozed articles come back.
async fn background(
    desk: Desk,
    store: Store,
    offline: bool,
    watch: Watch,
    sender: mpsc::Sender<Progress>,
    cancel: CancellationToken,
) {
    tokio::select! {
        () = cancel.cancelled() => return,
        () = tokio::time::sleep(HEAD_START) => {}
    }
    let waking = intake::wake(store.clone(), sender.clone(), cancel.clone());
    let watching = intake::watch_writes(store.clone(), sender.clone(), cancel.clone());
    let fetching = async {
        if !offline && let Err(error) = fetch(&desk, store, watch, sender, cancel).await {
            tracing::error!("fetching ended: {error:#}");
        }
    };
    tokio::join!(waking, watching, fetching);
}

async fn fetch(
    desk: &Desk,
    store: Store,
    watch: Watch,
    sender: mpsc::Sender<Progress>,
    cancel: CancellationToken,
) -> anyhow::Result<()> {
    let fetcher = Arc::new(Fetcher::new(&desk.settings.fetch)?);
    let settings = Arc::new(desk.settings.clone());
    let briefer = Arc::new(desk.briefer());
    let fetch_run = FetchRun::new(store.clone(), fetcher, briefer, settings, sender, cancel.clone());
    intake::watch(fetch_run, watch, cancel).await;
    Ok(())
}
