use std::fs;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::{
    config::Paths,
    store::{private_file, private_folder},
};

/// The size at which an old log is put aside, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Sends the log to its file: the terminal belongs to the console. `HUNTDECK_LOG` sets what is written, such as
/// `debug`.
pub(super) fn to_file(paths: &Paths) -> anyhow::Result<()> {
    let path = paths.log_file();
    private_folder(&paths.state).with_context(|| format!("cannot make {}", paths.state.display()))?;
    // An old log keeps the rights that this gives it.
    drop(private_file(&path).with_context(|| format!("cannot write the log {}", path.display()))?);
    if fs::metadata(&path).is_ok_and(|log| log.len() > LARGEST) {
        fs::rename(&path, path.with_extension("log.old")).with_context(|| format!("cannot move {}", path.display()))?;
    }
    let file = private_file(&path).with_context(|| format!("cannot write the log {}", path.display()))?;
    let filter = EnvFilter::try_from_env("HUNTDECK_LOG").unwrap_or_else(|_| EnvFilter::new("huntdeck=info"));
    tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter).with_writer(file).init();
    Ok(())
}
