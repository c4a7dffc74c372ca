//! The verbs of the command line that work on articles, with the same words: `list`, `show`, `mark`.

use crate::{
    console::{
        effect::Effect,
        state::{App, ListFilter},
        update::{marks, views},
    },
    query::parse,
    triage::ArticleId,
    verb::{self, ListQuery, MarkArgs},
};

/// Lists what a query finds; without `--all` only what is still open, as on the command line.
///
/// The query is taken as it is written: its quotes are its own.
pub(super) fn list(app: &mut App, text: &str) -> Vec<Effect> {
    let (all, query) = match text.strip_prefix("--all").or_else(|| text.strip_suffix("--all")) {
        Some(query) => (true, query.trim()),
        None => (false, text),
    };
    let filter = match ListQuery::new(query, all).filter(app.now) {
        Ok(filter) => filter,
        Err(error) => return app.refuse(error.message),
    };
    let name = if filter.is_everything() { "All".to_owned() } else { format!("list {text}").trim_end().to_owned() };
    views::enter(app, ListFilter { view: name, base: query.to_owned(), open_only: !all, ..ListFilter::default() })
}

/// Shows an article by its number, or those about a vulnerability.
pub(super) fn show(app: &mut App, text: &str) -> Vec<Effect> {
    let text = text.trim().trim_start_matches('#');
    let query = match text.parse::<u64>() {
        Ok(number) => format!("id:{number}"),
        Err(_) if text.to_ascii_uppercase().starts_with("CVE-") => format!("cve:{text}"),
        Err(_) => return app.refuse("write the number of an article or a CVE"),
    };
    if let Err(error) = parse(&query, app.now) {
        return app.refuse(error.message);
    }
    views::enter(app, ListFilter { view: format!("Article {text}"), base: query, ..ListFilter::default() })
}

/// Changes the articles that are named, those of `--query`, or the selected ones.
pub(super) fn mark(app: &mut App, text: &str) -> Vec<Effect> {
    let asked = match verb::parse::<MarkArgs>("mark", text) {
        Ok(asked) if asked.undo => return vec![Effect::Undo(app.now)],
        Ok(asked) if asked.redo => return vec![Effect::Redo(app.now)],
        Ok(asked) => asked,
        Err(why) => return app.refuse(why),
    };
    let changes = match asked.changes(app.now) {
        Ok(changes) => changes,
        Err(why) => return app.refuse(why),
    };
    if let Some(query) = &asked.query {
        return match parse(query, app.now) {
            Ok(query) => vec![Effect::MarkAll { query, changes, at: app.now }],
            Err(error) => app.refuse(error.message),
        };
    }
    if asked.articles.is_empty() {
        return marks::settle_on(app, changes);
    }
    match asked.articles.iter().map(|article| number(article)).collect::<Result<Vec<_>, _>>() {
        Ok(articles) => marks::changes(app, articles, changes),
        Err(why) => app.refuse(why),
    }
}

fn number(article: &str) -> Result<ArticleId, String> {
    let number = article.trim_start_matches('#').parse();
    number.map(ArticleId).map_err(|_| format!("`{article}` is not the number of an article; the others need --query"))
}
