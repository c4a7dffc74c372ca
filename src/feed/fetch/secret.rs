//! Secrets in headers: from the environment or from a command, never from the configuration itself.

use std::{process::Stdio, time::Duration};

use tokio::process::Command;

use crate::feed::FetchError;

/// How long a command may take: it may ask a key store, and must not hold up the other feeds.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(10);

/// Replaces each `${NAME}` by a variable of the environment and each `$(COMMAND)` by the first line that it prints. The
/// command is a program and its arguments, set off by blanks; no shell reads it.
pub(super) async fn expand(feed: &str, text: &str) -> Result<String, FetchError> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${").into_iter().chain(rest.find("$(")).min() {
        let is_variable = rest[at + 1..].starts_with('{');
        let Some((inside, tail)) = rest[at + 2..].split_once(if is_variable { '}' } else { ')' }) else { break };
        out.push_str(&rest[..at]);
        if is_variable {
            let unset = |_| FetchError::Secret { feed: feed.to_owned(), name: inside.to_owned() };
            out.push_str(&std::env::var(inside).map_err(unset)?);
        } else {
            // Its arguments may be secrets themselves.
            let command = inside.split_whitespace().next().unwrap_or_default().to_owned();
            let failed = |why| FetchError::SecretCommand { feed: feed.to_owned(), command, why };
            out.push_str(&first_line(inside).await.map_err(failed)?);
        }
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

async fn first_line(command: &str) -> Result<String, String> {
    let mut words = command.split_whitespace();
    let program = words.next().ok_or("it is empty")?;
    let running =
        Command::new(program).args(words).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).output();
    let output = tokio::time::timeout(COMMAND_TIMEOUT, running).await;
    let output = output.map_err(|_| format!("it took more than {} s", COMMAND_TIMEOUT.as_secs()))?;
    let output = output.map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(output.status.to_string());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() { Err("it printed nothing".into()) } else { Ok(line.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[tokio::test]
    async fn secrets_come_from_the_environment_and_from_commands() {
        let home = std::env::var("CARGO_MANIFEST_DIR").unwrap();
        assert_eq!(expand("f", "<${CARGO_MANIFEST_DIR}>").await.unwrap(), format!("<{home}>"));
        assert_eq!(expand("f", "Bearer $(echo s3 cret)!").await.unwrap(), "Bearer s3 cret!");
        assert_eq!(expand("f", "a $ {b} ${c").await.unwrap(), "a $ {b} ${c");
        let told = |error: crate::feed::FetchError| error.to_string();
        assert!(told(expand("f", "${HUNTDECK_UNSET}").await.unwrap_err()).contains("HUNTDECK_UNSET"));
        assert!(told(expand("f", "$(false)").await.unwrap_err()).contains("`false`"));
        assert!(!told(expand("f", "$(false s3cret)").await.unwrap_err()).contains("s3cret"));
        assert!(told(expand("f", "$(true)").await.unwrap_err()).contains("printed nothing"));
        assert!(told(expand("f", "$(huntdeck-no-such-program)").await.unwrap_err()).contains("huntdeck-no-such"));
    }
}
