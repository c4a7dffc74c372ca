use anyhow::Context;
use jiff::tz::TimeZone;

use super::{
    Outcome,
    args::{BriefingFormat, ShowArgs},
    desk::Desk,
    output::{self, Output},
};
use crate::{
    briefing,
    export::Analysis,
    store::Store,
    triage::{ArticleId, Row},
};

/// Prints the briefing of an article.
pub(super) async fn run(desk: &Desk, args: &ShowArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let Some(id) = find(&store, &args.article).await? else {
        output::complain(&format!("there is no article {}: `huntdeck list --all` lists them", args.article));
        return Ok(Outcome::Nothing);
    };
    let item = store.item(id).await?.with_context(|| format!("article {id} is gone"))?;
    let told = store.story(id).await?;
    let parameters = desk.parameters();
    match args.format {
        BriefingFormat::Markdown => {
            let mut best = item.briefing;
            let most = if args.all_hunts { usize::MAX } else { desk.settings.hunts.shown };
            let more = best.hunts.len().saturating_sub(most);
            best.hunts.truncate(most);
            output.raw(briefing::markdown(&item.article, &best, desk.hunts(), &parameters).as_bytes())?;
            also_told(&told, output)?;
            if more > 0 {
                output.flush()?;
                output::complain(&format!("{more} more hunts fit less well: --all-hunts prints them too"));
            }
        }
        BriefingFormat::Json => {
            let number = id.to_string();
            let analysis = Analysis::new(&number, &item.briefing, desk.hunts(), &parameters);
            output.json(&analysis.with_story(&told))?;
        }
    }
    Ok(Outcome::Done)
}

/// Names the other articles of the story, below the briefing.
fn also_told(story: &[Row], output: &mut Output) -> anyhow::Result<()> {
    if story.is_empty() {
        return Ok(());
    }
    output.raw(b"\n## The same story\n")?;
    for row in story {
        let date = TimeZone::UTC.to_datetime(row.published).date();
        output.line(format_args!("- {} {date} {} {}: {}", row.id, row.severity.word(), row.source, row.title))?;
    }
    Ok(())
}

/// Finds an article by its number, its advisory's id or its address.
pub(super) async fn find(store: &Store, reference: &str) -> anyhow::Result<Option<ArticleId>> {
    Ok(store.find(reference).await?)
}
