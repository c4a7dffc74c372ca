use std::io::IsTerminal;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{
    Outcome,
    args::{ListArgs, ListFormat},
    desk::Desk,
    output::{self, Output, age},
};
use crate::{
    export::ListedArticle,
    query::{self, QueryError},
    store::Store,
    text::counted,
    triage::{Filter, Order, Row},
};

/// How many rows one page has.
const PAGE: usize = 500;

/// Lists articles.
pub(super) async fn run(desk: &Desk, args: &ListArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let now = Timestamp::now();
    let query = args.query.filter(now).map_err(|error| with_caret(&args.query.text(), &error))?;
    let mut left = args.limit.unwrap_or(usize::MAX);
    let mut after = None;
    let mut printed = 0;
    while left > 0 {
        let page = store.page(&query, Order::Severity, after, left.min(PAGE)).await?;
        for row in &page.rows {
            print(args.format, row, printed == 0, output)?;
            printed += 1;
        }
        left -= page.rows.len().min(left);
        match page.next {
            Some(next) if !page.rows.is_empty() => after = Some(next),
            _ => break,
        }
    }
    if args.format == ListFormat::Json {
        output.end_array(printed == 0)?;
    }
    if printed == 0 {
        say_why_empty(&store, args).await?;
        return Ok(Outcome::Nothing);
    }
    say_how_old(&store).await?;
    Ok(Outcome::Done)
}

/// Says on standard error how old the data is: to somebody who looks at a terminal always, else when that matters.
async fn say_how_old(store: &Store) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let last = store.feeds().await?.iter().filter_map(|health| health.good).max();
    let Some(last) = last else { return Ok(()) };
    let old = now.duration_since(last) > SignedDuration::from_hours(24);
    if old || std::io::stderr().is_terminal() {
        let advice = if old { ": `huntdeck fetch` asks them" } else { "" };
        output::complain(&format!("the last feed answered {} ago{advice}", age(now, last)));
    }
    Ok(())
}

/// Parses a query; the message of an error has the query with a caret under the fault.
pub(super) fn parse(text: &str) -> anyhow::Result<Filter> {
    query::parse(text, Timestamp::now()).map_err(|error| with_caret(text, &error))
}

fn with_caret(text: &str, error: &QueryError) -> anyhow::Error {
    let column = text[..error.span.start.min(text.len())].chars().count();
    let marks = text.get(error.span.range()).map_or(1, |marked| marked.chars().count().max(1));
    anyhow::anyhow!("{error}\n  {text}\n  {}{}", " ".repeat(column), "^".repeat(marks))
}

fn print(format: ListFormat, row: &Row, first: bool, output: &mut Output) -> anyhow::Result<()> {
    match format {
        ListFormat::Text => {
            let date = TimeZone::UTC.to_datetime(row.published).date();
            let state = if row.reopened.is_some() { "changed" } else { row.standing.words() };
            output.line(format_args!(
                "{:>6}  {:<4}  {date}  {state:<12}  {}: {}{}",
                row.id,
                row.severity.word(),
                row.source,
                row.title,
                more_sources(row)
            ))?;
        }
        ListFormat::Json => output.json_in_array(&ListedArticle::from(row), first)?,
    }
    Ok(())
}

/// Says how many other sources tell the same story.
fn more_sources(row: &Row) -> String {
    match row.others {
        0 => String::new(),
        1 => "  (+1 source)".to_owned(),
        others => format!("  (+{others} sources)"),
    }
}

/// Says on standard error why a list is empty, so that nobody takes a typing error for peace.
async fn say_why_empty(store: &Store, args: &ListArgs) -> anyhow::Result<()> {
    let all = store.count(&Filter::default()).await?;
    if all == 0 {
        output::complain("nothing has been fetched yet: `huntdeck fetch` asks the feeds");
    } else {
        let (query, articles) = (args.query.text(), counted(all, "article"));
        let open = if args.query.is_all() { "" } else { "; --all lists reviewed and dismissed ones too" };
        output::complain(&format!("no match for `{query}` in {articles}{open}"));
    }
    Ok(())
}
