use std::{
    borrow::Cow,
    fs,
    io::{self, Read},
};

use anyhow::Context;
use serde::Serialize;

use super::{
    Outcome,
    args::{IocFormat, IocsArgs},
    desk::Desk,
    list,
    output::{self, Output},
};
use crate::{
    article::Document,
    export::csv_row,
    indicator::{self, Indicator, Tier},
};

/// Prints the indicators of files, of standard input, or of the articles that a query finds.
pub(super) async fn run(desk: &Desk, args: &IocsArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let mut printer = Printer { args, output, count: 0 };
    printer.begin()?;
    if let Some(query) = &args.query {
        let store = desk.store()?;
        for id in store.ids(&list::parse(query)?, usize::MAX).await? {
            if let Some(item) = store.item(id).await? {
                printer.print(&format!("{id}"), &item.briefing.indicators)?;
            }
        }
    } else if args.files.is_empty() {
        let mut text = Vec::new();
        io::stdin().lock().read_to_end(&mut text).context("cannot read standard input")?;
        printer.print("-", &extract(desk, &text))?;
    }
    for path in &args.files {
        let name = path.display().to_string();
        let text = fs::read(path).with_context(|| format!("cannot read {name}"))?;
        printer.print(&name, &extract(desk, &text))?;
    }
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

struct Printer<'a> {
    args: &'a IocsArgs,
    output: &'a mut Output,
    count: usize,
}

/// An indicator with where it was found.
#[derive(Serialize)]
struct Found<'a> {
    from: &'a str,
    #[serde(flatten)]
    indicator: &'a Indicator,
}

impl Printer<'_> {
    fn begin(&mut self) -> io::Result<()> {
        match self.args.format {
            IocFormat::Csv => self.output.raw(b"type,value,tier,defanged,place,reason,from\n"),
            IocFormat::Text | IocFormat::Json => Ok(()),
        }
    }

    fn print(&mut self, from: &str, indicators: &[Indicator]) -> io::Result<()> {
        for indicator in indicators.iter().filter(|hit| self.args.all || hit.tier == Tier::Indicator) {
            self.count += 1;
            let value = if self.args.live { Cow::from(&indicator.value) } else { indicator.shown() };
            match self.args.format {
                IocFormat::Text if self.args.all => {
                    let (kind, tier) = (indicator.kind.name(), indicator.tier.name());
                    let reason = indicator.reason.as_deref().unwrap_or_default();
                    self.output.fields(&[kind, &value, tier, reason])?;
                }
                IocFormat::Text => self.output.fields(&[indicator.kind.name(), &value])?,
                IocFormat::Json => self.output.json(&Found { from, indicator })?,
                IocFormat::Csv => {
                    let place = serde_json::to_value(indicator.place)?;
                    let fields = [
                        indicator.kind.name(),
                        &value,
                        indicator.tier.name(),
                        if indicator.defanged { "yes" } else { "no" },
                        place.as_str().unwrap_or_default(),
                        indicator.reason.as_deref().unwrap_or_default(),
                        from,
                    ];
                    self.output.line(csv_row(fields))?;
                }
            }
        }
        Ok(())
    }
}
