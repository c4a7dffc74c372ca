//! Writes of other processes: the file is watched, and the engine says whether what changed it was somebody else.

use std::{path::Path, sync::atomic::Ordering};

use notify::{Event, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use super::Sqlite;
use crate::store::{FileWatch, StoreError};

impl Sqlite {
    pub(in crate::store) fn watch_file(&self) -> Option<FileWatch> {
        let home = self.pool.home();
        if home.in_memory() {
            return None;
        }
        watch(home.path()).map_err(|error| tracing::warn!("writes of other programs are not seen: {error}")).ok()
    }

    pub(in crate::store) async fn written_elsewhere(&self) -> Result<bool, StoreError> {
        // What this connection writes itself does not change the number.
        let version =
            self.write(|connection| connection.query_row("PRAGMA data_version", [], |row| row.get(0))).await?;
        Ok(self.version.swap(version, Ordering::Relaxed) != version)
    }
}

fn watch(path: &Path) -> notify::Result<FileWatch> {
    let name = path.file_name().unwrap_or_default().to_os_string();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (sender, changes) = mpsc::channel(1);
    let is_ours = move |path: &Path| {
        path.file_name().is_some_and(|file| file.as_encoded_bytes().starts_with(name.as_encoded_bytes()))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let Ok(event) = event else { return };
        if event.kind.is_modify() && event.paths.iter().any(|path| is_ours(path)) {
            // One that waits already says the same.
            let _ = sender.try_send(());
        }
    })?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok(FileWatch { changes, _watcher: Box::new(watcher) })
}
