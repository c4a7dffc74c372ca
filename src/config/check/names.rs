//! Names of themes and views, and the queries of views.

use jiff::Timestamp;
use toml_edit::Item;

use super::{Fault, line};
use crate::{
    config::{SHIPPED_THEMES, Settings},
    query,
    triage::{SINCE_LAST_VISIT, all_views},
};

/// Finds the first name that nothing has, or the first view whose query has a fault.
pub(super) fn find(text: &str, settings: &Settings, own_themes: &[String]) -> Option<Fault> {
    theme(text, settings, own_themes).or_else(|| queries(text, settings)).or_else(|| views(text, settings))
}

fn theme(text: &str, settings: &Settings, own_themes: &[String]) -> Option<Fault> {
    let theme = &settings.console.theme;
    if SHIPPED_THEMES.contains(&theme.as_str()) || own_themes.contains(theme) {
        return None;
    }
    let known = SHIPPED_THEMES.into_iter().chain(own_themes.iter().map(String::as_str));
    let what = format!(
        "there is no theme {theme:?}: write one of {}, or put {theme}.toml into the folder themes",
        quoted(known)
    );
    Some(Fault { line: line(text, |document| document.get("console")?.get("theme")), what })
}

fn queries(text: &str, settings: &Settings) -> Option<Fault> {
    settings.views.iter().find_map(|(name, query)| {
        let fault = query::parse(query, Timestamp::UNIX_EPOCH).err()?;
        let what = format!("the view {name:?} has the query {query:?}: {fault}");
        Some(Fault { line: line(text, |document| document.get("views")?.get(name)), what })
    })
}

fn views(text: &str, settings: &Settings) -> Option<Fault> {
    let views = all_views(&settings.views, &settings.watch.terms);
    let names = || views.iter().map(|view| view.name.as_str());
    let unknown = |name: &str| {
        let is_known = names().chain([SINCE_LAST_VISIT]).any(|known| known.eq_ignore_ascii_case(name));
        (!is_known)
            .then(|| format!("there is no view {name:?}: write one of {}", quoted(names().chain([SINCE_LAST_VISIT]))))
    };
    if let Some(what) = unknown(&settings.console.view) {
        return Some(Fault { line: line(text, |document| document.get("console")?.get("view")), what });
    }
    settings.notify.views.iter().enumerate().find_map(|(at, name)| {
        let what = unknown(name)?;
        let place = |document: &toml_edit::Document<String>| -> Option<std::ops::Range<usize>> {
            let list = document.get("notify")?.get("views")?;
            list.get(at).and_then(Item::span).or_else(|| list.span())
        };
        let document = toml_edit::Document::parse(text.to_owned()).ok();
        let start = document.as_ref().and_then(place).map(|span| span.start);
        Some(Fault { line: start.map(|start| text[..start].matches('\n').count() + 1), what })
    })
}

fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}
