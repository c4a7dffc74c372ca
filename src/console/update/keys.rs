use crossterm::event::KeyCode;

use super::{act, overlay, prompt};
use crate::console::{
    effect::Effect,
    keymap::{Key, Meaning},
    state::App,
};

/// The greatest count that can be typed.
const MAX_COUNT: usize = 1_000_000;

/// How many keys are kept that were pressed while something is waited for.
const MAX_KEYS_AHEAD: usize = 256;

/// Takes a key: into what is being written, or as part of a sequence.
pub(super) fn press(app: &mut App, key: Key) -> Vec<Effect> {
    if app.waiting.is_some() {
        return ahead(app, key);
    }
    if app.prompt.is_some() {
        return prompt::press(app, key);
    }
    if app.overlay.as_ref().is_some_and(|overlay| overlay.typing) && overlay::typed(app, key) {
        return Vec::new();
    }
    if let Some(digit) = digit(app, key) {
        app.count = Some(app.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(MAX_COUNT));
        return Vec::new();
    }
    let begun = !app.keys.is_empty();
    app.keys.push(key);
    match app.keymap.meaning(app.place(), &app.keys) {
        Meaning::Act(action) => {
            app.keys.clear();
            let count = app.count.take();
            app.toast = None;
            act::act(app, action, count)
        }
        Meaning::Begin => Vec::new(),
        Meaning::Nothing => {
            let keys = app.keys.drain(..).map(|key| key.to_string()).collect::<Vec<_>>().join(" ");
            app.count = None;
            // Leaving a sequence with Esc is no mistake.
            if !(begun && key == Key::plain(KeyCode::Esc)) {
                let help = app.keymap.key_of(crate::console::action::Action::Show(crate::console::pane::Overlay::Help));
                return app.refuse(format!("`{keys}` does nothing here; {help} shows every key"));
            }
            Vec::new()
        }
    }
}

/// Keeps a key for when what is waited for is done, so that keys act in the order in which they were pressed.
fn ahead(app: &mut App, key: Key) -> Vec<Effect> {
    if key == Key::plain(KeyCode::Esc) || (key.ctrl && key.code == KeyCode::Char('c')) {
        app.waiting = None;
        app.typed_ahead.clear();
    } else if app.typed_ahead.len() < MAX_KEYS_AHEAD {
        app.typed_ahead.push_back(key);
    }
    Vec::new()
}

/// Returns the digit that a key adds to a count; a zero does not begin one.
fn digit(app: &App, key: Key) -> Option<usize> {
    let digit = key.typed().filter(|_| app.keys.is_empty())?.to_digit(10)?;
    (digit > 0 || app.count.is_some()).then_some(digit as usize)
}
