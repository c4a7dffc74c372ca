use std::{any::Any, fmt};

use tokio::sync::mpsc;

/// Tells when the file of a store changes, until it is dropped. Sleeps in between.
pub struct FileWatch {
    pub(super) changes: mpsc::Receiver<()>,
    /// What watches; it ends when this is dropped.
    pub(super) _watcher: Box<dyn Any + Send>,
}

impl FileWatch {
    /// Waits for the next change. Several changes that come together may be told as one.
    pub async fn changed(&mut self) {
        if self.changes.recv().await.is_none() {
            // The watcher has ended: nothing more is told.
            std::future::pending::<()>().await;
        }
    }
}

impl fmt::Debug for FileWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileWatch").finish_non_exhaustive()
    }
}
