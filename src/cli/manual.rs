use clap::CommandFactory;

use super::{
    Outcome,
    args::{Args, CompletionsArgs},
    output::Output,
};
use crate::query;

/// Prints the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "huntdeck", &mut script);
    output.raw(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual page.
pub(super) fn man(output: &mut Output) -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    output.raw(&page)?;
    Ok(Outcome::Done)
}

/// Prints the fields of the query language.
pub(super) fn query(output: &mut Output) -> anyhow::Result<Outcome> {
    output.text(
        "Words and \"phrases\" are searched in titles and texts. Terms side by side must all hold; `or`, `-` (not) and \
         parentheses combine them.\n\n",
    )?;
    for field in query::FIELDS {
        output.line(format_args!("  {:<20}  {}", field.example, field.about))?;
    }
    Ok(Outcome::Done)
}
