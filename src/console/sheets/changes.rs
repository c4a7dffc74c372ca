use super::SheetLine;
use crate::{
    console::{flow::ago, state::App, theme::Role},
    store::{Change, Verdict},
    text::defang,
};

pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    app.history
        .iter()
        .map(|line| {
            let articles = match line.articles.as_slice() {
                [one] => format!("article {one}"),
                many => format!("{} articles", many.len()),
            };
            let undone = if line.undone { " (undone)" } else { "" };
            SheetLine::new([
                (Role::Dim, format!(" {:>9}  ", ago(app.now, line.at))),
                (
                    if line.undone { Role::Done } else { Role::Text },
                    format!("{}: {articles}{undone}", words(&line.change)),
                ),
            ])
        })
        .collect()
}

/// Says what a change did, as one reads it after "undone:".
pub fn words(change: &Change) -> String {
    match change {
        Change::Read => "opened".into(),
        Change::Unread => "made new".into(),
        Change::Review(Verdict::Relevant) => "reviewed as relevant".into(),
        Change::Review(Verdict::NotRelevant) => "reviewed as not relevant".into(),
        Change::Review(Verdict::Escalated) => "escalated".into(),
        Change::Dismiss => "dismissed".into(),
        Change::Snooze(until) => format!("snoozed until {}", until.strftime("%Y-%m-%d %H:%M")),
        Change::Tag(tag) => format!("tagged {tag}"),
        Change::Untag(tag) => format!("tag {tag} taken off"),
        Change::Note(note) if note.is_empty() => "note removed".into(),
        Change::Note(_) => "note written".into(),
        Change::Owner(owner) if owner.is_empty() => "given back".into(),
        Change::Owner(owner) => format!("taken by {owner}"),
        Change::Star(true) => "starred".into(),
        Change::Star(false) => "star taken off".into(),
        Change::Copied(hunt) => format!("copied {hunt}"),
        Change::Rule { value, allow, reason } => match allow {
            Some(true) => format!("always an indicator: {} ({reason})", defang(value)),
            Some(false) => format!("never an indicator: {} ({reason})", defang(value)),
            None => format!("no longer ruled on: {}", defang(value)),
        },
    }
}
