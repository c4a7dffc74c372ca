use anyhow::bail;
use jiff::Timestamp;

use super::{
    Outcome,
    desk::Desk,
    list,
    output::{self, Output},
    show,
};
use crate::{store::Store, text::counted, triage::ArticleId, verb::MarkArgs};

/// Changes the triage state of articles; every decision can be undone.
pub(super) async fn run(desk: &Desk, args: &MarkArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let now = Timestamp::now();
    if args.undo || args.redo {
        return again(&store, args.undo, now, output).await;
    }
    let changes = args.changes(now).map_err(anyhow::Error::msg)?;
    let ids = chosen(&store, args).await?;
    if ids.is_empty() {
        output::complain("no article matches, so nothing was marked");
        return Ok(Outcome::Nothing);
    }
    for change in changes {
        let what = change.words();
        match store.mark(ids.clone(), change, now).await? {
            Some(line) => {
                let articles = counted(line.articles.len(), "article");
                output.line(format_args!("{articles} {what} (change {}; --undo takes it back)", line.number))
            }
            None => output.line(format_args!("nothing to change: already {what}")),
        }?;
    }
    Ok(Outcome::Done)
}

async fn again(store: &Store, undo: bool, now: Timestamp, output: &mut Output) -> anyhow::Result<Outcome> {
    let (word, line) = if undo { ("undone", store.undo(now).await?) } else { ("redone", store.redo(now).await?) };
    let Some(line) = line else {
        output::complain(if undo { "there is nothing to undo" } else { "there is nothing to redo" });
        return Ok(Outcome::Nothing);
    };
    let articles = counted(line.articles.len(), "article");
    output.line(format_args!("{word}: {articles} {}", line.change.words()))?;
    Ok(Outcome::Done)
}

async fn chosen(store: &Store, args: &MarkArgs) -> anyhow::Result<Vec<ArticleId>> {
    if let Some(query) = &args.query {
        return Ok(store.ids(&list::parse(query)?, usize::MAX).await?);
    }
    let mut ids = Vec::new();
    for reference in &args.articles {
        match show::find(store, reference).await? {
            Some(id) => ids.push(id),
            None => bail!("there is no article {reference}, so nothing was marked"),
        }
    }
    if ids.is_empty() {
        bail!("say which articles: their numbers, or --query");
    }
    Ok(ids)
}
