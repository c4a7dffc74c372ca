use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::told;
use crate::{
    clipboard::{Clipboard, Route},
    console::{
        effect::Writing,
        hand_over,
        message::Reply,
        rendering::{briefing_text, queries_for},
    },
    hunt::Catalogue,
    store::Store,
};

/// Copies, and says where to.
pub(super) fn copy(clipboard: &Mutex<Clipboard>, text: String, what: String) -> Reply {
    let copied = clipboard.lock().unwrap_or_else(PoisonError::into_inner).copy(&text);
    let fleeting = copied.file.as_ref().ok().filter(|_| copied.is_fleeting()).cloned();
    let mut failed = copied.failed;
    let mut route = copied.route.name().to_owned();
    match copied.file {
        Ok(path) if copied.route == Route::File => route = format!("file {}", short(&path)),
        Ok(_) => {}
        Err(error) if copied.route == Route::File => route = format!("nowhere: {error}"),
        Err(error) => failed.push(format!("the file: {error}")),
    }
    Reply::Copied { what, text, route, by_terminal: copied.route == Route::Terminal, fleeting, failed }
}

/// Writes a path so that it fits into a line: the home folder is `~`.
fn short(path: &Path) -> String {
    let below = std::env::home_dir().and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned));
    below.map_or_else(|| path.display().to_string(), |below| format!("~/{}", below.display()))
}

/// Writes something and copies it.
pub(super) async fn write(
    store: Store,
    hunts: &'static Catalogue,
    clipboard: Arc<Mutex<Clipboard>>,
    writing: Writing,
) -> Option<Reply> {
    let report = match &writing {
        Writing::HandOver(now) => match hand_over::gather(&store, *now).await {
            Ok(report) => Some(report),
            Err(error) => return Some(Reply::Refused(error.to_string())),
        },
        Writing::Briefing(..) | Writing::Chosen(..) => None,
    };
    let done = spawn_blocking(move || {
        let (what, text) = match writing {
            Writing::Briefing(item, parameters, most) => {
                ("the briefing".to_owned(), briefing_text(hunts, &item, &parameters, most))
            }
            Writing::HandOver(_) => ("the hand-over report".to_owned(), report.unwrap_or_default()),
            Writing::Chosen(values, dialect, parameters) => match queries_for(hunts, &values, dialect, &parameters) {
                Ok(queries) => {
                    let count = queries.len();
                    let hunts = if count == 1 { "one hunt".to_owned() } else { format!("{count} hunts") };
                    let what = format!("{hunts} with {} indicators as {}", values.len(), dialect.label());
                    (what, queries.join("\n\n"))
                }
                Err(why) => return Reply::Refused(why),
            },
        };
        copy(&clipboard, text, what)
    });
    match done.await {
        Ok(reply) => Some(reply),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Writes the report for the next shift into a file that is not there yet.
pub(super) async fn save_report(store: Store, path: PathBuf, now: Timestamp) -> Result<String, String> {
    let report = told(hand_over::gather(&store, now).await)?;
    let name = short(&path);
    let written = spawn_blocking(move || {
        let mut file = File::create_new(path)?;
        file.write_all(report.as_bytes())
    });
    match written.await {
        Ok(Ok(())) => Ok(format!("the hand-over report is in {name}")),
        Ok(Err(error)) => Err(format!("the report cannot be written to {name}: {error}")),
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
