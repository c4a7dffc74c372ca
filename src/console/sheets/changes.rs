use super::SheetLine;
use crate::{
    console::{action::Action, flow::ago, state::App, terms::any_of, theme::Role},
    store::{Change, Journal, Verdict},
    text::defang,
};

/// Of how many articles of one change the list is shown.
const MOST: usize = 200;

pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    let next = app.history.iter().position(|line| !line.undone && line.change.is_decision());
    app.history.iter().enumerate().map(|(index, line)| write(app, line, next == Some(index))).collect()
}

fn write(app: &App, line: &Journal, next: bool) -> SheetLine {
    let articles = match line.articles.as_slice() {
        [one] => app.titles.get(one).map_or_else(|| format!("article {one}"), |title| format!("“{title}”")),
        many => format!("{} articles", many.len()),
    };
    let remark = match (line.undone, next) {
        (true, _) => "(undone) ".to_owned(),
        (_, true) => format!("({} undoes it) ", app.keymap.key_of(Action::Undo)),
        _ => String::new(),
    };
    let role = if line.undone { Role::Done } else { Role::Text };
    SheetLine::new([
        (Role::Dim, format!(" {:>9}  ", ago(app.now, line.at))),
        (role, format!("{} ", words(&line.change))),
        (Role::Key, remark),
        (Role::Dim, articles),
    ])
    .leading("Changed", any_of(line.articles.iter().take(MOST)))
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
