//! What a line of text is asked for. What is written is taken in by the prompt.

use super::{marks, palette};
use crate::console::{
    effect::Effect,
    names::names,
    state::{App, Candidate, Prompt, PromptKind},
};

/// Asks for a search.
pub(super) fn search(app: &mut App) -> Vec<Effect> {
    let search = app.narrow.search.clone();
    app.prompt = Some(Prompt::new(PromptKind::Search { before: search.clone(), here: app.here() }, search));
    Vec::new()
}

/// Asks for a command.
pub(super) fn command(app: &mut App) -> Vec<Effect> {
    let mut prompt = Prompt::new(PromptKind::Command, "");
    prompt.candidates = palette::candidates(app, "");
    app.prompt = Some(prompt);
    vec![Effect::Themes]
}

/// Asks for tags for the articles that are selected.
pub(super) fn tag(app: &mut App) -> Vec<Effect> {
    let articles = marks::targets(app);
    if articles.is_empty() {
        return app.refuse("there is no article here");
    }
    app.prompt = Some(Prompt::new(PromptKind::Tag(articles), ""));
    Vec::new()
}

/// Asks for the note of the open article.
pub(super) fn note(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return app.refuse("there is no article here") };
    app.prompt = Some(Prompt::new(PromptKind::Note(open.id), open.item.row.standing.note.clone()));
    Vec::new()
}

/// Asks for the index or macro before SPL searches.
pub(super) fn prefix(app: &mut App) -> Vec<Effect> {
    let prefix = app.parameters.spl_prefix.clone().unwrap_or_default();
    app.prompt = Some(Prompt::new(PromptKind::Prefix, prefix));
    Vec::new()
}

/// Asks for what else to look for of all that the article names.
pub(super) fn pivot(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return app.refuse("there is no article here") };
    let names = names(&open.item);
    let mut prompt = Prompt::new(PromptKind::Pivot(names), "");
    prompt.candidates = names_that_fit(&prompt);
    app.prompt = Some(prompt);
    Vec::new()
}

/// Returns the names that have what is written so far.
pub(super) fn names_that_fit(prompt: &Prompt) -> Vec<Candidate> {
    let PromptKind::Pivot(names) = &prompt.kind else { return Vec::new() };
    let begun = prompt.field.text().to_lowercase();
    let fitting = names.iter().filter(|name| name.name.to_lowercase().contains(&begun));
    fitting.map(|name| Candidate::Word(name.name.clone(), name.about.into())).collect()
}
