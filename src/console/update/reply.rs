use std::collections::BTreeSet;

use super::{list, marks, notify, views};
use crate::{
    console::{
        action::Action,
        effect::Effect,
        message::Reply,
        read::{Opened, Read, ReadDone},
        state::{App, Open, Tone},
    },
    triage::{ArticleId, Change, Journal, apply},
};

/// Takes in what became of an effect.
pub(super) fn take(app: &mut App, reply: Reply) -> Vec<Effect> {
    match reply {
        Reply::Read(done) => return read(app, done),
        Reply::Cards { id, cards } => {
            if let Some(open) = app.open.as_mut().filter(|open| open.id == id) {
                open.cards = Some(cards);
                open.rendering = false;
            }
        }
        Reply::Marked { articles, changes, done } => return marked(app, &articles, &changes, done),
        Reply::Rebriefed(done) => return rebriefed(app, done),
        Reply::Undone(journal) => return undone(app, "undone", journal),
        Reply::Redone(journal) => return undone(app, "done again", journal),
        Reply::Themes(names) => app.own_themes = names,
        Reply::Theme(Ok(theme)) => app.theme = *theme,
        Reply::Theme(Err(why)) | Reply::Done(Err(why)) => return fault(app, why),
        Reply::Refused(why) => return app.refuse(why),
        Reply::Done(Ok(said)) => app.say(Tone::Good, said),
        Reply::Copied { what, text, route, failed, fleeting, .. } => {
            app.parting = fleeting.map(|file| {
                let file = file.display();
                format!("what was copied leaves the clipboard of X11 with this program; it stays in {file}")
            });
            for why in failed {
                app.note(Tone::Fault, format!("copying: {why}"));
            }
            app.say(Tone::Good, format!("copied {what} to the {route} ({})", size(&text)));
        }
    }
    Vec::new()
}

/// Takes in what was read from the store.
fn read(app: &mut App, done: ReadDone) -> Vec<Effect> {
    match done {
        ReadDone::Page { ticket, .. } | ReadDone::Outline { ticket, .. } | ReadDone::Tally { ticket, .. }
            if ticket != app.list.ticket => {}
        ReadDone::Page { index, page, .. } => return list::page(app, index, page),
        ReadDone::Outline { index, outline, .. } => return list::outline(app, index, outline),
        ReadDone::Tally { tally, .. } => app.list.tally = tally.ok(),
        ReadDone::Item { id, item } => return take_item(app, id, item),
        ReadDone::Rows(rows) => {
            for now in rows.unwrap_or_default() {
                app.list.change(&[now.id], |row| row.clone_from(&now));
            }
        }
        ReadDone::History(Ok((history, titles))) => (app.history, app.titles) = (history, titles),
        ReadDone::Feeds(Ok(feeds)) => app.feeds = feeds,
        ReadDone::Counts(counts) => app.counts.extend(counts),
        ReadDone::Techniques(Ok(techniques)) => {
            app.techniques = techniques;
            super::overlay::to_first_tactic(app);
        }
        ReadDone::Trend(Ok(trend)) => app.trend = trend,
        // What was searched for meanwhile is newer.
        ReadDone::Searches(before) => drop(app.searches.splice(0..0, before)),
        ReadDone::LastVisit(visit) => views::visited(app, visit),
        ReadDone::Arrived { rows, viewed } => return notify::arrived(app, rows, &viewed),
        ReadDone::Techniques(Err(why))
        | ReadDone::Trend(Err(why))
        | ReadDone::History(Err(why))
        | ReadDone::Feeds(Err(why)) => return fault(app, why),
    }
    Vec::new()
}

fn fault(app: &mut App, why: String) -> Vec<Effect> {
    app.say(Tone::Fault, why);
    Vec::new()
}

fn take_item(app: &mut App, id: ArticleId, item: Result<Option<Box<Opened>>, String>) -> Vec<Effect> {
    if app.reading == Some(id) {
        app.reading = None;
    }
    let Opened { item, story } = match item {
        Ok(Some(opened)) => *opened,
        Ok(None) => {
            app.unreadable = Some(id);
            return Vec::new();
        }
        Err(why) => {
            app.unreadable = Some(id);
            return fault(app, why);
        }
    };
    let wanted = app.list.current().is_none_or(|row| row.id == id);
    match &mut app.open {
        Some(open) if open.id == id => open.renew(item, story),
        // The cursor has moved on; what is under it now is asked for next.
        _ if !wanted => return Vec::new(),
        _ => {
            // The next part of a long list is about the article before.
            app.parameters.skip = 0;
            app.open = Some(Open::new(item, story, app.hunts_shown));
        }
    }
    Vec::new()
}

fn marked(
    app: &mut App,
    articles: &[ArticleId],
    changes: &[Change],
    done: Result<Vec<Journal>, String>,
) -> Vec<Effect> {
    let lines = match done {
        Ok(lines) => lines,
        Err(why) => {
            app.say(Tone::Fault, format!("not {}: {why}", words(changes)));
            return again(app, articles);
        }
    };
    if articles.is_empty() {
        return app.refuse(format!("no article matches, so nothing was {}", words(changes)));
    }
    if changes.iter().any(Change::is_decision) {
        say_changed(app, changes, &lines);
    }
    if let ([Change::Rule { value, .. }], Some(article)) = (changes, articles.first()) {
        return if lines.is_empty() { Vec::new() } else { vec![Effect::Rebrief(*article, value.clone())] };
    }
    for line in &lines {
        app.list.change(&line.articles, |row| {
            apply(&mut row.standing, &line.change);
        });
    }
    let mut effects: Vec<Effect> = opened(app, articles).collect();
    if articles.len() == 1 || app.list.has_rows(articles) {
        effects.extend(marks::rows(app, articles));
    } else {
        effects.extend(app.reload_here());
    }
    effects
}

/// Says what was changed and how to undo it, or that nothing was.
fn say_changed(app: &mut App, changes: &[Change], lines: &[Journal]) {
    let decisions: Vec<&Journal> = lines.iter().filter(|line| line.change.is_decision()).collect();
    if decisions.is_empty() {
        return app.say(Tone::Plain, format!("nothing to change: already {}", words(changes)));
    }
    let said = words(decisions.iter().map(|line| &line.change));
    let articles: BTreeSet<ArticleId> = decisions.iter().flat_map(|line| line.articles.iter().copied()).collect();
    let what = if articles.len() == 1 { String::new() } else { format!("{} articles ", articles.len()) };
    let undo = app.keymap.key_of(Action::Undo);
    app.say(Tone::Good, format!("{what}{said} ({undo} undoes it)"));
}

fn words<'a>(changes: impl IntoIterator<Item = &'a Change>) -> String {
    changes.into_iter().map(Change::words).collect::<Vec<_>>().join(", ")
}

/// Returns what reads the open article again, if it is one of these.
fn opened(app: &App, articles: &[ArticleId]) -> impl Iterator<Item = Effect> {
    app.open
        .as_ref()
        .filter(|open| articles.contains(&open.id))
        .map(|open| Effect::Read(Read::Item(open.id)))
        .into_iter()
}

fn undone(app: &mut App, word: &str, journal: Result<Option<Journal>, String>) -> Vec<Effect> {
    match journal {
        Ok(Some(journal)) => {
            let articles = match journal.articles.len() {
                1 => String::new(),
                many => format!(", {many} articles"),
            };
            app.say(Tone::Good, format!("{word}: {}{articles}", journal.change.words()));
            if let (Change::Rule { value, .. }, Some(article)) = (&journal.change, journal.articles.first()) {
                return vec![Effect::Rebrief(*article, value.clone())];
            }
            again(app, &journal.articles)
        }
        Ok(None) => app.refuse(format!("there is nothing to be {word}")),
        Err(why) => fault(app, why),
    }
}

/// Shows articles as they were read anew.
fn rebriefed(app: &mut App, done: Result<Vec<ArticleId>, String>) -> Vec<Effect> {
    match done {
        Ok(articles) => {
            if articles.len() > 1 {
                app.note(Tone::Plain, format!("{} articles have it and were read anew", articles.len()));
            }
            opened(app, &articles).chain(marks::rows(app, &articles)).collect()
        }
        Err(why) => fault(app, why),
    }
}

/// Reads articles again wherever they are shown.
fn again(app: &mut App, articles: &[ArticleId]) -> Vec<Effect> {
    let mut effects: Vec<Effect> = opened(app, articles).collect();
    if articles.len() <= 100 && app.list.has_rows(articles) {
        effects.extend(marks::rows(app, articles));
    } else {
        effects.extend(app.reload_here());
    }
    effects
}

/// Says how much a text is.
fn size(text: &str) -> String {
    let lines = text.lines().count();
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    match text.len() {
        bytes @ ..10_000 => format!("{lines}, {bytes} bytes"),
        bytes => format!("{lines}, {} KB", bytes / 1_000),
    }
}
