//! The command line, one file a verb.
//!
//! Without a verb the console opens; no verb opens it. Exit codes: 0 done, 1 nothing matched, 2 error, 3 some feeds
//! fail; a reader that goes away (`huntdeck list | head`) is no error.

mod analyze;
mod args;
mod defang;
mod desk;
mod doctor;
mod export;
mod feeds;
mod fetch;
mod hunts;
mod iocs;
mod list;
mod log;
mod manual;
mod mark;
mod output;
mod screen;
mod show;
mod upkeep;

use std::{io, process::ExitCode};

use clap::Parser;

use self::{
    args::{Args, Verb},
    desk::Desk,
    output::Output,
};

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It did what it was asked.
    Done,
    /// Nothing matched.
    Nothing,
    /// Part of the input was faulty; what was wrong has been said.
    Faulty,
    /// It did what it was asked, and some feeds fail.
    SomeFail,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let mut output = Output::stdout();
    let result = dispatch(&args, &mut output).and_then(|outcome| output.flush().map(|()| outcome).map_err(Into::into));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Faulty) => ExitCode::from(2),
        Ok(Outcome::SomeFail) => ExitCode::from(3),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(args: &Args, output: &mut Output) -> anyhow::Result<Outcome> {
    let Some(verb) = &args.verb else { return block_on(screen::run(Desk::open(args)?, args)) };
    match verb {
        Verb::Refang(verb) => return defang::refang(verb, output),
        Verb::Defang(verb) => return defang::defang(verb, output),
        Verb::Completions(verb) => return manual::completions(verb, output),
        Verb::Man => return manual::man(output),
        Verb::List(verb) if verb.help_query => return manual::query(output),
        _ => {}
    }
    if let Verb::Doctor(verb) = verb {
        let (desk, fault) = Desk::open_anyway(args);
        if let Some(file) = &verb.save {
            return block_on(doctor::save(&desk, file, output));
        }
        return block_on(doctor::run(&desk, fault.as_ref(), output));
    }
    let desk = Desk::open(args)?;
    match verb {
        Verb::Analyze(verb) => analyze::run(&desk, verb, output),
        Verb::Hunts(verb) => hunts::run(&desk, verb, output),
        Verb::Fetch(verb) => block_on(fetch::run(&desk, verb, output)),
        Verb::List(verb) => block_on(list::run(&desk, verb, output)),
        Verb::Show(verb) => block_on(show::run(&desk, verb, output)),
        Verb::Mark(verb) => block_on(mark::run(&desk, verb, output)),
        Verb::Iocs(verb) => block_on(iocs::run(&desk, verb, output)),
        Verb::Export(verb) => block_on(export::run(&desk, verb, output)),
        Verb::Feeds(verb) => block_on(feeds::run(&desk, verb, output)),
        Verb::Upkeep => block_on(upkeep::run(&desk, output)),
        Verb::Refang(_) | Verb::Defang(_) | Verb::Completions(_) | Verb::Man | Verb::Doctor(_) => Ok(Outcome::Done),
    }
}

/// Runs a verb that waits for the store or the network.
fn block_on(verb: impl Future<Output = anyhow::Result<Outcome>>) -> anyhow::Result<Outcome> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(verb)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(is_pipe))
}
