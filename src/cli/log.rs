use std::fs;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::config::Paths;

/// The size at which an old log is put aside, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Sends the log to its file: the terminal belongs to the console. `HUNTDECK_LOG` sets what is written, such as
/// `debug`.
pub(super) fn to_file(paths: &Paths) -> anyhow::Result<()> {
    let path = paths.log_file();
    fs::create_dir_all(&paths.state).with_context(|| format!("cannot make {}", paths.state.display()))?;
    if fs::metadata(&path).is_ok_and(|log| log.len() > LARGEST) {
        fs::rename(&path, path.with_extension("log.old")).with_context(|| format!("cannot move {}", path.display()))?;
    }
    let file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(|| format!("cannot write the log {}", path.display()))?;
    let filter = EnvFilter::try_from_env("HUNTDECK_LOG").unwrap_or_else(|_| EnvFilter::new("huntdeck=info"));
    tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter).with_writer(file).init();
    Ok(())
}
