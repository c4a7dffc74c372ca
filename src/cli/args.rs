use std::path::PathBuf;

use clap::{
    Args as ClapArgs, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jiff::Timestamp;

use crate::{
    export::Format,
    verb::{ListQuery, MarkArgs},
};

/// Triage threat news and copy hunts, at the keyboard.
///
/// Without a verb the console opens. With one, huntdeck prints and exits: 0 done, 1 nothing matched, 2 error,
/// 3 some feeds fail.
#[derive(Debug, Parser)]
#[command(name = "huntdeck", version, propagate_version = true, max_term_width = 100)]
pub(super) struct Args {
    /// The configuration to read instead of the user's own.
    #[arg(long, global = true, value_name = "FILE", env = "HUNTDECK_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// The database to use instead of the user's own.
    #[arg(long, global = true, value_name = "FILE", env = "HUNTDECK_DB")]
    pub(super) db: Option<PathBuf>,
    /// Ask no server for anything.
    #[arg(long, global = true)]
    pub(super) offline: bool,
    /// Show the built-in demo in a throw-away database, without network.
    #[arg(long)]
    pub(super) demo: bool,
    /// Leave the built-in demo out of a new database.
    #[arg(long, conflicts_with = "demo")]
    pub(super) no_demo: bool,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Ask the feeds and save what they give.
    Fetch(FetchArgs),
    /// List articles, worst first; those that are not yet reviewed or put away unless told otherwise.
    List(ListArgs),
    /// Print the briefing of an article.
    Show(ShowArgs),
    /// Review, dismiss, snooze, tag or annotate articles, and undo it.
    Mark(MarkArgs),
    /// Print the indicators of files, of standard input, or of the articles that a query finds.
    Iocs(IocsArgs),
    /// Write the briefings that a query finds, as one stream or as a folder of files.
    Export(ExportArgs),
    /// List the feeds with how they fare, or check one.
    Feeds(FeedsArgs),
    /// Drop old articles that nobody worked on (`[fetch] keep`) and tidy the database; the console does so once a day.
    Upkeep,
    /// Check the store, the clipboard, the terminal, the feeds and the configuration, and say what to do.
    Doctor(DoctorArgs),
    /// Brief one document, or many as JSON lines.
    Analyze(AnalyzeArgs),
    /// List the hunts, print one, or dump all for validators.
    Hunts(HuntsArgs),
    /// Turn defanged text back: a line in, a line out.
    Refang(FilterArgs),
    /// Make addresses harmless: a line in, a line out.
    Defang(FilterArgs),
    /// Print the completions of a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}

#[derive(Debug, ClapArgs)]
pub(super) struct AnalyzeArgs {
    /// The document, text or HTML; standard input without one.
    pub(super) file: Option<PathBuf>,
    /// Read one JSON object a line, `{"id","text","title"?,"source"?,"url"?,"published"?}`, and write one for each.
    #[arg(long, conflicts_with_all = ["file", "format", "title", "source", "url", "published"])]
    pub(super) jsonl: bool,
    /// The form of the briefing.
    #[arg(long, value_parser = article_format(), default_value = "markdown")]
    pub(super) format: &'static Format,
    /// The document's title; its first heading or its file name without one.
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The publisher's name.
    #[arg(long)]
    pub(super) source: Option<String>,
    /// The document's address.
    #[arg(long)]
    pub(super) url: Option<String>,
    /// When it was published, such as 2026-11-24 or 2026-11-24T08:00:00Z.
    #[arg(long, value_parser = parse_date)]
    pub(super) published: Option<Timestamp>,
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct HuntsArgs {
    #[command(subcommand)]
    pub(super) verb: Option<HuntsVerb>,
    /// The hunt to print, by id; all are listed without one.
    pub(super) id: Option<String>,
    /// Print the query of this dialect alone, ready to paste.
    #[arg(long, value_name = "DIALECT")]
    pub(super) dialect: Option<String>,
    /// Write every hunt in every dialect with every set of values as JSON lines.
    #[arg(long, conflicts_with_all = ["id", "dialect"])]
    pub(super) dump: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FetchArgs {
    /// Only these feeds, by name, enabled or not; every enabled one without any.
    pub(super) feeds: Vec<String>,
    /// Only the feeds whose time has come.
    #[arg(long, conflicts_with = "feeds")]
    pub(super) due: bool,
    /// Ask nothing, and file what standard input has under the name of a feed: a feed, a page, a text or a mail.
    #[arg(long, value_name = "FEED", conflicts_with_all = ["feeds", "due"])]
    pub(super) stdin: Option<String>,
    /// Say only what is wrong.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) query: ListQuery,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    /// The greatest number of articles.
    #[arg(short = 'n', long)]
    pub(super) limit: Option<usize>,
    /// Print the fields of the query language and exit.
    #[arg(long)]
    pub(super) help_query: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ShowArgs {
    /// The article: its number in `list`, the id of an advisory (CVE-…, GHSA-…), or its address.
    pub(super) article: String,
    /// The form of the briefing.
    #[arg(long, value_parser = article_format(), default_value = "markdown")]
    pub(super) format: &'static Format,
    /// Print every hunt that fits, not only the best ones (`[hunts] shown`); JSON always has all.
    #[arg(long)]
    pub(super) all_hunts: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct IocsArgs {
    /// The files to read, text or HTML; standard input without one.
    pub(super) files: Vec<PathBuf>,
    /// Take the indicators of the articles that this query finds.
    #[arg(short, long, conflicts_with = "files")]
    pub(super) query: Option<String>,
    /// Print candidates, references and what was rejected too, each with its reason.
    #[arg(long)]
    pub(super) all: bool,
    /// Print network values live instead of defanged.
    #[arg(long)]
    pub(super) live: bool,
    /// The form of the list.
    #[arg(long, value_parser = indicator_format(), default_value = "text")]
    pub(super) format: &'static Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExportArgs {
    /// What to export; everything without a query.
    pub(super) query: Vec<String>,
    /// The form; JSON is one object a line, CSV one row for each indicator.
    #[arg(long, value_parser = article_format(), default_value = "markdown")]
    pub(super) format: &'static Format,
    /// Write one file for each article into this folder, which is made when it is missing.
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct FeedsArgs {
    #[command(subcommand)]
    pub(super) verb: Option<FeedsVerb>,
    #[command(flatten)]
    pub(super) list: FeedsListArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FeedsListArgs {
    /// The form of the list; JSON is one array.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ListFormat,
    /// Print one JSON object a line.
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    /// List only the feeds that fail.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum FeedsVerb {
    /// List the feeds with how they fare, as without a verb; ends with 3 when one of them fails.
    List(FeedsListArgs),
    /// Ask failing feeds now and forget how often they failed, so that they are asked as often as before.
    Retry {
        /// The feeds, by name; every enabled one that fails without any.
        feeds: Vec<String>,
    },
    /// Read one feed, a file, a folder or an address, and say what is in it.
    Check {
        /// The file, the folder, the address, or `-` for standard input.
        #[arg(value_name = "FILE|URL")]
        place: String,
    },
    /// Add a feed to the configuration: by its address, that of a page that has one, or the path of a folder.
    Add(AddArgs),
    /// Remove feeds from the configuration; their articles stay.
    Remove {
        /// The feeds, by name or address.
        #[arg(required = true)]
        feeds: Vec<String>,
    },
    /// Add the feeds of an OPML list; its categories become tags.
    Import {
        /// The list, or `-` for standard input.
        file: PathBuf,
        /// Say what would be added and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write the feeds as an OPML list; their tags become categories.
    Export {
        /// The file to write; standard output without one.
        file: Option<PathBuf>,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct AddArgs {
    /// The address of the feed or of a page that has one, or the path of a folder.
    #[arg(value_name = "URL|PATH")]
    pub(super) place: String,
    /// The name shown as the source; the feed's own title without one.
    #[arg(long)]
    pub(super) name: Option<String>,
    /// A tag that each of its articles gets; may be given more than once.
    #[arg(long)]
    pub(super) tag: Vec<String>,
    /// Fetch the pages of its articles for their full text.
    #[arg(long)]
    pub(super) full_text: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum HuntsVerb {
    /// Check the hunts in folders of your own, or those of the configuration.
    Lint {
        /// The folders.
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct DoctorArgs {
    /// Write what can be read of a damaged database into this new one: articles, triage, notes and rulings.
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct FilterArgs {
    /// The files to read; standard input without one.
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Reads the name of a format that holds articles.
fn article_format() -> impl TypedValueParser<Value = &'static Format> {
    format_of(Format::of_articles())
}

/// Reads the name of a format that holds indicators.
fn indicator_format() -> impl TypedValueParser<Value = &'static Format> {
    format_of(Format::of_indicators())
}

fn format_of(formats: impl Iterator<Item = &'static Format>) -> impl TypedValueParser<Value = &'static Format> {
    PossibleValuesParser::new(formats.map(|format| format.name))
        .map(|name| Format::from_name(&name).expect("only names of formats are possible"))
}

/// Reads a day or a moment.
pub(super) fn parse_date(text: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let day: jiff::civil::Date =
        text.parse().map_err(|_| format!("`{text}` is no date: write 2026-11-24 or 2026-11-24T08:00:00Z"))?;
    let zoned = day.to_datetime(jiff::civil::Time::midnight()).to_zoned_datetime(jiff::tz::TimeZone::UTC);
    zoned.map(|zoned| zoned.timestamp()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, parse_date};

    #[test]
    fn the_arguments_fit_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_day_or_a_moment_is_a_date() {
        assert_eq!(parse_date("2026-11-24").unwrap().to_string(), "2026-11-24T00:00:00Z");
        assert_eq!(parse_date("2026-11-24T08:00:00+01:00").unwrap().to_string(), "2026-11-24T07:00:00Z");
        assert!(parse_date("yesterday").is_err());
    }
}
