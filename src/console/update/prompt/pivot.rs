//! What else has a name that an article names.

use crate::{
    console::{
        effect::Effect,
        names::Name,
        state::{App, ListFilter},
        terms::quoted,
        update::views,
    },
    triage::View,
};

/// Shows every article with a name, asked for by its field when it is one of those that an article names.
pub(super) fn enter(app: &mut App, names: &[Name], name: &str) -> Vec<Effect> {
    if name.is_empty() {
        return Vec::new();
    }
    let field = names.iter().find(|known| known.name == name).map_or("", |known| known.field);
    let query = if field.is_empty() { quoted(name) } else { format!("{field}:{}", quoted(name)) };
    views::enter(app, ListFilter::view(&View { name: format!("with {name}"), query }))
}
