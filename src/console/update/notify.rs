use crate::{
    console::{effect::Effect, read::Read, state::App},
    query,
    triage::{ArticleId, Compare, Filter, Row, Term, View},
};

/// Of how many articles one batch tells at the most: nobody reads more.
const MAX_ARTICLES: usize = 50;

/// Asks for what is told of articles that came in; nothing where nobody wants to be told.
pub(super) fn ask(app: &App, new: &[ArticleId]) -> Option<Effect> {
    let told = &app.notify;
    let somehow = told.bell || told.terminal || told.desktop || !told.command.is_empty();
    let of_something = told.severity.is_some() || !told.views.is_empty();
    let articles = new[..new.len().min(MAX_ARTICLES)].to_vec();
    (somehow && of_something).then(|| Effect::Read(Read::Arrived { viewed: viewed(app, &articles), articles }))
}

/// Chooses the articles that are told of: those of a severity, and those that a view shows.
pub(super) fn arrived(app: &App, mut rows: Vec<Row>, viewed: &[ArticleId]) -> Vec<Effect> {
    let least = app.notify.severity;
    let severe = |row: &Row| least.is_some_and(|least| row.severity >= least);
    rows.retain(|row| !row.demo && (severe(row) || viewed.contains(&row.id)));
    if rows.is_empty() { Vec::new() } else { vec![Effect::Notify(rows)] }
}

/// Returns which of some articles a view of `[notify]` shows; `None` where no view is named.
///
/// Each view is read by itself: one that has a fault does not silence the others.
fn viewed(app: &App, articles: &[ArticleId]) -> Option<Filter> {
    let named = |view: &&View| app.notify.views.iter().any(|name| name.eq_ignore_ascii_case(&view.name));
    let views = app.views.iter().filter(named).filter_map(|view| query::parse(&view.query, app.now).ok());
    let views: Vec<Filter> = views.collect();
    let those = articles.iter().map(|id| Filter::Is(Term::Id(Compare::Equal, *id)));
    (!views.is_empty()).then(|| Filter::all([Filter::any(views), Filter::any(those)]))
}
