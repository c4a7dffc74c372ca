use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::{ArticleOptions, Exported, Format};
use crate::{briefing, text::markdown, triage::Row};

/// The briefing that people read.
pub(super) static MARKDOWN: Format = Format {
    name: "markdown",
    ending: "md",
    head: "",
    separator: "\n---\n\n",
    tail: "",
    is_prose: true,
    write_article: Some(article),
    write_indicators: None,
};

fn article(out: &mut String, exported: &Exported<'_>, options: &ArticleOptions<'_>) {
    let mut best = exported.briefing.clone();
    best.hunts.truncate(options.max_hunts);
    out.push_str(&briefing::markdown(exported.article, &best, options.hunts, options.parameters));
    also_told(out, exported.story.unwrap_or_default());
}

/// Names the other articles of the story, below the briefing.
fn also_told(out: &mut String, story: &[Row]) {
    if story.is_empty() {
        return;
    }
    out.push_str("\n## The same story\n");
    for row in story {
        let date = TimeZone::UTC.to_datetime(row.published).date();
        let (source, title) = (markdown::line(&row.source), markdown::line(&row.title));
        writeln!(out, "- {} {date} {} {source}: {title}", row.id, row.severity.word())
            .expect("a string takes all that is written to it");
    }
}
