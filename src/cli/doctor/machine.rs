//! The machine beneath: its clock, its disk, its way to the network.

use std::{
    env,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};

use super::Finding::{self, Bad, Good, Note};
use crate::{
    cli::desk::Desk,
    source::Health,
    store::Store,
    triage::{Filter, Order},
};

/// A time that had passed when this was written: a clock before it is wrong.
const PASSED: &str = "2026-11-01T00:00:00Z";

/// Below so many bytes free nothing can be saved soon, and below so many it is time to think of it.
const TOO_LITTLE: u64 = 100 << 20;
const LITTLE: u64 = 1 << 30;

/// Checks the clock by what it has told before.
pub(super) async fn clock(store: &Store, known: &[Health], now: Timestamp) -> anyhow::Result<Finding> {
    if now < PASSED.parse()? {
        return Ok(Bad(format!("it is not {now:.0}: set it, or certificates are refused and nothing is ever due")));
    }
    let newest = store.page(&Filter::default(), Order::Date, None, 1).await?.rows.into_iter().map(|row| row.seen);
    let latest = newest.chain(known.iter().filter_map(|health| health.asked)).max();
    let tolerated = now.saturating_add(SignedDuration::from_hours(1))?;
    Ok(match latest.filter(|latest| *latest > tolerated) {
        Some(latest) => Bad(format!("something was done at {latest:.0}, which is later than now ({now:.0}): set it")),
        None => Good(format!("{now:.0}")),
    })
}

/// Returns the folder that a file is or will be in, or the next one above it that is there.
#[cfg(unix)]
fn folder_of(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    file.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_owned)
}

/// Returns the bytes that are free for a file.
#[cfg(unix)]
pub(super) fn free(file: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(&folder_of(file)?).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Returns the bytes that are free for a file, where the system tells.
#[cfg(not(unix))]
pub(super) const fn free(_: &Path) -> Option<u64> {
    None
}

/// Says how much room there is for the database.
#[cfg(unix)]
pub(super) fn disk(file: &Path) -> Option<Finding> {
    let free = free(file)?;
    let folder = folder_of(file)?;
    let text = format!("{} MB free in {}", free >> 20, folder.display());
    Some(match free {
        free if free < TOO_LITTLE => Bad(format!("{text}: make room, or set fetch.keep lower so that old articles go")),
        free if free < LITTLE => Note(format!("{text}: set fetch.keep lower if old articles may go")),
        _ => Good(text),
    })
}

/// Says how much room there is for the database, where the system tells.
#[cfg(not(unix))]
pub(super) const fn disk(_: &Path) -> Option<Finding> {
    None
}

/// Says how the network is reached, where that is not the plain way.
pub(super) fn network(desk: &Desk) -> Option<Finding> {
    if desk.offline || !desk.settings.fetch.enabled {
        let why = if desk.offline { "--offline" } else { "fetch.enabled = false" };
        return Some(Note(format!("off ({why}): nothing is asked, what there is grows old")));
    }
    let set = |name: &&str| env::var(name).is_ok_and(|value| !value.is_empty());
    if !desk.settings.fetch.proxy.is_empty() {
        return Some(Good("through the proxy of the configuration".into()));
    }
    let names = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    names.iter().find(|name| set(name)).map(|name| Good(format!("through the proxy of {name}")))
}
