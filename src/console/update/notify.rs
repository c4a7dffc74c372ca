use crate::{
    briefing::Severity,
    console::{
        message::Effect,
        state::{App, View},
        terms::any_of,
    },
    query,
    triage::{ArticleId, Filter, Row},
};

/// Of how many articles one batch tells at the most: nobody reads more.
const MOST: usize = 50;

/// Asks for what is told of articles that came in; nothing where nobody wants to be told.
pub(super) fn ask(app: &App, new: &[ArticleId]) -> Option<Effect> {
    let told = &app.notify;
    let somehow = told.bell || told.terminal || told.desktop || !told.command.is_empty();
    let of_something = Severity::from_word(&told.severity).is_some() || !told.views.is_empty();
    let articles = new[..new.len().min(MOST)].to_vec();
    (somehow && of_something).then(|| Effect::Arrived { viewed: viewed(app, &articles), articles })
}

/// Chooses the articles that are told of: those of a severity, and those that a view shows.
pub(super) fn arrived(app: &App, mut rows: Vec<Row>, viewed: &[ArticleId]) -> Vec<Effect> {
    let least = Severity::from_word(&app.notify.severity);
    let severe = |row: &Row| least.is_some_and(|least| row.severity >= least);
    rows.retain(|row| !row.demo && (severe(row) || viewed.contains(&row.id)));
    if rows.is_empty() { Vec::new() } else { vec![Effect::Notify(rows)] }
}

/// Returns the query for those of some articles that a view of `[notify]` shows; none where no view is named.
fn viewed(app: &App, articles: &[ArticleId]) -> Option<Filter> {
    let named = |view: &&View| app.notify.views.iter().any(|name| name.eq_ignore_ascii_case(&view.name));
    let views: Vec<String> = app.views.iter().filter(named).map(|view| format!("({})", view.query)).collect();
    let text = format!("({}) {}", views.join(" or "), any_of(articles));
    if views.is_empty() { None } else { query::parse(&text, app.now).ok() }
}
