//! What happens: a message changes the state and may ask the outside for something. Nothing here waits or draws.

mod act;
mod article;
mod ask;
mod copying;
mod feeds;
mod keys;
mod list;
mod marks;
mod mouse;
mod moving;
mod notify;
mod overlay;
mod palette;
mod parameters;
mod prompt;
mod reply;
mod rule;
mod views;

use super::{effect::Effect, message::Message, read::Read, state::App};

/// Asks for what the console begins with.
pub fn start(app: &mut App) -> Vec<Effect> {
    let counted = app.reload(None);
    // The rows come before everything else: they are the first frame.
    let mut effects = settle(app);
    effects.extend(counted);
    effects.extend([Effect::Read(Read::Feeds), Effect::Read(Read::LastVisit), Effect::Read(Read::Searches)]);
    effects
}

/// Takes a message in; returns what the outside has to do.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(key) => keys::press(app, key),
        Message::Paste(text) => prompt::paste(app, &text),
        Message::Size(columns, rows) => {
            app.size = (columns, rows);
            Vec::new()
        }
        Message::Wheel(lines, column, row) => mouse::wheel(app, lines, column, row),
        Message::Click(column, row) => mouse::click(app, column, row),
        Message::Reply(reply) => reply::take(app, reply),
        Message::Progress(progress) => feeds::progress(app, progress),
        Message::Due => due(app),
    };
    effects.extend(settle(app));
    effects.extend(resume(app));
    effects
}

/// Does what waited for an article or its hunts, now that they are there, and then what was typed meanwhile.
fn resume(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(action) = app.waiting.filter(|action| !copying::must_wait(app, *action)) {
        app.waiting = None;
        effects.extend(act::act(app, action, None));
        effects.extend(settle(app));
        while let Some(key) = app.typed_ahead.pop_front().filter(|_| app.waiting.is_none()) {
            effects.extend(keys::press(app, key));
            effects.extend(settle(app));
        }
    }
    effects
}

/// Does what has become due.
fn due(app: &mut App) -> Vec<Effect> {
    if app.toast.as_ref().is_some_and(|toast| toast.until <= app.now) {
        app.toast = None;
    }
    if app.search_due.is_some_and(|due| due <= app.now) {
        return prompt::search(app);
    }
    Vec::new()
}

/// Makes the state agree with itself after a message: cursors on the screen, rows and article asked for.
fn settle(app: &mut App) -> Vec<Effect> {
    if app.focus.is_finding() {
        app.tab = app.focus;
    }
    let mut effects = list::settle(app);
    effects.extend(article::settle(app));
    overlay::settle(app);
    effects
}
