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
            output.raw(briefing::markdown(&item.article, &item.briefing, desk.hunts(), &parameters).as_bytes())?;
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
