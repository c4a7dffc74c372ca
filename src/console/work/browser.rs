use std::{process::Stdio, time::Duration};

use tokio::{process::Command, time::timeout};

use crate::console::message::Reply;

/// How long a browser may take to say that it does not start.
const START_TIMEOUT: Duration = Duration::from_secs(2);

/// Starts the browser and waits a moment for it to say that it does not.
pub(super) async fn browse(opener: String, link: String) -> Option<Reply> {
    let mut words = opener.split_whitespace();
    let program = words.next().unwrap_or(if cfg!(target_os = "macos") { "open" } else { "xdg-open" }).to_owned();
    let started = Command::new(&program)
        .args(words)
        .arg(&link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let failed = |why: String| {
        Reply::Done(Err(format!("{program} does not open the link: {why}; console.opener names another program")))
    };
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return Some(failed(error.to_string())),
    };
    Some(match timeout(START_TIMEOUT, child.wait()).await {
        Ok(Ok(status)) if !status.success() => failed(status.to_string()),
        Ok(Err(error)) => failed(error.to_string()),
        _ => Reply::Done(Ok(format!("opened by {program}"))),
    })
}
