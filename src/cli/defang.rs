use std::{
    fs,
    io::{self, BufRead, BufReader},
};

use anyhow::Context;

use super::{Outcome, args::FilterArgs, output::Output};
use crate::{indicator, text};

/// Turns defanged lines back.
pub(super) fn refang(args: &FilterArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    filter(args, output, text::refang)
}

/// Makes the addresses in lines harmless.
pub(super) fn defang(args: &FilterArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    filter(args, output, indicator::defang_text)
}

fn filter(args: &FilterArgs, output: &mut Output, turn: impl Fn(&str) -> String) -> anyhow::Result<Outcome> {
    if args.files.is_empty() {
        lines(io::stdin().lock(), "standard input", output, &turn)?;
    }
    for path in &args.files {
        let name = path.display().to_string();
        let file = fs::File::open(path).with_context(|| format!("cannot read {name}"))?;
        lines(BufReader::new(file), &name, output, &turn)?;
    }
    Ok(Outcome::Done)
}

/// Turns each line; a file that does not end in a line break gives output that does not either.
fn lines(mut from: impl BufRead, name: &str, output: &mut Output, turn: impl Fn(&str) -> String) -> anyhow::Result<()> {
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).with_context(|| format!("cannot read {name}"))? > 0 {
        let text = String::from_utf8_lossy(&line);
        let (body, end) = text.strip_suffix('\n').map_or((text.as_ref(), ""), |body| (body, "\n"));
        output.raw(turn(body).as_bytes())?;
        output.raw(end.as_bytes())?;
        line.clear();
    }
    output.flush()?;
    Ok(())
}
