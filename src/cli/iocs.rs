use std::{
    fs,
    io::{self, Read},
};

use anyhow::Context;

use super::{
    Outcome,
    args::IocsArgs,
    desk::Desk,
    list,
    output::{self, Output},
};
use crate::{
    article::Document,
    export::{IndicatorOptions, IndicatorSet},
    indicator::{self, Indicator, Tier},
};

/// Prints the indicators of files, of standard input, or of the articles that a query finds.
pub(super) async fn run(desk: &Desk, args: &IocsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let options = IndicatorOptions { live: args.live, all_tiers: args.all };
    let mut printer = Printer { args, options, output, count: 0 };
    printer.output.raw(args.format.head.as_bytes())?;
    if let Some(query) = &args.query {
        let store = desk.store()?;
        for id in store.ids(&list::parse(query)?, usize::MAX).await? {
            let Some(item) = store.item(id).await? else { continue };
            let url = item.row.url.as_deref().unwrap_or_default();
            let indicators = printer.wanted(&item.briefing.indicators);
            let (from, title) = (id.to_string(), item.row.title.as_str());
            printer.print(&IndicatorSet { from: &from, title, url, indicators: &indicators })?;
        }
    } else if args.files.is_empty() {
        let mut text = Vec::new();
        io::stdin().lock().read_to_end(&mut text).context("cannot read standard input")?;
        printer.print_file("-", &extract(desk, &text))?;
    }
    for path in &args.files {
        let name = path.display().to_string();
        let text = fs::read(path).with_context(|| format!("cannot read {name}"))?;
        printer.print_file(&name, &extract(desk, &text))?;
    }
    printer.output.raw(args.format.tail.as_bytes())?;
    if printer.count == 0 {
        let hint = if args.all { "" } else { "; --all prints candidates and what was rejected, with the reason" };
        output::complain(&format!("no indicator was found{hint}"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn extract(desk: &Desk, bytes: &[u8]) -> Vec<Indicator> {
    let text = String::from_utf8_lossy(bytes);
    let document =
        if super::analyze::looks_like_html(&text) { Document::from_html(&text) } else { Document::from_plain(&text) };
    indicator::extract(&document, &indicator::Context { lists: Some(&desk.lists), ..indicator::Context::default() })
}

/// Prints indicators as they come.
struct Printer<'a> {
    args: &'a IocsArgs,
    options: IndicatorOptions,
    output: &'a mut Output,
    count: usize,
}

impl Printer<'_> {
    /// Prints the wanted indicators of a file or an article.
    fn print(&mut self, set: &IndicatorSet<'_>) -> io::Result<()> {
        self.count += set.indicators.len();
        self.output.raw(self.args.format.indicators(set, self.options).as_bytes())
    }

    fn print_file(&mut self, from: &str, found: &[Indicator]) -> io::Result<()> {
        self.print(&IndicatorSet { from, title: "", url: "", indicators: &self.wanted(found) })
    }

    fn wanted<'i>(&self, found: &'i [Indicator]) -> Vec<&'i Indicator> {
        found.iter().filter(|hit| self.args.all || hit.tier == Tier::Indicator).collect()
    }
}
