mod command;
mod completion;
mod pivot;
mod verb;

use crossterm::event::KeyCode;
use jiff::SignedDuration;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{ask, marks, palette, parameters, rule};
use crate::{
    console::{
        effect::Effect,
        keymap::Key,
        state::{App, Candidate, JumpTarget, Prompt, PromptKind},
    },
    query::parse,
    text::Span,
    triage::{ArticleId, Change},
};

/// How long after the last key a search runs, in milliseconds: long enough for keys that come at once, too short to be
/// seen. A search that is still running is given up for the next one.
const SEARCH_PAUSE_MS: i64 = 10;

/// How many searches are remembered.
const MAX_SEARCHES: usize = 100;

/// Puts pasted text in where something is being written.
pub(super) fn paste(app: &mut App, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut app.prompt {
        let lines = matches!(prompt.kind, PromptKind::Note(_));
        prompt.field.insert(text, lines);
        return changed(app);
    }
    if let Some(overlay) = app.overlay.as_mut().filter(|overlay| overlay.typing) {
        overlay.filter.insert(text, false);
    }
    Vec::new()
}

/// Takes a key into what is being written.
pub(super) fn press(app: &mut App, key: Key) -> Vec<Effect> {
    let Some(prompt) = &mut app.prompt else { return Vec::new() };
    let note = matches!(prompt.kind, PromptKind::Note(_));
    match (key.code, key.ctrl) {
        (KeyCode::Esc, _) | (KeyCode::Char('s'), true) if note => return accept(app),
        (KeyCode::Esc, _) | (KeyCode::Char('c' | 'g'), true) => return leave(app),
        (KeyCode::Enter, _) if !note => return accept(app),
        (KeyCode::Backspace, _) if !note && prompt.field.text().is_empty() => return leave(app),
        (KeyCode::Tab, _) => complete(prompt),
        (KeyCode::Up, _) if !note => step(app, true),
        (KeyCode::Down, _) if !note => step(app, false),
        _ => {
            prompt.back = 0;
            return if edit(prompt, key, note) { changed(app) } else { Vec::new() };
        }
    }
    if key.code == KeyCode::Tab { changed(app) } else { recalled(app) }
}

/// Edits the text as line editors do; tells whether the key was one of an editor's.
fn edit(prompt: &mut Prompt, key: Key, note: bool) -> bool {
    let field = &mut prompt.field;
    match (key.code, key.ctrl) {
        (KeyCode::Enter, _) if note => field.insert("\n", true),
        (KeyCode::Backspace, _) if !key.alt => {
            field.backspace();
        }
        (KeyCode::Char('w'), true) | (KeyCode::Backspace, _) => field.delete_word(),
        (KeyCode::Char('h'), true) => {
            field.backspace();
        }
        (KeyCode::Delete, _) | (KeyCode::Char('d'), true) => field.delete(),
        (KeyCode::Char('u'), true) => field.delete_to_start(),
        (KeyCode::Left, _) | (KeyCode::Char('b'), true) => field.left(),
        (KeyCode::Right, _) | (KeyCode::Char('f'), true) => field.right(),
        (KeyCode::Home, _) | (KeyCode::Char('a'), true) => field.home(),
        (KeyCode::End, _) | (KeyCode::Char('e'), true) => field.end(),
        (KeyCode::Up, _) => field.up(),
        (KeyCode::Down, _) => field.down(),
        _ => match key.typed() {
            Some(c) => field.insert(c.encode_utf8(&mut [0; 4]), note),
            None => return false,
        },
    }
    true
}

/// Does what a changed text asks for: the search runs after a pause, the commands are sorted at once.
fn changed(app: &mut App) -> Vec<Effect> {
    let Some(prompt) = &mut app.prompt else { return Vec::new() };
    match prompt.kind {
        PromptKind::Search { .. } => {
            prompt.fault = check(prompt.field.text(), app.now);
            prompt.candidates = completion::candidates(prompt.field.before(), &app.feeds);
            prompt.chosen = 0;
            // A value that is only begun is no fault yet.
            let begun = prompt.field.before().len() - completion::begun(prompt.field.before()).len();
            prompt.unfinished =
                !prompt.candidates.is_empty() && prompt.fault.as_ref().is_some_and(|(_, span)| span.start >= begun);
            app.search_due = app.now.checked_add(SignedDuration::from_millis(SEARCH_PAUSE_MS)).ok();
        }
        PromptKind::Command => {
            let text = prompt.field.text().to_owned();
            let candidates = palette::candidates(app, &text);
            if let Some(prompt) = &mut app.prompt {
                (prompt.candidates, prompt.chosen) = (candidates, 0);
            }
        }
        PromptKind::Pivot(_) => (prompt.candidates, prompt.chosen) = (ask::names_that_fit(prompt), 0),
        PromptKind::Tag(_) | PromptKind::Note(_) | PromptKind::Prefix | PromptKind::Rule { .. } => {}
    }
    Vec::new()
}

/// Runs a search that was called back from the history.
fn recalled(app: &mut App) -> Vec<Effect> {
    let history = app.prompt.as_ref().is_some_and(|prompt| {
        matches!(prompt.kind, PromptKind::Search { .. }) && (prompt.back > 0 || prompt.candidates.is_empty())
    });
    if history { changed(app) } else { Vec::new() }
}

fn check(text: &str, now: jiff::Timestamp) -> Option<(String, Span)> {
    parse(text, now).err().map(|error| (error.message, error.span))
}

/// Runs the search that is being written, unless it has a fault.
pub(super) fn search(app: &mut App) -> Vec<Effect> {
    app.search_due = None;
    let Some(prompt) = &app.prompt else { return Vec::new() };
    if !matches!(prompt.kind, PromptKind::Search { .. }) || prompt.fault.is_some() {
        return Vec::new();
    }
    let text = completion::so_far(prompt.field.text());
    let goal = app.near();
    if check(&text, app.now).is_some() { Vec::new() } else { run(app, text, goal) }
}

fn run(app: &mut App, text: String, goal: Option<JumpTarget>) -> Vec<Effect> {
    if app.narrow.search == text {
        return Vec::new();
    }
    app.narrow.search = text;
    app.reload(goal)
}

/// Leaves without doing anything; a search goes back to what it was.
fn leave(app: &mut App) -> Vec<Effect> {
    app.search_due = None;
    match app.prompt.take().map(|prompt| prompt.kind) {
        Some(PromptKind::Search { before, here }) => run(app, before, here),
        _ => Vec::new(),
    }
}

/// Does what the written text asks for.
fn accept(app: &mut App) -> Vec<Effect> {
    let Some(prompt) = app.prompt.take() else { return Vec::new() };
    let text = prompt.field.text().trim().to_owned();
    match prompt.kind {
        PromptKind::Search { .. } if prompt.fault.is_some() => {
            app.prompt = Some(prompt);
            Vec::new()
        }
        PromptKind::Search { .. } => {
            app.search_due = None;
            let mut effects = remember(app, &text);
            let goal = app.near();
            effects.extend(run(app, completion::open_ended(&text), goal));
            effects
        }
        PromptKind::Command => command::run(app, &text, prompt.candidates.get(prompt.chosen)),
        PromptKind::Pivot(names) => {
            let chosen = match prompt.candidates.get(prompt.chosen) {
                Some(Candidate::Word(word, _)) => word.clone(),
                _ => text,
            };
            pivot::enter(app, &names, &chosen)
        }
        PromptKind::Tag(articles) => tag(app, &articles, &text),
        PromptKind::Prefix => parameters::prefix(app, &text),
        PromptKind::Rule { article, value, allow } => rule::rule(app, article, value, allow, &text),
        PromptKind::Note(id) => marks::change(app, vec![id], Change::Note(prompt.field.text().trim_end().to_owned())),
    }
}

/// Keeps a search for the history, also for the next start.
fn remember(app: &mut App, text: &str) -> Vec<Effect> {
    if text.is_empty() || app.searches.last().is_some_and(|last| last == text) {
        return Vec::new();
    }
    app.searches.retain(|known| known != text);
    app.searches.push(text.to_owned());
    let extra = app.searches.len().saturating_sub(MAX_SEARCHES);
    app.searches.drain(..extra);
    vec![Effect::Remember(app.searches.clone())]
}

/// Adds tags to articles, and takes off those with a minus before them.
fn tag(app: &mut App, articles: &[ArticleId], text: &str) -> Vec<Effect> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let changes = words.map(|word| match word.strip_prefix('-') {
        Some(tag) if !tag.is_empty() => Change::Untag(tag.to_owned()),
        _ => Change::Tag(word.trim_start_matches(['#', '+']).to_owned()),
    });
    let changes: Vec<Change> = changes.collect();
    if changes.is_empty() { Vec::new() } else { marks::each(app, articles, changes) }
}

/// Goes through what can be chosen, or through the searches of before.
fn step(app: &mut App, up: bool) {
    let Some(prompt) = &mut app.prompt else { return };
    // While something can be completed the arrows choose; else they lead through what was searched for before.
    let choosing = prompt.back == 0 && !prompt.candidates.is_empty();
    if matches!(prompt.kind, PromptKind::Search { .. }) && !choosing {
        let back = if up { prompt.back + 1 } else { prompt.back.saturating_sub(1) };
        if back > app.searches.len() {
            return;
        }
        prompt.back = back;
        let text = if back == 0 { String::new() } else { app.searches[app.searches.len() - back].clone() };
        prompt.field.set(text);
        return;
    }
    let last = prompt.candidates.len().saturating_sub(1);
    prompt.chosen = if up { prompt.chosen.saturating_sub(1) } else { (prompt.chosen + 1).min(last) };
}

/// Takes over what is chosen.
fn complete(prompt: &mut Prompt) {
    match prompt.candidates.get(prompt.chosen) {
        Some(Candidate::Action(entry)) => prompt.field.set(entry.name),
        Some(Candidate::Word(word, _)) => {
            let written = prompt.field.before();
            let command = matches!(prompt.kind, PromptKind::Command | PromptKind::Pivot(_));
            let begun = if command { written } else { completion::begun(written) };
            for _ in 0..begun.graphemes(true).count() {
                prompt.field.backspace();
            }
            prompt.field.insert(word, false);
            // A field wants its value next; everything else is done.
            if !command && !word.ends_with(':') {
                prompt.field.insert(" ", false);
            }
        }
        None => {}
    }
}
