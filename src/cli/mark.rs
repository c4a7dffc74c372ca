use anyhow::bail;
use jiff::{SignedDuration, Timestamp};

use super::{
    Outcome,
    args::{MarkArgs, VerdictArg},
    desk::Desk,
    list,
    output::{self, Output},
    show,
};
use crate::{
    store::Store,
    text::counted,
    triage::{ArticleId, Change, Verdict},
};

/// Changes the triage state of articles; every change can be undone.
pub(super) async fn run(desk: &Desk, args: &MarkArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let now = Timestamp::now();
    if args.undo || args.redo {
        return again(&store, args.undo, now, output).await;
    }
    let changes = changes(args, now)?;
    let ids = chosen(&store, args).await?;
    if ids.is_empty() {
        output::complain("no article matches, so nothing was marked");
        return Ok(Outcome::Nothing);
    }
    for change in changes {
        let what = change.words();
        match store.mark(ids.clone(), change, now).await? {
            Some(journal) => {
                let articles = counted(journal.articles.len(), "article");
                let number = journal.number;
                output.line(format_args!("{articles} {what} (change {number}; --undo takes it back)"))
            }
            None => output.line(format_args!("nothing to change: {what} already")),
        }?;
    }
    Ok(Outcome::Done)
}

async fn again(store: &Store, undo: bool, now: Timestamp, output: &mut Output) -> anyhow::Result<Outcome> {
    let (word, journal) = if undo { ("undone", store.undo(now).await?) } else { ("redone", store.redo(now).await?) };
    let Some(journal) = journal else {
        output::complain(if undo { "there is nothing to undo" } else { "there is nothing to redo" });
        return Ok(Outcome::Nothing);
    };
    let articles = counted(journal.articles.len(), "article");
    output.line(format_args!("{word}: {} on {articles}", journal.change.words()))?;
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

fn changes(args: &MarkArgs, now: Timestamp) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    if args.read {
        changes.push(Change::Read);
    }
    if args.unread {
        changes.push(Change::Unread);
    }
    if let Some(verdict) = args.reviewed {
        changes.push(Change::Review(verdict.into()));
    }
    if args.dismissed {
        changes.push(Change::Dismiss);
    }
    if let Some(hours) = args.snooze {
        changes.push(Change::Snooze(now.saturating_add(SignedDuration::from_hours(i64::from(hours)))?));
    }
    if args.star || args.unstar {
        changes.push(Change::Star(args.star));
    }
    changes.extend(args.tag.iter().cloned().map(Change::Tag));
    changes.extend(args.untag.iter().cloned().map(Change::Untag));
    changes.extend(args.note.clone().map(Change::Note));
    changes.extend(args.owner.clone().map(Change::Owner));
    if changes.is_empty() {
        bail!("say what to mark them as: --reviewed, --dismissed, --read, … (`huntdeck mark --help`)");
    }
    Ok(changes)
}

impl From<VerdictArg> for Verdict {
    fn from(verdict: VerdictArg) -> Self {
        match verdict {
            VerdictArg::Relevant => Self::Relevant,
            VerdictArg::NotRelevant => Self::NotRelevant,
            VerdictArg::Escalated => Self::Escalated,
        }
    }
}
