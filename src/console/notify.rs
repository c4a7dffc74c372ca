use std::{process::Stdio, time::Duration};

use serde_json::json;
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

use super::message::Reply;
use crate::{
    text::{self, Safe, defang_links},
    triage::Row,
};

/// How long a hook may take to read what it is given.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);

/// The line of `AppleScript` that shows the first argument.
const SHOW_ON_MACOS: &str = "display notification (item 1 of argv) with title \"huntdeck\"";

/// Writes what the terminal shows: the worst article, and how many more there are.
pub(super) fn message(rows: &[Row]) -> Safe {
    let Some(worst) = rows.iter().max_by_key(|row| (row.severity, row.score)) else { return Safe::default() };
    let more = if rows.len() > 1 { format!(" (and {} more)", rows.len() - 1) } else { String::new() };
    // A semicolon would end the field in OSC 777.
    Safe::line(&format!("{} {}{more}", worst.severity.word(), defang_links(&worst.title).replace(';', ",")))
}

/// Has the desktop show a message, by the program that the system has for it.
pub(super) async fn on_the_desktop(message: Safe) -> Option<Reply> {
    let command = desktop_command(message.as_str());
    call(&command, String::new()).await.err().map(|why| Reply::Refused(format!("notify.desktop: {why}")))
}

/// Returns the command that shows a message. The message is an argument of its own, which no shell and no script reads,
/// and a title, in which desktops read no markup.
fn desktop_command(message: &str) -> Vec<String> {
    let fixed: &[&str] = if cfg!(target_os = "macos") {
        &["osascript", "-e", "on run argv", "-e", SHOW_ON_MACOS, "-e", "end run", "--"]
    } else {
        &["notify-send", "--app-name=huntdeck", "--"]
    };
    fixed.iter().copied().chain([message]).map(str::to_owned).collect()
}

/// Returns articles to a command as JSON lines on its standard input.
pub(super) async fn hand_on(command: Vec<String>, rows: Vec<Row>) -> Option<Reply> {
    let lines: String = rows.iter().map(line).collect();
    call(&command, lines).await.err().map(|why| Reply::Refused(format!("notify.command: {why}")))
}

/// Calls a command with something on its standard input and waits until it has ended well.
async fn call(command: &[String], input: String) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut child = started.map_err(|error| format!("`{program}` does not start: {error}"))?;
    let given = async {
        if let Some(mut pipe) = child.stdin.take() {
            // A hook that wants only to be called may close its input.
            let _ = pipe.write_all(input.as_bytes()).await;
        }
        child.wait().await
    };
    match timeout(COMMAND_TIMEOUT, given).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(format!("`{program}` ended with {status}")),
        Ok(Err(error)) => Err(format!("`{program}`: {error}")),
        Err(_) => Err(format!("`{program}` took too long and was ended")),
    }
}

fn line(row: &Row) -> String {
    let value = json!({
        "id": row.id, "title": row.title, "source": row.source, "url": row.url,
        "published": row.published, "severity": row.severity, "score": row.score,
    });
    text::json(&value).expect("the keys are text") + "\n"
}

#[cfg(test)]
mod tests {
    use super::{Safe, call, desktop_command, line, message};
    use crate::console::sample::{HOSTILE, item};

    #[test]
    fn the_terminal_is_told_of_the_worst_and_obeys_nothing() {
        let mut rows = vec![item(2).row, item(1).row];
        assert!(message(&rows).as_str().starts_with("CRIT ShinyRook"));
        assert!(message(&rows).as_str().ends_with("(and 1 more)"));
        rows[1].title = "See https://evil.example/".into();
        assert!(message(&rows).as_str().contains("hxxps://evil[.]example/"));
        rows[1].title = format!("{HOSTILE};x");
        assert!(!message(&rows).as_str().contains(['\u{1b}', '\u{7}', ';']));
    }

    #[test]
    fn the_desktop_gets_the_message_as_one_argument() {
        let command = desktop_command("CRIT --help; $(reboot) \"<b>\"");
        assert_eq!(command.last().unwrap(), "CRIT --help; $(reboot) \"<b>\"");
        assert_eq!(command[command.len() - 2], "--");
    }

    #[tokio::test]
    async fn a_command_that_fails_says_so() {
        let said = async |words: &[&str]| {
            let command: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            call(&command, "x".repeat(1 << 20)).await
        };
        assert_eq!(said(&["true"]).await, Ok(()));
        assert!(said(&["false"]).await.unwrap_err().starts_with("`false` ended with exit status: 1"));
        assert!(said(&["/nonexistent/hook"]).await.unwrap_err().contains("does not start"));
    }

    #[test]
    fn a_hook_gets_one_line_an_article() {
        let text = line(&item(1).row);
        assert_eq!(text.matches('\n').count(), 1);
        assert!(text.contains("\"severity\":\"CRIT\"") && text.contains("\"id\":1"));
        let mut hostile = item(1).row;
        hostile.title = HOSTILE.into();
        let text = line(&hostile);
        assert!(text.trim_end().chars().all(Safe::allows), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["title"], HOSTILE);
    }
}
