use std::{process::Stdio, time::Duration};

use serde_json::json;
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

use super::message::Reply;
use crate::{store::Row, text::Safe};

/// How long a hook may take to read what it is given.
const PATIENCE: Duration = Duration::from_secs(10);

/// Writes what the terminal shows: the worst article, and how many more there are.
pub(super) fn message(rows: &[Row]) -> Safe {
    let Some(worst) = rows.iter().max_by_key(|row| (row.severity, row.score)) else { return Safe::default() };
    let more = if rows.len() > 1 { format!(" (and {} more)", rows.len() - 1) } else { String::new() };
    // A semicolon would end the field in OSC 777.
    Safe::line(&format!("{} {}{more}", worst.severity.word(), worst.title.replace(';', ",")))
}

/// Gives articles to a command as JSON lines on its standard input.
pub(super) async fn hand_on(command: Vec<String>, rows: Vec<Row>) -> Option<Reply> {
    let (program, arguments) = command.split_first()?;
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return Some(Reply::Refused(format!("notify.command `{program}` does not start: {error}"))),
    };
    let lines: String = rows.iter().map(line).collect();
    let given = async {
        if let Some(mut input) = child.stdin.take() {
            // A hook that wants only to be called may close its input.
            let _ = input.write_all(lines.as_bytes()).await;
        }
        child.wait().await
    };
    match timeout(PATIENCE, given).await {
        Ok(Ok(status)) if status.success() => None,
        Ok(Ok(status)) => Some(Reply::Refused(format!("notify.command `{program}` ended with {status}"))),
        Ok(Err(error)) => Some(Reply::Refused(format!("notify.command `{program}`: {error}"))),
        Err(_) => Some(Reply::Refused(format!("notify.command `{program}` took too long and was ended"))),
    }
}

fn line(row: &Row) -> String {
    let value = json!({
        "id": row.id, "title": row.title, "source": row.source, "url": row.url,
        "published": row.published, "severity": row.severity, "score": row.score,
    });
    format!("{value}\n")
}

#[cfg(test)]
mod tests {
    use super::{line, message};
    use crate::console::sample::{HOSTILE, item};

    #[test]
    fn the_terminal_is_told_of_the_worst_and_obeys_nothing() {
        let mut rows = vec![item(2).row, item(1).row];
        assert!(message(&rows).as_str().starts_with("CRIT ShinyRook"));
        assert!(message(&rows).as_str().ends_with("(and 1 more)"));
        rows[1].title = format!("{HOSTILE};x");
        assert!(!message(&rows).as_str().contains(['\u{1b}', '\u{7}', ';']));
    }

    #[test]
    fn a_hook_gets_one_line_an_article() {
        let text = line(&item(1).row);
        assert_eq!(text.matches('\n').count(), 1);
        assert!(text.contains("\"severity\":\"CRIT\"") && text.contains("\"id\":1"));
    }
}
