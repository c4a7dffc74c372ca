use super::{canvas::Canvas, hints::hints};
use crate::{
    briefing::Severity,
    console::{
        action::Action,
        article_layout::{age, glyph},
        pane::Overlay,
        state::{App, Tone},
        theme::Role,
    },
    text::width,
};
use ratatui::layout::Rect;

/// Draws the line at the top: which list this is, and how many of each severity it has.
pub(super) fn head(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.clear(area, Role::Bar);
    let mut at = canvas.start(area);
    canvas.put_over(&mut at, Role::Title, " huntdeck ");
    if let Some(tally) = app.list.tally {
        let total = app.list.total();
        let place = if total == 0 { 0 } else { app.list.cursor + 1 };
        canvas.put_right(&mut at, Role::Bar, &format!("  {place}/{total} "));
        for (severity, count) in Severity::ALL.into_iter().zip(tally.severities()).rev() {
            let sign = if app.plain { "" } else { glyph(severity) };
            let room = app.size.0 >= 100 || (app.plain && app.size.0 >= 60);
            let word = if room { severity.word() } else { &severity.word()[..1] };
            canvas.put_right(&mut at, Role::Bar, &format!(" {sign}{word} {count}"));
        }
    }
    canvas.put_over(&mut at, Role::Title, &app.narrow.view);
    let mut rest = String::new();
    for part in [app.narrow.severity, app.narrow.state.unwrap_or("")] {
        if !part.is_empty() {
            rest = format!("{rest} {part}");
        }
    }
    if app.narrow.hide_demo {
        rest.push_str(" -demo");
    }
    if !app.narrow.search.is_empty() {
        rest = format!("{rest} /{}", app.narrow.search);
    }
    let columns = at.left();
    canvas.cell(&mut at, canvas.theme().style(Role::Bar), &rest, columns);
}

/// Draws the line at the bottom: a message or the keys of the moment, and how the feeds fare.
pub(super) fn foot(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let mut at = canvas.start(area);
    let said = app.toast.as_ref().map_or(0, |toast| width(&toast.text) + 1);
    for (role, text) in status(app) {
        // A message is read before it goes; how things stand is there again behind it.
        if said + width(&text) < at.left() {
            canvas.put_right(&mut at, role, &format!(" {text}"));
        }
    }
    if let Some(toast) = &app.toast {
        let role = match toast.tone {
            Tone::Good => Role::Good,
            Tone::Plain => Role::Text,
            Tone::Fault => Role::Fault,
        };
        let columns = at.left();
        canvas.cell(&mut at, canvas.theme().style(role), &format!(" {}", toast.text), columns);
        return;
    }
    if let Some(count) = app.count {
        canvas.put(&mut at, Role::Key, &format!(" {count}"));
    }
    for (action, word) in hints(app) {
        let key = app.keymap.key_of(action);
        if !key.is_empty() && at.left() > key.chars().count() + word.len() + 2 {
            canvas.put(&mut at, Role::Key, &format!(" {key}"));
            canvas.put(&mut at, Role::Dim, &format!(" {word} "));
        }
    }
}

/// What is said at the right, from the right.
fn status(app: &App) -> Vec<(Role, String)> {
    let mut said = Vec::new();
    if app.offline {
        said.push((Role::Warning, "offline".to_owned()));
    }
    // A run over feeds that all failed brought nothing: only a feed that answered well makes the data newer.
    let good = app.feeds.iter().filter_map(|feed| feed.good).max();
    match (app.fetching.running, good) {
        (Some(feeds), _) => said.push((Role::Text, format!("feeds {}/{feeds}", app.fetching.answered))),
        (None, Some(good)) => said.push((Role::Dim, format!("data {}", age(app.now, good)))),
        (None, None) => {}
    }
    let failing = app.failing();
    if failing > 0 {
        let key = app.keymap.key_of(Action::Show(Overlay::Feeds));
        said.push((Role::Fault, format!("{failing} failing ({key})")));
    }
    if app.list.arrived > 0 {
        let key = app.keymap.key_of(Action::Refresh);
        said.push((Role::Good, format!("+{} new ({key})", app.list.arrived)));
    }
    if app.list.is_old {
        let key = app.keymap.key_of(Action::Refresh);
        said.push((Role::Good, format!("changed elsewhere ({key})")));
    }
    if app.list.all {
        said.push((Role::Warning, "all selected".into()));
    } else if app.list.anchor.is_some() {
        said.push((Role::Warning, format!("{} selected", app.list.selection().count())));
    }
    said
}
