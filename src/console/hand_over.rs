//! The report for the next shift: what came in, what was made of it, what is still open.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::article_layout::{age, ago};
use crate::{
    briefing::{Link, Severity},
    query::parse,
    store::{Store, StoreError},
    text::markdown,
    triage::{Filter, Item, Order, Tally},
};

/// The most articles that are written out of what was worked on, and of what is open.
const MAX_ARTICLES: usize = 100;

/// What the report is about: the last so many hours.
const PERIOD_HOURS: u32 = 12;

/// Reads what the report needs from the store and writes it.
///
/// # Errors
/// Fails if the store does.
pub async fn gather(store: &Store, now: Timestamp) -> Result<String, StoreError> {
    let query = |text: String| parse(&text, now).unwrap_or_else(|_| Filter::default());
    let came = store.tally(&query(format!("seen:{PERIOD_HOURS}h"))).await?;
    let open = query("unreviewed sev>=high".into());
    let waiting = store.tally(&open).await?;
    let mut worked = Vec::new();
    for id in store.ids(&query(format!("touched:{PERIOD_HOURS}h")), MAX_ARTICLES).await? {
        worked.extend(store.item(id).await?.filter(is_worked));
    }
    let mut left = Vec::new();
    for row in store.page(&open, Order::Severity, None, 20).await?.rows {
        left.extend(store.item(row.id).await?);
    }
    Ok(report(now, &Gathered { came, waiting, worked, left }))
}

/// Opening an article is no work to hand over.
fn is_worked(item: &Item) -> bool {
    !item.row.standing.state.is_open() || !item.row.standing.note.is_empty() || !item.copied.is_empty()
}

/// What the report tells.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What came in.
    pub came: Tally,
    /// What is open, HIGH and worse.
    pub waiting: Tally,
    /// The articles that were worked on.
    pub worked: Vec<Item>,
    /// The worst of those that are open.
    pub left: Vec<Item>,
}

/// Writes the report as Markdown.
pub fn report(now: Timestamp, gathered: &Gathered) -> String {
    let mut out = format!("# Hand-over {}\n\n", now.strftime("%Y-%m-%d %H:%M UTC"));
    let _ = writeln!(out, "Last {PERIOD_HOURS} hours: {} came in ({}).\n", gathered.came.total, counts(&gathered.came));
    let _ = writeln!(out, "## Worked on ({})\n", gathered.worked.len());
    if gathered.worked.is_empty() {
        out.push_str("- _Nothing._\n");
    }
    for item in &gathered.worked {
        worked(&mut out, item, now);
    }
    let _ = writeln!(out, "\n## Still open: {} of HIGH and worse\n", gathered.waiting.total);
    if gathered.left.is_empty() {
        out.push_str("- _Nothing._\n");
    }
    for item in &gathered.left {
        line(&mut out, item, &format!("{} old", age(now, item.row.published)));
    }
    out
}

fn counts(tally: &Tally) -> String {
    let parts = Severity::ALL
        .into_iter()
        .zip(tally.severities())
        .map(|(severity, count)| format!("{count} {}", severity.word()));
    parts.collect::<Vec<_>>().join(", ")
}

fn worked(out: &mut String, item: &Item, now: Timestamp) {
    let owner =
        if item.row.standing.owner.is_empty() { String::new() } else { format!(", {}", item.row.standing.owner) };
    line(out, item, &format!("{}{owner}", item.row.standing.words()));
    for note in markdown::lines(&item.row.standing.note.replace('\t', " ")).lines() {
        let _ = writeln!(out, "  > {note}");
    }
    for (hunt, at) in &item.copied {
        let _ = writeln!(out, "  - hunt copied: {} ({})", markdown::line(hunt), ago(now, *at));
    }
}

fn line(out: &mut String, item: &Item, remark: &str) {
    let row = &item.row;
    let (title, source, remark) = (markdown::line(&row.title), markdown::line(&row.source), markdown::line(remark));
    let link = match Link::of(row.url.as_deref(), &row.source) {
        Link::None | Link::NotOfTheWeb => String::new(),
        Link::Live(address) => format!(" <{address}>"),
        Link::Defanged(address) => format!(" {address}"),
    };
    let _ = writeln!(out, "- **{}** {title} ({source}) — {remark}{link}", row.severity.word());
}

#[cfg(test)]
mod tests {
    use super::{Gathered, Tally, report};
    use crate::{
        briefing::Severity,
        console::sample::{HOSTILE, NOW, hostile_item, item},
        triage::{State, Verdict},
    };

    #[test]
    fn the_report_says_what_was_made_of_what_and_what_is_open() {
        let mut done = item(1);
        (done.row.standing.state, done.row.standing.verdict) = (State::Reviewed, Some(Verdict::Escalated));
        done.row.standing.note = "Asked the edge team.\nTicket 17.".into();
        done.copied = vec![("UC_DOMAIN spl".into(), NOW)];
        let tally = |counts: [u64; 4]| {
            let mut tally = Tally::default();
            for (severity, count) in Severity::ALL.into_iter().zip(counts) {
                tally.add(severity, State::New, count);
            }
            tally
        };
        let came = tally([1, 2, 0, 4]);
        let gathered = Gathered { came, waiting: tally([0, 1, 0, 0]), worked: vec![done], left: vec![item(2)] };
        assert_eq!(
            report(NOW, &gathered),
            "# Hand-over 2026-11-24 09:30 UTC\n\n\
             Last 12 hours: 7 came in (1 CRIT, 2 HIGH, 0 MED, 4 LOW).\n\n\
             ## Worked on (1)\n\n\
             - **CRIT** ShinyRook ransomware gang exploits edge VPN flaw to reach domain controllers within hours \
             (Field Notes) — escalated hxxps://news[.]example/1\n  \
               > Asked the edge team.\n  > Ticket 17.\n  - hunt copied: UC_DOMAIN spl (just now)\n\n\
             ## Still open: 1 of HIGH and worse\n\n\
             - **HIGH** npm package left-padder ships a credential stealer in its install script (Example Research) \
             — 14h old hxxps://news[.]example/2\n"
        );
    }

    #[test]
    fn what_others_wrote_is_text_and_only_the_publisher_is_linked() {
        let mut hostile = item(1);
        hostile.row.title = "# [a](javascript:b) ![c](http://d.example/e.png) <img src=x onerror=f>".into();
        hostile.row.source = "<b>News</b>".into();
        hostile.row.standing.note = "# x\n[a]: javascript:b\n- ```\nSee http://evil.example/".into();
        hostile.row.url = Some("javascript:alert(1)".into());
        let mut own = item(3);
        own.row.url = Some("https://news.example/>[x](y)".into());
        let report = report(NOW, &Gathered { worked: vec![hostile, own], ..Gathered::default() });
        for expected in [
            "# [a]\\(javascript:b) ![c]\\(",
            "\\<img src=x onerror=f> (\\<b>News\\</b>) — new\n",
            "  > \\# x\n  > [a]\\: javascript:b\n  > - \\```\n  > See hxxp://evil[.]example/\n",
            " <https://news.example/%3E%5Bx%5D%28y%29>\n",
        ] {
            assert!(report.contains(expected), "{expected}\n{report}");
        }
    }

    #[test]
    fn nothing_hostile_comes_into_the_report() {
        let gathered = Gathered { worked: vec![hostile_item(1)], ..Gathered::default() };
        assert!(!report(NOW, &gathered).chars().any(|c| c != '\n' && !crate::text::Safe::allows(c)), "{HOSTILE}");
    }
}
