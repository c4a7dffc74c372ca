use jiff::SignedDuration;

use crate::{
    console::{action::Mark, effect::Effect, pane::Pane, read::Read, state::App},
    triage::{ArticleId, Change, Verdict, apply},
};

/// How many rows are read again one by one; beyond that the list is read anew.
const MAX_ROWS_READ_AGAIN: usize = 100;

/// Changes the article, or the selected ones.
pub(super) fn mark(app: &mut App, mark: Mark) -> Vec<Effect> {
    let Some(change) = change_of(app, mark) else { return app.refuse("there is no article here") };
    if app.list.all {
        return all(app, vec![change]);
    }
    let selected = app.list.anchor.is_some();
    let articles = targets(app);
    if articles.is_empty() {
        return app.refuse("there is no article here");
    }
    let effects = self::change(app, articles, change);
    let settled =
        matches!(mark, Mark::Relevant | Mark::NotRelevant | Mark::Escalated | Mark::Dismiss | Mark::Snooze(_));
    if settled && !selected && app.focus == Pane::List {
        let next = app.list.cursor + 1;
        if next < app.list.len() {
            app.list.go(next);
        }
    }
    app.list.anchor = None;
    effects
}

/// Changes what is selected in ways that were asked for in words.
pub(super) fn settle_on(app: &mut App, changes: Vec<Change>) -> Vec<Effect> {
    let articles = targets(app);
    each(app, &articles, changes)
}

/// Changes these articles, or every one of the list when all are selected, in several ways one after the other.
pub(super) fn each(app: &mut App, articles: &[ArticleId], changes: Vec<Change>) -> Vec<Effect> {
    if app.list.all {
        return all(app, changes);
    }
    if articles.is_empty() {
        return app.refuse("there is no article here");
    }
    app.list.anchor = None;
    self::changes(app, articles.to_vec(), changes)
}

/// Returns the articles that a change is for.
pub(super) fn targets(app: &App) -> Vec<ArticleId> {
    match (&app.open, app.focus) {
        // What is on the screen is what is meant, also while the list has moved on.
        (Some(open), focus) if focus != Pane::List && app.list.anchor.is_none() => vec![open.id],
        _ => app.list.selected(),
    }
}

/// Changes articles: at once on the screen, and in the store.
pub(super) fn change(app: &mut App, articles: Vec<ArticleId>, change: Change) -> Vec<Effect> {
    changes(app, articles, vec![change])
}

/// Changes articles in several ways, one after the other.
pub(super) fn changes(app: &mut App, articles: Vec<ArticleId>, changes: Vec<Change>) -> Vec<Effect> {
    for change in &changes {
        app.list.change(&articles, |row| {
            apply(&mut row.standing, change);
        });
    }
    vec![Effect::Mark { articles, changes, at: app.now }]
}

/// Changes every article of the list, also those that are not in memory.
fn all(app: &mut App, changes: Vec<Change>) -> Vec<Effect> {
    let Ok(query) = app.list_filter() else { return Vec::new() };
    app.list.all = false;
    vec![Effect::MarkAll { query, changes, at: app.now }]
}

fn change_of(app: &App, mark: Mark) -> Option<Change> {
    Some(match mark {
        Mark::Relevant => Change::Review(Verdict::Relevant),
        Mark::NotRelevant => Change::Review(Verdict::NotRelevant),
        Mark::Escalated => Change::Review(Verdict::Escalated),
        Mark::Unread => Change::Unread,
        Mark::Dismiss => Change::Dismiss,
        Mark::Snooze(hours) => {
            let until = app.now.checked_add(SignedDuration::from_hours(i64::from(hours)));
            Change::Snooze(until.unwrap_or(app.now))
        }
        Mark::Star => Change::Star(!app.list.current()?.standing.starred),
        Mark::Own => {
            let me = if app.settings.owner.is_empty() { "me" } else { &app.settings.owner };
            let mine = app.open.as_ref().is_some_and(|open| open.item.row.standing.owner == me);
            Change::Owner(if mine { String::new() } else { me.to_owned() })
        }
    })
}

/// Reads the rows of articles again, as far as they are in memory.
pub(super) fn rows(app: &App, articles: &[ArticleId]) -> Option<Effect> {
    let held = app.list.held();
    let known: Vec<ArticleId> =
        articles.iter().copied().filter(|id| held.contains(id)).take(MAX_ROWS_READ_AGAIN).collect();
    (!known.is_empty()).then_some(Effect::Read(Read::Rows(known)))
}
