use anyhow::Context;

use super::{
    Outcome,
    args::ShowArgs,
    desk::Desk,
    output::{self, Output},
};
use crate::{
    export::{ArticleOptions, Exported},
    store::Store,
    triage::ArticleId,
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
    let (number, parameters) = (id.to_string(), desk.parameters());
    let exported = Exported { story: Some(told.as_slice()), ..Exported::of(&number, &item) };
    let max_hunts = if args.all_hunts { usize::MAX } else { desk.settings.hunts.shown };
    let options = ArticleOptions { hunts: desk.hunts(), parameters: &parameters, max_hunts };
    output.raw(args.format.document(&exported, &options).as_bytes())?;
    let more = item.briefing.hunts.len().saturating_sub(max_hunts);
    if args.format.is_prose && more > 0 {
        output.flush()?;
        output::complain(&format!("{more} more hunts fit less well: --all-hunts prints them too"));
    }
    Ok(Outcome::Done)
}

/// Finds an article by its number, its advisory's id or its address.
pub(super) async fn find(store: &Store, reference: &str) -> anyhow::Result<Option<ArticleId>> {
    Ok(store.find(reference).await?)
}
