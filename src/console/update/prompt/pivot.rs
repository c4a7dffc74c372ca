//! What else has a name that an article names.

use crate::{
    console::{
        message::Effect,
        names::{Name, names},
        state::{App, Candidate, ListFilter, Prompt, PromptKind},
        terms::quoted,
        update::{refuse, views},
    },
    triage::View,
};

/// Asks for what else to look for of all that the article names.
pub(in crate::console::update) fn ask(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return refuse(app, "there is no article here") };
    let names = names(&open.item);
    let mut prompt = Prompt::new(PromptKind::Pivot(names), "");
    prompt.candidates = named(&prompt);
    app.prompt = Some(prompt);
    Vec::new()
}

/// Returns the names that have what is written so far.
pub(super) fn named(prompt: &Prompt) -> Vec<Candidate> {
    let PromptKind::Pivot(names) = &prompt.kind else { return Vec::new() };
    let begun = prompt.field.text().to_lowercase();
    let fitting = names.iter().filter(|name| name.name.to_lowercase().contains(&begun));
    fitting.map(|name| Candidate::Word(name.name.clone(), name.about.into())).collect()
}

/// Shows every article with a name, asked for by its field when it is one of those that an article names.
pub(super) fn enter(app: &mut App, names: &[Name], name: &str) -> Vec<Effect> {
    if name.is_empty() {
        return Vec::new();
    }
    let field = names.iter().find(|known| known.name == name).map_or("", |known| known.field);
    let query = if field.is_empty() { quoted(name) } else { format!("{field}:{}", quoted(name)) };
    views::enter(app, ListFilter::view(&View { name: format!("with {name}"), query }))
}
