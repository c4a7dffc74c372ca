use anyhow::Context;

use super::{
    Outcome,
    args::{BriefingFormat, ShowArgs},
    desk::Desk,
    output::{self, Output},
};
use crate::{briefing, export::Analysis, store::ArticleId, store::Store};

/// Prints the briefing of an article.
pub(super) async fn run(desk: &Desk, args: &ShowArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let Some(id) = find(&store, &args.article).await? else {
        output::complain(&format!("there is no article {}: `huntdeck list --all` lists them", args.article));
        return Ok(Outcome::Nothing);
    };
    let item = store.item(id).await?.with_context(|| format!("article {id} is gone"))?;
    let parameters = desk.parameters();
    match args.format {
        BriefingFormat::Markdown => {
            let mut best = item.briefing;
            let most = if args.all_hunts { usize::MAX } else { desk.settings.hunts.shown };
            let more = best.hunts.len().saturating_sub(most);
            best.hunts.truncate(most);
            output.raw(briefing::markdown(&item.article, &best, desk.hunts(), &parameters).as_bytes())?;
            if more > 0 {
                output.flush()?;
                output::complain(&format!("{more} more hunts fit less well: --all-hunts prints them too"));
            }
        }
        BriefingFormat::Json => {
            output.json(&Analysis::new(&id.to_string(), &item.briefing, desk.hunts(), &parameters))?;
        }
    }
    Ok(Outcome::Done)
}

/// Finds an article by its number, its advisory's id or its address.
pub(super) async fn find(store: &Store, reference: &str) -> anyhow::Result<Option<ArticleId>> {
    Ok(store.find(reference).await?)
}
