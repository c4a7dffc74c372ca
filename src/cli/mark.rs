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
    store::{ArticleId, Change, Row, State, Store, Verdict},
    text::counted,
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
        let articles = counted(ids.len(), "article");
        let what = describe(&change);
        match store.mark(ids.clone(), change, now).await? {
            Some(number) => output.line(format_args!("{what}: {articles} (change {number}; --undo takes it back)")),
            None => output.line(format_args!("{what}: nothing to change")),
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
    output.line(format_args!("{word}: {} on {articles}", describe(&journal.change)))?;
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

fn describe(change: &Change) -> String {
    match change {
        Change::Read => "read".to_owned(),
        Change::Unread => "new again".to_owned(),
        Change::Review(verdict) => format!("reviewed as {}", verdict_name(*verdict)),
        Change::Dismiss => "dismissed".to_owned(),
        Change::Snooze(until) => format!("snoozed until {until:.0}"),
        Change::Tag(tag) => format!("tagged {tag}"),
        Change::Untag(tag) => format!("untagged {tag}"),
        Change::Note(note) if note.is_empty() => "note removed".to_owned(),
        Change::Note(_) => "note written".to_owned(),
        Change::Owner(owner) if owner.is_empty() => "owner removed".to_owned(),
        Change::Owner(owner) => format!("owned by {owner}"),
        Change::Star(true) => "starred".to_owned(),
        Change::Star(false) => "unstarred".to_owned(),
        Change::Copied(hunt) => format!("copied {hunt}"),
        Change::Rule { value, allow: Some(true), .. } => format!("ruled an indicator: {value}"),
        Change::Rule { value, allow: Some(false), .. } => format!("ruled no indicator: {value}"),
        Change::Rule { value, allow: None, .. } => format!("no longer ruled on: {value}"),
    }
}

const fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Relevant => "relevant",
        Verdict::NotRelevant => "not relevant",
        Verdict::Escalated => "escalated",
    }
}

/// Returns the word that lists print for where an article stands.
pub(super) const fn state_name(row: &Row) -> &'static str {
    match row.state {
        State::New => "new",
        State::Read => "read",
        State::Reviewed => match row.verdict {
            Some(Verdict::Escalated) => "escalated",
            Some(Verdict::NotRelevant) => "no concern",
            _ => "reviewed",
        },
        State::Dismissed => "dismissed",
        State::Snoozed => "snoozed",
    }
}
