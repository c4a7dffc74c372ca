use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// Puts text into tmux's buffer; `-w` has tmux hand it on to the outer terminal, which works with default settings.
pub(super) fn load(text: &str) -> Result<(), String> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("tmux does not start: {error}"))?;
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    // A tmux that went away closes the pipe; what it says then is worth more than "broken pipe".
    let written = stdin.write_all(text.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    written.map_err(|error| error.to_string())
}
